package io.github.spirabr.core.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One training of a sweep. Immutable.
 *
 * @param point number of the point, counted from 1
 * @param settings value of each swept setting, by name, in the settings' order
 * @param fold inner fold, counted from 1; 0 where there are none
 * @param seed seed of this training
 * @param epochs epochs that it must train for; the experiment's own if empty
 */
public record Trial(int point, Map<String, Object> settings, int fold, long seed, OptionalInt epochs) {

    /** Copies the map. */
    public Trial {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Returns the value of a swept setting.
     *
     * @throws IllegalArgumentException if the sweep has no setting of this name
     */
    public Object value(String setting) {
        if (!settings.containsKey(setting)) {
            throw new IllegalArgumentException("'" + setting + "' must be swept to have a value, but swept are " + settings.keySet());
        }
        return settings.get(setting);
    }

    /**
     * Returns the value of a swept setting that is a number.
     *
     * @throws IllegalArgumentException if the sweep has no setting of this name, or its value is no number
     */
    public double number(String setting) {
        if (value(setting) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("'" + setting + "' must be a number, but is " + value(setting));
    }
}
