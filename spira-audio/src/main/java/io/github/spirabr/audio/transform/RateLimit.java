package io.github.spirabr.audio.transform;

import io.github.spirabr.audio.internal.SincResampler;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.Map;

/**
 * A band limit as a lower sample rate sets it, such as the 8000 Hz of a telephone: recordings are resampled to that rate and
 * back to their own, so that nothing is left above half of it, and recordings of either origin sound alike. Both ways use a
 * windowed sinc, a Kaiser window of beta 8 with 32 zero crossings on either side and half amplitude at 45 % of the lower rate:
 * flat to 40 % of it, more than 60 dB down from 50 % on. There is no delay, and the sample rate and length stay. Recordings
 * whose rate is not higher pass unchanged. Immutable and thread-safe.
 */
public final class RateLimit implements WaveformTransform {

    private static final String TYPE = "resample-to";
    private static final double CUTOFF = 0.45;
    private static final Setting RATE =
            Setting.integer("rate", "Sample rate whose band is kept.").between(1000, 384_000).unit("Hz").byDefault(8000);

    private final int rate;

    private RateLimit(int rate) {
        this.rate = rate;
    }

    /**
     * Returns a band limit.
     *
     * @param rate lower sample rate, in hertz, 1000 to 384000; 8000 is that of a telephone
     */
    public static RateLimit of(int rate) {
        return new RateLimit(RATE.check(rate));
    }

    @Override
    public Waveform apply(Waveform waveform) {
        int own = waveform.sampleRate();
        if (own <= rate) {
            return waveform;
        }
        float[] lower = SincResampler.between(own, rate, CUTOFF * rate).resample(waveform.toArray());
        return Waveform.of(SincResampler.between(rate, own, CUTOFF * rate).resample(lower, waveform.length()), own);
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of(RATE.name(), rate));
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** Registers {@code resample-to}: where wanted {@code rate} (8000). */
    public static final class Provider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(WaveformTransform.class, TYPE, RATE);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            return of(settings.integer(RATE.name()));
        }
    }
}
