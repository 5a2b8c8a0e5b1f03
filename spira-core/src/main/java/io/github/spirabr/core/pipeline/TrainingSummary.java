package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.model.EpochSummary;
import java.util.List;

/**
 * What {@link TrainingPipeline#train} left for the stages after it.
 *
 * @param epochs what each epoch gave, in order
 * @param bestEpoch the epoch whose network was kept, counted from 1
 * @param validation its own answers to the validation recordings, before anything was calibrated
 */
public record TrainingSummary(List<EpochSummary> epochs, int bestEpoch, Evaluation validation) {

    /** Copies the list. */
    public TrainingSummary {
        epochs = List.copyOf(epochs);
    }
}
