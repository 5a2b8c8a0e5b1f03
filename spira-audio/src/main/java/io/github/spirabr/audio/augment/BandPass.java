package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A second-order band-pass filter that imitates another microphone or telephone, with a
 * gain of 1 at its centre, after Robert Bristow-Johnson's "Cookbook formulae for audio equalizer biquad filter
 * coefficients" (W3C note, 2021; BPF with constant 0 dB peak gain). The centre is drawn so that its logarithm is
 * uniform, the quality Q uniformly; the band between the points at -3 dB is centre / Q wide, and narrower the nearer it
 * lies to half the sample rate. Immutable and thread-safe.
 */
public final class BandPass implements Augmentation {

    private static final String TYPE = "band-pass";
    private static final double WIDE = Math.sqrt(0.5);
    private static final RangeSettings CENTRE = RangeSettings.of("centre", "centre frequency", "Hz", 1, 1e6);
    private static final RangeSettings QUALITY =
            RangeSettings.of("quality", "quality of the filter", "", 0.01, 100).byDefault(WIDE);

    private final Range centre;
    private final Range quality;
    private final Chance chance;

    private BandPass(Range centre, Range quality, Chance chance) {
        this.centre = centre;
        this.quality = quality;
        this.chance = chance;
    }

    /**
     * Returns the filter with a quality of 0.7071: a band of 1.9 octaves.
     *
     * @param minCentre lowest centre, in hertz, at least 1
     * @param maxCentre highest centre, in hertz, not below minCentre, below half the sample rate of the recordings
     */
    public static BandPass of(double minCentre, double maxCentre) {
        return new BandPass(CENTRE.range(minCentre, maxCentre), new Range(WIDE, WIDE), Chance.ALWAYS);
    }

    /** Returns a copy with other qualities: 0.01 to 100; a greater one is a narrower band. */
    public BandPass quality(double min, double max) {
        return new BandPass(centre, QUALITY.range(min, max), chance);
    }

    /** Returns a copy that changes some recordings only, by this probability: 0 to 1; by default 1. */
    public BandPass probability(double probability) {
        return new BandPass(centre, quality, Chance.of(probability));
    }

    /**
     * {@inheritDoc}
     *
     * @throws PreprocessingException if the greatest centre is not below half the sample rate
     */
    @Override
    public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
        if (centre.max() >= waveform.sampleRate() / 2.0) {
            throw new PreprocessingException("recording " + recording.id() + " has " + waveform.sampleRate()
                    + " Hz, so that a band's centre must be below " + waveform.sampleRate() / 2.0 + " Hz, but centre.max is "
                    + centre.max() + " Hz");
        }
        if (!chance.comes(random)) {
            return waveform;
        }
        double frequency = centre.min() * Math.pow(centre.max() / centre.min(), random.nextDouble());
        double q = quality.draw(random);
        return Waveform.of(filter(waveform, frequency, q), waveform.sampleRate());
    }

    private static float[] filter(Waveform waveform, double frequency, double q) {
        double omega = 2 * Math.PI * frequency / waveform.sampleRate();
        double alpha = Math.sin(omega) / (2 * q);
        double a0 = 1 + alpha;
        double b0 = alpha / a0;
        double a1 = -2 * Math.cos(omega) / a0;
        double a2 = (1 - alpha) / a0;
        float[] out = new float[waveform.length()];
        double x1 = 0;
        double x2 = 0;
        double y1 = 0;
        double y2 = 0;
        for (int i = 0; i < out.length; i++) {
            double x = waveform.sample(i);
            double y = b0 * (x - x2) - a1 * y1 - a2 * y2;
            x2 = x1;
            x1 = x;
            y2 = y1;
            y1 = y;
            out[i] = (float) y;
        }
        return out;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        centre.describe("centre", settings);
        quality.describe("quality", settings);
        chance.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "BandPass" + description().settings();
    }

    /**
     * Registers {@code band-pass} with settings {@code centre.min} and {@code centre.max} in hertz and, where wanted,
     * {@code quality.min}, {@code quality.max} and {@code probability}.
     */
    public static final class Provider extends ComponentProvider<Augmentation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Augmentation.class, TYPE,
                    CENTRE.declaration().and(QUALITY.declaration()).and(Chance.SETTING));
        }

        @Override
        protected Augmentation create(Settings settings) {
            return BandPass.of(settings.number("centre.min"), settings.number("centre.max"))
                    .quality(settings.number("quality.min"), settings.number("quality.max"))
                    .probability(Chance.read(settings));
        }
    }
}
