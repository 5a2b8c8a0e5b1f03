package io.github.spirabr.audio.transform;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.Map;

/**
 * A filter that raises high frequencies, y[0] = x[0], y[n] = x[n] - coefficient · x[n-1], against the fall of the voice
 * towards them (Rabiner and Schafer, "Digital Processing of Speech Signals", 1978, chapter 8). Immutable and thread-safe.
 */
public final class PreEmphasis implements WaveformTransform {

    private static final String TYPE = "pre-emphasis";
    private static final Setting COEFFICIENT =
            Setting.number("coefficient", "Share of the preceding sample that is subtracted.").between(0, 1).byDefault(0.97);

    private final double coefficient;

    private PreEmphasis(double coefficient) {
        this.coefficient = coefficient;
    }

    /**
     * Returns a filter.
     *
     * @param coefficient share of the preceding sample that is subtracted, 0 to 1; 0.97 is usual for speech
     */
    public static PreEmphasis of(double coefficient) {
        return new PreEmphasis(COEFFICIENT.check(coefficient));
    }

    @Override
    public Waveform apply(Waveform waveform) {
        double[] samples = Samples.of(waveform);
        for (int n = samples.length - 1; n > 0; n--) {
            samples[n] -= coefficient * samples[n - 1];
        }
        return Samples.waveform(samples, 1, waveform.sampleRate());
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of(COEFFICIENT.name(), coefficient));
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** Registers {@code pre-emphasis}: where wanted {@code coefficient} (0.97). */
    public static final class Provider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(WaveformTransform.class, TYPE, COEFFICIENT);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            return of(settings.number(COEFFICIENT.name()));
        }
    }
}
