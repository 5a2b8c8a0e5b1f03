package io.github.spirabr.model;

import java.util.Map;

/**
 * The warm-up schedule of Vaswani et al. 2017, scaled so that its peak equals the learning rate:
 * factor(s) = sqrt(w) min(s w^-1.5, s^-0.5) for step s and w warm-up steps. It rises linearly to 1 at
 * step w, and then falls as sqrt(w / s). Immutable and thread-safe.
 */
public final class Noam implements LearningRateSchedule {

    private final int warmup;

    private Noam(int warmup) {
        this.warmup = warmup;
    }

    /**
     * Returns a schedule with this number of warm-up steps.
     *
     * @param steps number of steps until the peak, at least 1
     */
    public static Noam warmup(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("the warm-up must be at least 1 step, but was " + steps);
        }
        return new Noam(steps);
    }

    @Override
    public double factor(long step) {
        return Math.sqrt(warmup) * Math.min(step * StrictMath.pow(warmup, -1.5), 1 / Math.sqrt(step));
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("type", "noam", "warmupSteps", warmup);
    }
}
