package io.github.spirabr.audio.transform;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A gain that brings every recording to the same level, y[n] = x[n] · 10^((target - level) / 20), so that the microphone's
 * distance and amplification do not matter. The level is measured over the whole recording:
 *
 * <ul>
 *   <li>{@code peak}: 20 log10 of the greatest magnitude, in dBFS;
 *   <li>{@code rms}: 10 log10 of the mean square, in dBFS; a sine of amplitude 1 has -3.01 dBFS. The usual -26 dBFS is the
 *       level of speech material in ITU-T recommendations, such as G.191;
 *   <li>{@code loudness}: integrated loudness by ITU-R BS.1770-4 with the absolute gate at -70 LUFS and the relative one at
 *       -10 LU, in LUFS, for sample rates from 4000 Hz. The usual -23 LUFS is that of EBU R 128. Pauses hardly count. A
 *       recording shorter than 400 ms is measured as a single block.
 * </ul>
 *
 * <p>Silence, that is no sample but zeros or no block above -70 LUFS, passes unchanged. Nothing is clipped or limited: at a
 * target for {@code rms} or {@code loudness} peaks may lie above 1, which samples of a {@link Waveform} may. Immutable and
 * thread-safe.
 */
public final class LevelNormalization implements WaveformTransform {

    private static final String TYPE = "normalize-level";
    private static final Setting MEASURE =
            Setting.choice("measure", Measure.class, "Measure of the level.").byDefault(Measure.LOUDNESS);
    private static final Setting TARGET =
            Setting.number("target", "Level of every recording: dBFS for peak and rms, LUFS for loudness.")
                    .between(-70, 0).unit("dB").optional("-1 for peak, -26 for rms, -23 for loudness");

    private final Measure measure;
    private final double target;

    private LevelNormalization(Measure measure, double target) {
        this.measure = measure;
        this.target = TARGET.check(target);
    }

    /**
     * Returns a normalisation of the greatest magnitude.
     *
     * @param target level, in dBFS: -70 to 0
     */
    public static LevelNormalization peak(double target) {
        return new LevelNormalization(Measure.PEAK, target);
    }

    /**
     * Returns a normalisation of the root mean square.
     *
     * @param target level, in dBFS: -70 to 0
     */
    public static LevelNormalization rms(double target) {
        return new LevelNormalization(Measure.RMS, target);
    }

    /**
     * Returns a normalisation of the integrated loudness.
     *
     * @param target loudness, in LUFS: -70 to 0
     */
    public static LevelNormalization loudness(double target) {
        return new LevelNormalization(Measure.LOUDNESS, target);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.spirabr.core.preprocessing.PreprocessingException if loudness is measured and the sample rate is below
     *     4000 Hz
     */
    @Override
    public Waveform apply(Waveform waveform) {
        double level = measure.decibels(Samples.of(waveform), waveform.sampleRate());
        return level == Double.NEGATIVE_INFINITY
                ? waveform
                : Samples.waveform(Samples.of(waveform), Math.pow(10, (target - level) / 20), waveform.sampleRate());
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("measure", Settings.nameOf(measure));
        settings.put("target", target);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "LevelNormalization" + description().settings();
    }

    /** Registers {@code normalize-level}: where wanted {@code measure} ({@code loudness}) and {@code target}. */
    public static final class Provider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(WaveformTransform.class, TYPE, MEASURE, TARGET);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            Measure measure = settings.choice("measure", Measure.class);
            return new LevelNormalization(measure, settings.has("target") ? settings.number("target") : measure.usual());
        }
    }
}
