package io.github.spirabr.core.model;

import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.work.Parallelism;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of one training, beside network and data. Immutable; methods that begin with {@code with} return a changed
 * copy.
 *
 * <pre>{@code
 * TrainingContext context = TrainingContext.of(new RandomStreams(42), new TrainingListener() {})
 *         .withAggregation(Aggregation.mean())
 *         .withParallelism(Parallelism.of(4));
 * }</pre>
 */
public final class TrainingContext {

    private final RandomStreams random;
    private final TrainingListener listener;
    private final @Nullable CheckpointStore checkpoints;
    private final String identity;
    private final Aggregation aggregation;
    private final Parallelism parallelism;

    private TrainingContext(
            RandomStreams random,
            TrainingListener listener,
            @Nullable CheckpointStore checkpoints,
            String identity,
            Aggregation aggregation,
            Parallelism parallelism) {
        this.random = random;
        this.listener = listener;
        this.checkpoints = checkpoints;
        this.identity = identity;
        this.aggregation = aggregation;
        this.parallelism = parallelism;
    }

    /**
     * Returns a context without checkpoints, with the mean of window probabilities, on all processors.
     *
     * @param random the streams of all random draws
     * @param listener the receiver of every step and epoch, called on the training thread
     */
    public static TrainingContext of(RandomStreams random, TrainingListener listener) {
        return new TrainingContext(random, listener, null, "", Aggregation.mean(), Parallelism.allProcessors());
    }

    /**
     * Returns a copy with checkpoints, from which an interrupted training is resumed.
     *
     * @param store the place of the checkpoints
     * @param run a name of seed, data, preprocessing and network, so that no other training's checkpoint is resumed
     */
    public TrainingContext withCheckpoints(CheckpointStore store, String run) {
        return new TrainingContext(random, listener, store, run, aggregation, parallelism);
    }

    /** Returns a copy with another aggregation of window probabilities. */
    public TrainingContext withAggregation(Aggregation other) {
        return new TrainingContext(random, listener, checkpoints, identity, other, parallelism);
    }

    /** Returns a copy with another number of threads. */
    public TrainingContext withParallelism(Parallelism other) {
        return new TrainingContext(random, listener, checkpoints, identity, aggregation, other);
    }

    /** Returns the streams of all random draws. */
    public RandomStreams random() {
        return random;
    }

    /** Returns the receiver of every step and epoch. */
    public TrainingListener listener() {
        return listener;
    }

    /** Returns the place of checkpoints; empty for none. */
    public Optional<CheckpointStore> checkpoints() {
        return Optional.ofNullable(checkpoints);
    }

    /** Returns the name of the run whose checkpoints are resumed; empty without checkpoints. */
    public String identity() {
        return identity;
    }

    /** Returns the aggregation of window probabilities, by which validations choose the best epoch. */
    public Aggregation aggregation() {
        return aggregation;
    }

    /** Returns the number of threads that the training may use; by default all processors. */
    public Parallelism parallelism() {
        return parallelism;
    }
}
