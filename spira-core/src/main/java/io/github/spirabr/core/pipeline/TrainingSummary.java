package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.model.EpochSummary;
import java.util.List;

/**
 * The outcome of {@link TrainingPipeline#train} and {@link TrainingPipeline#fit}, before any answer to the test set.
 *
 * @param epochs the summary of each epoch, in order
 * @param bestEpoch the epoch whose network was kept, counted from 1
 * @param validation its own answers to the validation recordings, before any calibration
 * @param decided the same answers, aggregated and calibrated as the pipeline does, at the threshold that it chooses
 */
public record TrainingSummary(List<EpochSummary> epochs, int bestEpoch, Evaluation validation, Evaluation decided) {

    /** Copies the list. */
    public TrainingSummary {
        epochs = List.copyOf(epochs);
    }
}
