package io.github.spirabr.audio.augment;

import io.github.spirabr.core.component.InvalidSettingException;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Numbers from min to max, drawn uniformly. */
record Range(double min, double max) {

    /**
     * Returns a range, within limits.
     *
     * @param name of the settings {@code name.min} and {@code name.max}
     * @param lowest and {@code highest} that are allowed
     * @param meaning what the numbers are, for messages, such as {@code amplitudes are linear, in [0, 1]}
     */
    static Range of(String name, double min, double max, double lowest, double highest, String meaning) {
        check(name + ".min", min, lowest, highest, meaning);
        check(name + ".max", max, lowest, highest, meaning);
        if (min > max) {
            throw new InvalidSettingException(name + ".min", text(min) + " is above " + name + ".max, " + text(max));
        }
        return new Range(min, max);
    }

    static void check(String name, double value, double lowest, double highest, String meaning) {
        if (!(value >= lowest)) {
            throw new InvalidSettingException(name, text(value) + " is below " + text(lowest) + "; " + meaning);
        }
        if (!(value <= highest)) {
            throw new InvalidSettingException(name, text(value) + " is above " + text(highest) + "; " + meaning);
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : Double.toString(value);
    }

    double draw(RandomGenerator random) {
        return min + (max - min) * random.nextDouble();
    }

    void describe(String name, Map<String, Object> settings) {
        settings.put(name + ".min", min);
        settings.put(name + ".max", max);
    }
}
