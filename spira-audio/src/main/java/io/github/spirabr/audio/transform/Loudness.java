package io.github.spirabr.audio.transform;

import io.github.spirabr.core.preprocessing.PreprocessingException;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * Integrated loudness of mono audio by Recommendation ITU-R BS.1770-4 (2015), which EBU R 128 uses. The K-weighting, a high
 * shelf of +4 dB and a high-pass filter, is applied; then the mean squares z of blocks of 400 ms, each 100 ms after the one
 * before, have the loudness l = -0.691 + 10 log10(z). Blocks at or below -70 LUFS do not count, nor do those that are at or
 * below the loudness of the mean z of the others minus 10 LU; the result is the loudness of the mean z of what is left.
 *
 * <p>The Recommendation lists coefficients for 48 kHz alone. Those of other rates are the bilinear transform of the same
 * analogue prototypes, so that at 48 kHz the listed ones come out; centre, gain and quality are those that Brecht De Man
 * derived ("Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018), as in FFmpeg and libebur128.
 * A recording shorter than 400 ms is one block.
 */
final class Loudness {

    /** Below it the shelf's frequency, 1682 Hz, has no room. */
    private static final int LOWEST_RATE = 4000;
    private static final double ABSOLUTE_GATE = -70;
    private static final double RELATIVE_GATE = -10;
    private static final double OFFSET = -0.691;
    private static final int HOPS_PER_BLOCK = 4;

    private Loudness() {}

    /**
     * Measures samples, which are K-weighted in place.
     *
     * @return loudness, in LUFS; negative infinity if no block is above -70 LUFS
     * @throws PreprocessingException if the rate is below 4000 Hz
     */
    static double integrated(double[] samples, int rate) {
        if (rate < LOWEST_RATE) {
            throw new PreprocessingException("the sample rate must be at least " + LOWEST_RATE + " Hz to measure loudness, but was "
                    + rate + " Hz; measure rms or peak, or let the reader resample to a higher rate");
        }
        shelf(rate).filter(samples);
        highPass(rate).filter(samples);
        double[] powers = blocks(samples, Math.round(rate / 10f));
        double ungated = loudness(mean(powers, power -> loudness(power) > ABSOLUTE_GATE));
        double gate = Math.max(ABSOLUTE_GATE, ungated + RELATIVE_GATE);
        return loudness(mean(powers, power -> loudness(power) > gate));
    }

    private static double[] blocks(double[] samples, int hop) {
        int block = HOPS_PER_BLOCK * hop;
        if (samples.length < block) {
            return new double[] {Samples.power(samples, 0, samples.length)};
        }
        double[] powers = new double[(samples.length - block) / hop + 1];
        for (int b = 0; b < powers.length; b++) {
            powers[b] = Samples.power(samples, b * hop, b * hop + block);
        }
        return powers;
    }

    private static double mean(double[] powers, DoublePredicate counts) {
        return Arrays.stream(powers).filter(counts).average().orElse(0);
    }

    private static double loudness(double power) {
        return OFFSET + 10 * Math.log10(power);
    }

    /** Returns the first stage: the acoustic effect of the head. */
    static Biquad shelf(int rate) {
        double quality = 0.7071752369554196;
        double high = Math.pow(10, 3.999843853973347 / 20);
        double band = Math.pow(high, 0.4996667741545416);
        double k = Math.tan(Math.PI * 1681.974450955533 / rate);
        double a0 = 1 + k / quality + k * k;
        return new Biquad(
                (high + band * k / quality + k * k) / a0,
                2 * (k * k - high) / a0,
                (high - band * k / quality + k * k) / a0,
                2 * (k * k - 1) / a0,
                (1 - k / quality + k * k) / a0);
    }

    /** Returns the second stage; its numerator is not scaled, as the Recommendation has it. */
    static Biquad highPass(int rate) {
        double quality = 0.5003270373238773;
        double k = Math.tan(Math.PI * 38.13547087602444 / rate);
        double a0 = 1 + k / quality + k * k;
        return new Biquad(1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0);
    }
}
