package io.github.spirabr.core.model;

import io.github.spirabr.core.random.RandomStreams;
import java.util.Optional;

/**
 * What a training is given beside network and data.
 *
 * @param random the run's streams
 * @param listener hears of every step and epoch, on the calling thread
 * @param checkpoints where the training keeps its checkpoints and takes up a run that was broken off;
 *     empty for none
 * @param identity names seed, data, preprocessing and network of the run, so that it does not take up
 *     another run's checkpoint
 * @param aggregation makes a recording's probability of its windows', by which validations choose the best epoch
 */
public record TrainingContext(
        RandomStreams random,
        TrainingListener listener,
        Optional<CheckpointStore> checkpoints,
        String identity,
        Aggregation aggregation) {

    /** With the mean of the windows' probabilities. */
    public TrainingContext(
            RandomStreams random, TrainingListener listener, Optional<CheckpointStore> checkpoints, String identity) {
        this(random, listener, checkpoints, identity, Aggregation.mean());
    }

    /** Without checkpoints. */
    public static TrainingContext of(RandomStreams random, TrainingListener listener) {
        return new TrainingContext(random, listener, Optional.empty(), "");
    }
}
