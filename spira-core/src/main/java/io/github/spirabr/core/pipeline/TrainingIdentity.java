package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.preprocessing.UnfittedPreprocessing;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.TreeMap;

/** A text that is equal for runs that would give the same: for trainings that may share checkpoints, or for whole runs. */
final class TrainingIdentity {

    private final StringBuilder text = new StringBuilder();

    TrainingIdentity() {}

    TrainingIdentity(long seed) {
        line(Long.toString(seed));
    }

    /** Adds parts, in their order. */
    TrainingIdentity parts(List<? extends Component> parts) {
        parts.forEach(part -> line(Descriptions.withCode(part)));
        text.append('\n');
        return this;
    }

    /** Adds the preprocessing as configured, before it is fitted. */
    TrainingIdentity plan(PreprocessingPlan plan) {
        return cutting(plan).parts(plan.augmentations()).parts(plan.featureAugmentations());
    }

    /** Adds the steps that evaluation takes as well: all that a recording's features depend on where nothing is drawn. */
    TrainingIdentity cutting(PreprocessingPlan plan) {
        Component windowing = plan instanceof Preprocessing fitted
                ? fitted.windowing() : ((UnfittedPreprocessing) plan).windowing();
        FeatureExtractor extractor = plan instanceof Preprocessing fitted
                ? fitted.extractor() : ((UnfittedPreprocessing) plan).extractor();
        parts(List.of(windowing, extractor)).parts(plan.transforms());
        // Plans without transforms of features keep the identity that they had before there were any.
        return plan.featureTransforms().isEmpty() ? this : value("feature transforms").parts(plan.featureTransforms());
    }

    /** Adds a value that says itself. */
    TrainingIdentity value(Object value) {
        line(value.toString());
        return this;
    }

    /** Adds the shape of the network's input. */
    TrainingIdentity input(InputShape shape) {
        return value(shape);
    }

    /**
     * Adds recordings: ids, subjects, labels and contents.
     *
     * @throws PipelineException if a recording could not be read
     */
    TrainingIdentity recordings(List<List<Recording>> sides, RecordingContents contents) {
        for (List<Recording> side : sides) {
            side.forEach(one -> line(String.join("\t", one.id(), one.subject(), one.label().name(), contents.of(one))));
            text.append('\n');
        }
        return this;
    }

    /** Adds the other properties of recordings, even if their bytes cannot be read. */
    TrainingIdentity metadata(List<Recording> recordings) {
        recordings.forEach(one -> line(one.id() + '\t' + one.subject() + '\t' + new TreeMap<>(one.metadata())));
        text.append('\n');
        return this;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Returns the hash of all added values. */
    String hash() {
        return Sha256.hex(text.toString());
    }
}
