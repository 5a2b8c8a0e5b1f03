package io.github.spirabr.training;

import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.work.Parallelism;
import java.util.Map;

/**
 * An untrained logistic regression, which {@link LogisticTrainer} trains.
 *
 * @param l2 factor of the squared weights
 * @param balanced whether both classes have equal weight
 */
record UntrainedLogistic(UntrainedNetwork network, double l2, boolean balanced) implements UntrainedModel {

    @Override
    public InputShape input() {
        return network.input();
    }

    @Override
    public long parameterCount() {
        return network.parameterCount();
    }

    @Override
    public TrainedModel restore(Map<String, byte[]> state) {
        return network.restore(state);
    }

    @Override
    public TrainedModel restore(Map<String, byte[]> state, Parallelism parallelism) {
        return network.restore(state, parallelism);
    }
}
