package io.github.spirabr.audio.transform;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.Arrays;
import java.util.Map;

/**
 * The removal of a constant offset, which poor converters add: the mean of all samples is subtracted from each, y[n] = x[n] -
 * mean(x). Immutable and thread-safe.
 */
public final class DcRemoval implements WaveformTransform {

    private static final String TYPE = "remove-dc";
    private static final DcRemoval REMOVAL = new DcRemoval();

    private DcRemoval() {}

    /** Returns the transform, which has no settings. */
    public static DcRemoval wholeRecording() {
        return REMOVAL;
    }

    @Override
    public Waveform apply(Waveform waveform) {
        double[] samples = Samples.of(waveform);
        double mean = Arrays.stream(samples).sum() / samples.length;
        for (int i = 0; i < samples.length; i++) {
            samples[i] -= mean;
        }
        return Samples.waveform(samples, 1, waveform.sampleRate());
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of());
    }

    @Override
    public String toString() {
        return TYPE;
    }

    /** Registers {@code remove-dc}, which has no settings. */
    public static final class Provider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(WaveformTransform.class, TYPE);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            return wholeRecording();
        }
    }
}
