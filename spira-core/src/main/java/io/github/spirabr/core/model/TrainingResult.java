package io.github.spirabr.core.model;

import java.util.List;

/**
 * A training's outcome.
 *
 * @param model the network of the best epoch; its receiver closes it
 * @param epochs what each epoch gave, in order
 * @param bestEpoch the epoch whose network this is, or within which it was had, counted from 1
 */
public record TrainingResult(TrainedModel model, List<EpochSummary> epochs, int bestEpoch) {

    /** Copies the list. */
    public TrainingResult {
        epochs = List.copyOf(epochs);
    }
}
