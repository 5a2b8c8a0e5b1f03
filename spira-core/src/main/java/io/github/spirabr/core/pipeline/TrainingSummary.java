package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.model.EpochSummary;
import java.util.List;

/**
 * The outcome of {@link TrainingPipeline#train} for the later stages.
 *
 * @param epochs the summary of each epoch, in order
 * @param bestEpoch the epoch whose network was kept, counted from 1
 * @param validation its own answers to the validation recordings, before any calibration
 */
public record TrainingSummary(List<EpochSummary> epochs, int bestEpoch, Evaluation validation) {

    /** Copies the list. */
    public TrainingSummary {
        epochs = List.copyOf(epochs);
    }
}
