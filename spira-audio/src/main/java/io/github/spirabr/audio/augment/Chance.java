package io.github.spirabr.audio.augment;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The probability that an augmentation changes a recording. */
record Chance(double probability) {

    static final Chance ALWAYS = new Chance(1);
    private static final String NAME = "probability";

    static final Setting SETTING = Setting.number(NAME, "Probability that a recording is changed.").between(0, 1).byDefault(1);

    static Chance of(double probability) {
        return new Chance(SETTING.check(probability));
    }

    static double read(Settings settings) {
        return settings.number(NAME);
    }

    /** Draws once, whatever the probability. */
    boolean comes(RandomGenerator random) {
        return random.nextDouble() < probability;
    }

    void describe(Map<String, Object> settings) {
        settings.put(NAME, probability);
    }
}
