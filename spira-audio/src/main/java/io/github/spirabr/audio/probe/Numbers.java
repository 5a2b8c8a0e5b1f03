package io.github.spirabr.audio.probe;

import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import java.util.ArrayList;
import java.util.List;

/** Lists of numbers in settings. */
final class Numbers {

    private Numbers() {}

    static List<Double> read(Settings settings, String name, List<Double> byDefault) {
        if (!settings.has(name)) {
            return byDefault;
        }
        List<Double> numbers = new ArrayList<>();
        for (String text : settings.strings(name)) {
            try {
                numbers.add(Double.valueOf(text));
            } catch (NumberFormatException e) {
                throw new InvalidSettingException(name, "'" + text + "' is no number");
            }
        }
        return List.copyOf(numbers);
    }
}
