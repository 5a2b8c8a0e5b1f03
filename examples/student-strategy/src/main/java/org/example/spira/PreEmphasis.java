package org.example.spira;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.Map;

/** Raises high frequencies: y[0] = x[0], y[n] = x[n] - coefficient · x[n-1]. Immutable and thread-safe. */
public final class PreEmphasis implements WaveformTransform {

    private static final String TYPE = "my-pre-emphasis";
    private static final Setting COEFFICIENT =
            Setting.number("coefficient", "Share of the preceding sample that is subtracted.").between(0, 1).byDefault(0.97);

    private final double coefficient;

    private PreEmphasis(double coefficient) {
        this.coefficient = coefficient;
    }

    /** @param coefficient in [0, 1]: 0 changes nothing; 0.97 is usual for speech */
    public static PreEmphasis of(double coefficient) {
        return new PreEmphasis(COEFFICIENT.check(coefficient));
    }

    @Override
    public Waveform apply(Waveform waveform) {
        float[] samples = waveform.toArray();
        for (int n = samples.length - 1; n > 0; n--) {
            samples[n] = (float) (samples[n] - coefficient * samples[n - 1]);
        }
        return Waveform.of(samples, waveform.sampleRate());
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of("coefficient", coefficient));
    }

    /** Registers {@code my-pre-emphasis}. */
    public static final class Provider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(WaveformTransform.class, TYPE, COEFFICIENT);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            return of(settings.number("coefficient"));
        }
    }
}
