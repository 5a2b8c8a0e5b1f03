package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.Setting;
import java.time.Duration;

/** Conversions of window times between seconds and samples, and the settings that windows share. */
final class Times {

    static final Setting LENGTH = Setting.seconds("length", "Length of every window.").above(0);
    static final Setting STEP = Setting.seconds("step", "Time from the beginning of one window to the next.").above(0);
    static final Setting SHORT_RECORDINGS = Setting.choice("shortRecordings", ShortRecordings.class,
            "Treatment of recordings that are shorter than a window.").byDefault(ShortRecordings.PAD);

    private Times() {}

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /**
     * Refuses a time that is not positive.
     *
     * @param owner the owner of the time in the message, such as {@code a sliding window}
     */
    static void requirePositive(String owner, String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "the " + name + " of " + owner + " must be above 0 s, but was " + seconds(value) + " s");
        }
    }

    static int samples(String owner, String name, Duration duration, int sampleRate) {
        long samples = Math.round(seconds(duration) * sampleRate);
        if (samples < 1 || samples > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the " + name + " of " + owner + ", " + seconds(duration) + " s, is "
                    + samples + " samples at " + sampleRate + " Hz; it must be between 1 and " + Integer.MAX_VALUE);
        }
        return (int) samples;
    }
}
