package io.github.spirabr.audio.features;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.Map;

/**
 * The settings of mel filters, whatever the sample rate.
 *
 * @param fMax highest frequency, in hertz; 0 stands for half the sample rate
 */
record MelScale(int bands, double fMin, double fMax) {

    /** Far above all that is in use; filters and transforms take memory by the square of it. */
    static final int MOST_BANDS = 2048;

    static final String NYQUIST = "nyquist";
    static final Setting F_MIN = Setting.number("fMin", "Lowest frequency of the mel filters.").atLeast(0).unit("Hz").byDefault(0);
    static final Setting F_MAX = Setting.number("fMax", "Highest frequency of the mel filters; nyquist is half the sample rate.")
            .above(0).unit("Hz").or(NYQUIST).byDefault(NYQUIST);

    MelScale {
        if (bands < 1 || bands > MOST_BANDS) {
            throw new IllegalArgumentException("melBands must be between 1 and " + MOST_BANDS + ", but was " + bands);
        }
        if (!(fMin >= 0) || Double.isInfinite(fMin)) {
            throw new IllegalArgumentException("fMin must be at least 0 Hz and finite, but was " + fMin + " Hz");
        }
        if (fMax != 0 && !(fMax > fMin) || Double.isInfinite(fMax)) {
            throw new IllegalArgumentException(
                    "fMax must be above fMin (" + fMin + " Hz) and finite, but was " + fMax + " Hz");
        }
    }

    /** Returns the filters of this scale; with {@code areas}, each is divided by half its width. */
    MelFilters filters(int bins, int sampleRate, LogMel.Scale scale, boolean areas) {
        int nyquist = sampleRate / 2;
        double top = fMax == 0 ? nyquist : fMax;
        if (top > nyquist || fMin >= top) {
            throw new IllegalArgumentException("mel bands from fMin = " + fMin + " Hz to fMax = " + top
                    + " Hz do not lie below half the sample rate (" + nyquist + " Hz at " + sampleRate + " Hz)");
        }
        return new MelFilters(bands, bins, sampleRate, fMin, top, scale, areas);
    }

    void describe(Map<String, Object> settings) {
        settings.put("fMin", fMin);
        settings.put("fMax", fMax == 0 ? NYQUIST : fMax);
    }

    /** Reads fMax; {@code nyquist} gives 0. */
    static double fMax(Settings settings) {
        return settings.string("fMax").equals(NYQUIST) ? 0 : settings.number("fMax");
    }
}
