package io.github.spirabr.audio.augment;

import io.github.spirabr.core.component.Settings;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The probability that an augmentation changes a recording. */
record Chance(double probability) {

    static final Chance ALWAYS = new Chance(1);
    private static final String NAME = "probability";

    static Chance of(double probability) {
        Range.check(NAME, probability, 0, 1, "it is a probability, in [0, 1]");
        return new Chance(probability);
    }

    static double read(Settings settings) {
        return settings.number(NAME, 1);
    }

    /** Draws once, whatever the probability. */
    boolean comes(RandomGenerator random) {
        return random.nextDouble() < probability;
    }

    void describe(Map<String, Object> settings) {
        settings.put(NAME, probability);
    }
}
