package io.github.spirabr.training;

import java.util.Map;

/** A schedule of the learning rate over the steps of a training. Immutable. */
public interface LearningRateSchedule {

    /**
     * Returns the factor of the optimizer's learning rate.
     *
     * @param step number of the step in the whole training, counted from 1
     */
    double factor(long step);

    /** Returns the schedule's settings, for descriptions; {@code type} names it. */
    Map<String, Object> settings();

    /** Returns a schedule whose factor is 1 at every step. */
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
