package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A shift of a recording in time, earlier or later, by a time drawn uniformly up to a greatest one. Its length stays: what
 * leaves at one end is lost and silence comes in at the other, or, if it wraps, what leaves comes in again. Immutable
 * and thread-safe.
 */
public final class TimeShift implements Augmentation {

    private static final String TYPE = "time-shift";
    private static final Setting GREATEST = Setting.seconds("greatest", "Greatest shift to either side.").above(0);

    private final Duration greatest;
    private final boolean wrap;
    private final Chance chance;

    private TimeShift(Duration greatest, boolean wrap, Chance chance) {
        this.greatest = greatest;
        this.wrap = wrap;
        this.chance = chance;
    }

    /**
     * Returns a shift of up to a time.
     *
     * @param greatest shift to either side, above 0 s; a recording is shifted by its own length at most
     */
    public static TimeShift upTo(Duration greatest) {
        GREATEST.check(seconds(greatest));
        return new TimeShift(greatest, false, Chance.ALWAYS);
    }

    /** Returns a copy whose samples come in again at the other end, or not. */
    public TimeShift wrap(boolean around) {
        return new TimeShift(greatest, around, chance);
    }

    /** Returns a copy that changes some recordings only, by this probability: 0 to 1; by default 1. */
    public TimeShift probability(double probability) {
        return new TimeShift(greatest, wrap, Chance.of(probability));
    }

    @Override
    public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
        if (!chance.comes(random)) {
            return waveform;
        }
        int length = waveform.length();
        // Half the largest int keeps the number of shifts within 32 bits; no recording is that long.
        int most = (int) Math.min(
                Math.min(length, Integer.MAX_VALUE / 2 - 1), Math.round(seconds(greatest) * waveform.sampleRate()));
        int shift = random.nextInt(2 * most + 1) - most;
        float[] shifted = new float[length];
        for (int i = 0; i < length; i++) {
            int from = i - shift;
            if (wrap) {
                shifted[i] = waveform.sample(Math.floorMod(from, length));
            } else if (from >= 0 && from < length) {
                shifted[i] = waveform.sample(from);
            }
        }
        return Waveform.of(shifted, waveform.sampleRate());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("greatest", seconds(greatest));
        settings.put("wrap", wrap);
        chance.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "TimeShift" + description().settings();
    }

    /**
     * Registers {@code time-shift} with setting {@code greatest} in seconds and, where wanted, {@code wrap} and {@code
     * probability}.
     */
    public static final class Provider extends ComponentProvider<Augmentation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Augmentation.class, TYPE,
                    GREATEST,
                    Setting.truth("wrap", "True if what leaves at one end comes in at the other; otherwise silence does.")
                            .byDefault(false),
                    Chance.SETTING);
        }

        @Override
        protected Augmentation create(Settings settings) {
            return TimeShift.upTo(settings.seconds("greatest"))
                    .wrap(settings.bool("wrap"))
                    .probability(Chance.read(settings));
        }
    }
}
