package io.github.spirabr.training;

import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingEvent;
import java.util.Optional;

/** The checkpoints of one training, if it saves any. */
final class SavedProgress {

    private final TrainingContext context;
    private final TrainingProgress progress;
    private long lastSaved;
    /** True if the current weights are to be saved once the next step has given a finite loss. */
    private boolean due;

    SavedProgress(TrainingContext context, TrainingProgress progress) {
        this.context = context;
        this.progress = progress;
    }

    /** Restores the latest checkpoint, if there is one. */
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

    /** Returns the end of an error message that names the latest checkpoint; empty if there is none. */
    String whatIsKept() {
        return lastSaved > 0 ? "; the checkpoint of step " + lastSaved + " is kept" : "";
    }
}
