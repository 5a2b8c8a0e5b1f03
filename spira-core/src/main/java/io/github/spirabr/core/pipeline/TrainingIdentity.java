package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A text that is equal for trainings that would give the same model; all others must not share checkpoints. */
final class TrainingIdentity {

    private final StringBuilder text = new StringBuilder();

    TrainingIdentity(long seed) {
        line(Long.toString(seed));
    }

    /** Adds parts, in their order. */
    TrainingIdentity parts(List<? extends Component> parts) {
        parts.forEach(part -> line(Descriptions.sorted(part)));
        text.append('\n');
        return this;
    }

    /** Adds what the network takes. */
    TrainingIdentity input(InputShape shape) {
        line(shape.toString());
        return this;
    }

    /** Adds what comes before the network. */
    TrainingIdentity preprocessing(Preprocessing steps) {
        return parts(List.of(steps.windowing(), steps.extractor()))
                .parts(steps.transforms())
                .parts(steps.augmentations())
                .parts(steps.featureAugmentations());
    }

    /**
     * Adds the recordings that training sees: ids, labels and bytes, which are read for it.
     *
     * @throws PipelineException if a recording can be read no longer
     */
    TrainingIdentity recordings(DatasetSplit split, WorkThreads threads) {
        for (List<Recording> side : List.of(split.training().recordings(), split.validation().recordings())) {
            try (OrderedMap<Recording, String> lines = threads.map(side, TrainingIdentity::describe)) {
                lines.forEachRemaining(this::line);
            }
            text.append('\n');
        }
        return this;
    }

    private static String describe(Recording recording) {
        try (InputStream in = recording.audio().open()) {
            return recording.id() + ' ' + recording.label() + ' ' + Sha256.hex(in);
        } catch (IOException e) {
            throw new PipelineException("recording " + recording.id() + " can no longer be read", e);
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Of all that was added. */
    String hash() {
        return Sha256.hex(text.toString());
    }
}
