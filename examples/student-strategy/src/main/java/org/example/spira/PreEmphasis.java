package org.example.spira;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.Map;

/** Raises high frequencies: y[0] = x[0], y[n] = x[n] - coefficient · x[n-1]. Immutable and thread-safe. */
public final class PreEmphasis implements WaveformTransform {

    static final String TYPE = "pre-emphasis";

    private final double coefficient;

    private PreEmphasis(double coefficient) {
        this.coefficient = coefficient;
    }

    /** @param coefficient in [0, 1]: 0 changes nothing; 0.97 is usual for speech */
    public static PreEmphasis of(double coefficient) {
        if (!(coefficient >= 0 && coefficient <= 1)) {
            throw new InvalidSettingException(
                    "coefficient", coefficient + " is not in [0, 1]; 0.97 is usual for speech");
        }
        return new PreEmphasis(coefficient);
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
}
