package io.github.spirabr.audio.internal;

import io.github.spirabr.core.audio.Waveform;
import java.util.Arrays;
import java.util.Optional;

/**
 * Stretches of 10 ms or more whose samples are exactly zero, as tools that cut and pad recordings leave them. No room and no
 * microphone sounds like this.
 */
public final class DigitalSilence {

    private static final double LEAST_SECONDS = 0.01;
    private static final double LEAST_LEFT_SECONDS = 0.05;

    private DigitalSilence() {}

    /** Returns true if a waveform holds such a stretch. */
    public static boolean isIn(Waveform waveform) {
        return kept(waveform).length < waveform.length();
    }

    /** Returns the waveform without these stretches; empty if less than 50 ms are left. */
    public static Optional<Waveform> cutFrom(Waveform waveform) {
        float[] kept = kept(waveform);
        if (kept.length == waveform.length()) {
            return Optional.of(waveform);
        }
        return kept.length < LEAST_LEFT_SECONDS * waveform.sampleRate()
                ? Optional.empty() : Optional.of(Waveform.of(kept, waveform.sampleRate()));
    }

    private static float[] kept(Waveform waveform) {
        int least = Math.max(1, (int) (LEAST_SECONDS * waveform.sampleRate()));
        float[] kept = new float[waveform.length()];
        int count = 0;
        int zeros = 0;
        for (int i = 0; i < kept.length; i++) {
            zeros = waveform.sample(i) == 0 ? zeros + 1 : 0;
            kept[count++] = waveform.sample(i);
            boolean ends = zeros >= least && (i + 1 == kept.length || waveform.sample(i + 1) != 0);
            if (ends) {
                count -= zeros;
            }
        }
        return Arrays.copyOf(kept, count);
    }
}
