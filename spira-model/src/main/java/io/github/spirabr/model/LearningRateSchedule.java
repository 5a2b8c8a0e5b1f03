package io.github.spirabr.model;

import java.util.Map;

/** How the learning rate goes over the steps of a training. Immutable. */
public interface LearningRateSchedule {

    /**
     * What the optimizer's learning rate is multiplied by.
     *
     * @param step of the whole training, counted from 1
     */
    double factor(long step);

    /** The schedule's settings, for descriptions; {@code type} names it. */
    Map<String, Object> settings();

    /** The optimizer's learning rate at every step. */
    static LearningRateSchedule constant() {
        return new LearningRateSchedule() {
            @Override
            public double factor(long step) {
                return 1;
            }

            @Override
            public Map<String, Object> settings() {
                return Map.of("type", "constant");
            }
        };
    }
}
