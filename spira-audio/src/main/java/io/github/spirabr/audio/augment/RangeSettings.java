package io.github.spirabr.audio.augment;

import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;

/**
 * The declaration of a {@link Range}: the settings {@code NAME.min} and {@code NAME.max}.
 *
 * @param name name of both
 */
record RangeSettings(String name, Setting min, Setting max) {

    /**
     * Declares both ends.
     *
     * @param what the numbers, for their meaning, such as {@code gain}
     * @param unit empty if there is none
     */
    static RangeSettings of(String name, String what, String unit, double lowest, double highest) {
        return new RangeSettings(name,
                Setting.number(name + ".min", "Smallest " + what + "; values are drawn uniformly from here.")
                        .between(lowest, highest).unit(unit),
                Setting.number(name + ".max", "Largest " + what + "; values are drawn uniformly up to here.")
                        .between(lowest, highest).unit(unit));
    }

    RangeSettings byDefault(double both) {
        return new RangeSettings(name, min.byDefault(both), max.byDefault(both));
    }

    SettingsDeclaration declaration() {
        return SettingsDeclaration.of(min, max);
    }

    Range range(double smallest, double largest) {
        min.check(smallest);
        max.check(largest);
        if (smallest > largest) {
            throw new InvalidSettingException(min.name(), text(smallest) + " is above " + max.name() + ", " + text(largest));
        }
        return new Range(smallest, largest);
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : Double.toString(value);
    }

    Range read(Settings settings) {
        return range(settings.number(min.name()), settings.number(max.name()));
    }
}
