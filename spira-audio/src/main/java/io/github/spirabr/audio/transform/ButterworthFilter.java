package io.github.spirabr.audio.transform;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Butterworth filter: {@code high-pass}, {@code low-pass}, or {@code band-limit}, which is both in this order. There is no
 * ripple; a cutoff is at -3.01 dB, and beyond it the response falls by 6 dB per octave and order.
 *
 * <p>An even order N is a cascade of N / 2 second-order sections with the qualities Q = 1 / (2 sin(π (2k + 1) / (2N))), k = 0 to
 * N / 2 - 1. Each is the bilinear transform of its analogue prototype with the cutoff kept in place, K = tan(π cutoff / rate)
 * (Oppenheim and Schafer, "Discrete-Time Signal Processing", 3rd edition, chapter 7): the filters of {@code
 * scipy.signal.butter} and {@code sosfilt}. It is applied once, forwards, and delays low frequencies. What came before the
 * first sample is taken as zero, so that a constant offset of the recording makes a transient at its beginning; {@link
 * DcRemoval} before it avoids that. Immutable and thread-safe.
 */
public final class ButterworthFilter implements WaveformTransform {

    private static final String HIGH_PASS = "high-pass";
    private static final String LOW_PASS = "low-pass";
    private static final String BAND_LIMIT = "band-limit";
    private static final int USUAL_ORDER = 4;
    private static final Setting ORDER =
            Setting.integer("order", "Order of each filter, an even number.").between(2, 16).byDefault(USUAL_ORDER);
    private static final Setting CUTOFF = hertz("cutoff", "Frequency at -3 dB, below half the sample rate.");
    private static final Setting LOW = hertz("low", "Lower end of the band, at -3 dB.");
    private static final Setting HIGH = hertz("high", "Upper end of the band, at -3 dB, below half the sample rate.");

    private final String type;
    /** Cutoffs by their settings: of the high-pass filter first. */
    private final Map<String, Double> cutoffs;
    private final int order;

    private ButterworthFilter(String type, Map<String, Double> cutoffs, int order) {
        this.type = type;
        this.cutoffs = cutoffs;
        this.order = ORDER.check(order);
        if (order % 2 != 0) {
            throw new InvalidSettingException(ORDER.name(), "must be even, but was " + order);
        }
    }

    private static Setting hertz(String name, String meaning) {
        return Setting.number(name, meaning).between(1, 1e6).unit("Hz");
    }

    /**
     * Returns a filter of order 4 that removes low frequencies.
     *
     * @param cutoff frequency at -3 dB, in hertz: at least 1, below half the sample rate of the recordings
     */
    public static ButterworthFilter highPass(double cutoff) {
        return new ButterworthFilter(HIGH_PASS, Map.of("cutoff", CUTOFF.check(cutoff)), USUAL_ORDER);
    }

    /**
     * Returns a filter of order 4 that removes high frequencies.
     *
     * @param cutoff frequency at -3 dB, in hertz: at least 1, below half the sample rate of the recordings
     */
    public static ButterworthFilter lowPass(double cutoff) {
        return new ButterworthFilter(LOW_PASS, Map.of("cutoff", CUTOFF.check(cutoff)), USUAL_ORDER);
    }

    /**
     * Returns a filter that leaves a band: a high-pass and a low-pass filter, each of order 4.
     *
     * @param low lower end, in hertz, at least 1
     * @param high upper end, in hertz, above low, below half the sample rate of the recordings
     */
    public static ButterworthFilter band(double low, double high) {
        if (LOW.check(low) >= HIGH.check(high)) {
            throw new InvalidSettingException(LOW.name(), "must be below high, " + high + " Hz, but was " + low + " Hz");
        }
        Map<String, Double> ends = new LinkedHashMap<>();
        ends.put(LOW.name(), low);
        ends.put(HIGH.name(), high);
        return new ButterworthFilter(BAND_LIMIT, ends, USUAL_ORDER);
    }

    /** Returns a copy of another order: even, 2 to 16; by default 4. */
    public ButterworthFilter order(int order) {
        return new ButterworthFilter(type, cutoffs, order);
    }

    /**
     * {@inheritDoc}
     *
     * @throws PreprocessingException if a cutoff is not below half the sample rate
     */
    @Override
    public Waveform apply(Waveform waveform) {
        double[] samples = Samples.of(waveform);
        cutoffs.forEach((name, cutoff) -> {
            requireBelowNyquist(name, cutoff, waveform.sampleRate());
            filter(samples, type.equals(HIGH_PASS) || name.equals(LOW.name()), cutoff / waveform.sampleRate());
        });
        return Samples.waveform(samples, 1, waveform.sampleRate());
    }

    private void requireBelowNyquist(String name, double cutoff, int rate) {
        if (cutoff >= rate / 2.0) {
            throw new PreprocessingException(name + " of " + type + " must be below " + rate / 2.0
                    + " Hz, half the sample rate, but was " + cutoff + " Hz; lower it, or let the reader resample to a higher rate");
        }
    }

    private void filter(double[] samples, boolean high, double cutoff) {
        for (int k = 0; k < order / 2; k++) {
            section(high, cutoff, 1 / (2 * Math.sin(Math.PI * (2 * k + 1) / (2 * order)))).filter(samples);
        }
    }

    /** Returns a section of second order; the cutoff is a share of the sample rate. */
    private static Biquad section(boolean high, double cutoff, double quality) {
        double k = Math.tan(Math.PI * cutoff);
        double a0 = 1 + k / quality + k * k;
        double b0 = (high ? 1 : k * k) / a0;
        return new Biquad(b0, high ? -2 * b0 : 2 * b0, b0, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>(cutoffs);
        settings.put(ORDER.name(), order);
        return new ComponentDescription(type, settings);
    }

    @Override
    public String toString() {
        return type + description().settings();
    }

    /** Registers {@code high-pass} with the setting {@code cutoff} in hertz and, where wanted, {@code order} (4). */
    public static final class HighPassProvider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public HighPassProvider() {
            super(WaveformTransform.class, HIGH_PASS, CUTOFF, ORDER);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            return highPass(settings.number("cutoff")).order(settings.integer("order"));
        }
    }

    /** Registers {@code low-pass} with the setting {@code cutoff} in hertz and, where wanted, {@code order} (4). */
    public static final class LowPassProvider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public LowPassProvider() {
            super(WaveformTransform.class, LOW_PASS, CUTOFF, ORDER);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            return lowPass(settings.number("cutoff")).order(settings.integer("order"));
        }
    }

    /** Registers {@code band-limit} with {@code low} and {@code high} in hertz and, where wanted, {@code order} (4). */
    public static final class BandLimitProvider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public BandLimitProvider() {
            super(WaveformTransform.class, BAND_LIMIT, LOW, HIGH, ORDER);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            return band(settings.number("low"), settings.number("high")).order(settings.integer("order"));
        }
    }
}
