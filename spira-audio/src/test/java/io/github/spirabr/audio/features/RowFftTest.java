package io.github.spirabr.audio.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.audio.internal.RowFft;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jtransforms.fft.DoubleFFT_1D;

/** Against the complex transform of JTransforms in double precision. */
class RowFftTest {

    /** Relative to the greatest value; single precision has 6e-8. */
    private static final double TOLERANCE = 2e-6;

    @Property(tries = 400)
    void sameNumbersAsJTransforms(
            @ForAll @IntRange(min = 1, max = 700) int size,
            @ForAll @IntRange(max = 1000) int filledPerMille,
            @ForAll @IntRange(min = 1, max = FramePower.LANES) int lanes,
            @ForAll long seed) {
        check(size, Math.max(1, (int) ((long) size * filledPerMille / 1000)), lanes, seed);
    }

    /** The transforms of fftSize 1200 and windowLength 400, of powers of two, and of an odd fftSize. */
    @Example
    void thePublishedSizes() {
        check(600, 200, FramePower.LANES, 1);
        check(256, 200, FramePower.LANES, 2);
        check(1024, 1024, 3, 3);
        check(1199, 400, 3, 4);
    }

    /** With few rows filled the first butterfly has one leg; radix 4 leaves its results in an order of its own. */
    @Example
    void aFirstStageOfEachRadix() {
        check(48, 12, 5, 5);
        check(16, 1, 5, 6);
        check(50, 9, 5, 7);
        check(6, 2, 5, 8);
        check(77, 7, 5, 9);
    }

    /** 16,381 and 1031 are primes; the others have a large prime factor beside small ones, before and after it. */
    @Example
    void largePrimesAreAsExactAsADirectTransform() {
        checkDirectly(16_381, 16_381, 1);
        checkDirectly(1031, 700, 2);
        checkDirectly(2 * 2053, 2 * 2053, 3);
        checkDirectly(3 * 1031, 900, 4);
    }

    /** Compares with the definition in double precision, at bins spread over all frequencies. */
    private static void checkDirectly(int size, int filled, long seed) {
        RowFft fft = new RowFft(size, filled);
        float[][] re = new float[size][FramePower.LANES];
        float[][] im = new float[size][FramePower.LANES];
        float[] values = Signals.random(2 * filled, seed);
        for (int n = 0; n < filled; n++) {
            re[n][1] = values[2 * n];
            im[n][1] = values[2 * n + 1];
        }
        fft.transform(re, im, 2);
        double greatest = Math.sqrt(size);
        for (int k = 0; k < size; k += 1 + size / 500) {
            double sumRe = 0;
            double sumIm = 0;
            for (int n = 0; n < filled; n++) {
                double angle = -2 * Math.PI * ((long) n * k % size) / size;
                sumRe += values[2 * n] * Math.cos(angle) - values[2 * n + 1] * Math.sin(angle);
                sumIm += values[2 * n] * Math.sin(angle) + values[2 * n + 1] * Math.cos(angle);
            }
            double error = Math.hypot(re[fft.row(k)][1] - sumRe, im[fft.row(k)][1] - sumIm);
            assertThat(error).as("bin %d of %d", k, size).isLessThanOrEqualTo(3e-7 * greatest);
        }
    }

    private static void check(int size, int filled, int lanes, long seed) {
        RowFft fft = new RowFft(size, filled);
        float[][] re = new float[size][FramePower.LANES];
        float[][] im = new float[size][FramePower.LANES];
        for (int n = 0; n < size; n++) {
            // What is not filled, and lanes that are not asked for, may hold anything.
            Arrays.fill(re[n], 1e9f);
            Arrays.fill(im[n], -1e9f);
        }
        double[][] expected = new double[lanes][2 * size];
        for (int l = 0; l < lanes; l++) {
            float[] values = Signals.random(2 * filled, seed + l);
            for (int n = 0; n < filled; n++) {
                re[n][l] = values[2 * n];
                im[n][l] = values[2 * n + 1];
                expected[l][2 * n] = values[2 * n];
                expected[l][2 * n + 1] = values[2 * n + 1];
            }
            new DoubleFFT_1D(size).complexForward(expected[l]);
        }
        fft.transform(re, im, lanes);
        for (int l = 0; l < lanes; l++) {
            double greatest = Arrays.stream(expected[l]).map(Math::abs).max().orElseThrow();
            for (int k = 0; k < size; k++) {
                double error = Math.hypot(
                        re[fft.row(k)][l] - expected[l][2 * k], im[fft.row(k)][l] - expected[l][2 * k + 1]);
                assertThat(error).as("bin %d of lane %d", k, l).isLessThanOrEqualTo(TOLERANCE * greatest);
            }
        }
        for (int l = lanes; l < FramePower.LANES; l++) {
            assertThat(re[0][l]).as("lane %d, which was not asked for", l).isEqualTo(1e9f);
        }
    }
}
