package io.github.spirabr.model;

import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingEvent;
import java.util.Optional;

/** The checkpoints of one training, if it keeps any. */
final class SavedProgress {

    private final TrainingContext context;
    private final TrainingProgress progress;
    private long lastSaved;
    /** Of the weights as they are, as soon as they have proved sound. */
    private boolean due;

    SavedProgress(TrainingContext context, TrainingProgress progress) {
        this.context = context;
        this.progress = progress;
    }

    /** Takes up what was saved last, if there is anything. */
    Optional<CheckpointStore.Found> restore() {
        Optional<CheckpointStore.Found> found = context.checkpoints().flatMap(CheckpointStore::latest);
        found.ifPresent(one -> {
            progress.restore(one.checkpoint(), context.identity());
            lastSaved = progress.steps;
        });
        return found;
    }

    boolean isKept() {
        return context.checkpoints().isPresent();
    }

    void due(boolean now) {
        due = now;
    }

    void saveIfDue() {
        if (due) {
            save();
        }
    }

    void save() {
        due = false;
        // What an interrupted thread writes to a file is lost.
        boolean wasInterrupted = Thread.interrupted();
        try {
            context.checkpoints().ifPresent(store -> {
                store.save(progress.toCheckpoint(context.identity()));
                lastSaved = progress.steps;
                context.listener().onTraining(new TrainingEvent.CheckpointSaved(progress.steps));
            });
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The end of a message about what went wrong afterwards. */
    String whatIsKept() {
        return lastSaved > 0 ? "; the checkpoint of step " + lastSaved + " is kept" : "";
    }
}
