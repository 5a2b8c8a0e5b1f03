package io.github.spirabr.audio.features;

import io.github.spirabr.audio.internal.RowFft;
import java.util.Arrays;

/**
 * The power spectra of many frames at once: |X[k]|² with X[k] = sum of w[n] x[n] exp(-2 pi i k n / fftSize).
 * Where the weighted samples stand within fftSize changes the phase only, so they are put first and the
 * zeros after them.
 *
 * <p>An even fftSize takes a complex transform of half its size over pairs of neighbouring samples; an
 * odd one a complex transform of its own size.
 */
final class FramePower {

    /** Frames that are transformed together. */
    static final int LANES = 128;

    private final Framing framing;
    private final float[] window;
    private final boolean even;
    private final int half;
    private final RowFft fft;
    private final float[] cos;
    private final float[] sin;

    FramePower(Framing framing) {
        this.framing = framing;
        this.window = framing.weights();
        this.even = framing.fftSize() % 2 == 0;
        this.half = framing.fftSize() / 2;
        int filled = even ? (framing.windowLength() + 1) / 2 : framing.windowLength();
        this.fft = new RowFft(even ? half : framing.fftSize(), filled);
        this.cos = new float[half / 2 + 1];
        this.sin = new float[half / 2 + 1];
        for (int k = 0; k <= half / 2; k++) {
            cos[k] = (float) Math.cos(2 * Math.PI * k / framing.fftSize());
            sin[k] = (float) -Math.sin(2 * Math.PI * k / framing.fftSize());
        }
        if (even) {
            // Splitting a transform of pairs into its bins halves everything; done here it costs nothing.
            for (int n = 0; n < window.length; n++) {
                window[n] *= 0.5f;
            }
        }
    }

    /** Returns the number of rows that {@link #compute} works in. */
    int rows() {
        return even ? half : framing.fftSize();
    }

    /**
     * Transforms the frames that begin at {@code offsets[from]}, {@code offsets[from + 1]} and so on.
     *
     * @param re scratch of {@link #rows} rows
     * @param im scratch of {@link #rows} rows
     * @param power receives, for each bin, the row that holds its power: one of the scratch rows; and then, where the
     *     framing has one, the row of the frames' energies
     */
    void compute(
            float[] samples, int[] offsets, int from, int lanes, float[][] re, float[][] im, float[][] power) {
        if (framing.conditioning().equals(Conditioning.NOTHING)) {
            for (int n = 0; n < window.length; n++) {
                gather(samples, n, window[n], offsets, from, lanes, row(n, re, im));
            }
        } else {
            condition(samples, offsets, from, lanes, re, im, power);
        }
        if (even) {
            if (window.length % 2 == 1) {
                Arrays.fill(im[window.length / 2], 0, lanes, 0f);
            }
            fft.transform(re, im, lanes);
            split(re, im, lanes, power);
        } else {
            for (int n = 0; n < window.length; n++) {
                Arrays.fill(im[n], 0, lanes, 0f);
            }
            fft.transform(re, im, lanes);
            for (int k = 0; k <= half; k++) {
                int row = fft.row(k);
                square(re[row], im[row], lanes);
                power[k] = re[row];
            }
        }
    }

    /** Returns the row of a frame's sample n before the transform. */
    private float[] row(int n, float[][] re, float[][] im) {
        if (even) {
            return n % 2 == 0 ? re[n / 2] : im[n / 2];
        }
        return re[n];
    }

    private void condition(
            float[] samples, int[] offsets, int from, int lanes, float[][] re, float[][] im, float[][] power) {
        Conditioning changes = framing.conditioning();
        float[] energy = power[framing.bins()];
        float[] mean = new float[lanes];
        for (int n = 0; n < window.length; n++) {
            float[] row = row(n, re, im);
            gather(samples, n, changes.scale(), offsets, from, lanes, row);
            if (changes.removeDc()) {
                add(row, mean, lanes);
            }
        }
        for (int l = 0; l < lanes; l++) {
            mean[l] /= window.length;
        }
        Arrays.fill(energy, 0, lanes, 0f);
        for (int n = 0; n < window.length; n++) {
            float[] row = row(n, re, im);
            if (changes.removeDc()) {
                subtract(row, mean, lanes);
            }
            if (changes.energy() == Conditioning.Energy.RAW) {
                addSquares(row, 1f, energy, lanes);
            }
        }
        for (int n = window.length - 1; n >= 0; n--) {
            float[] row = row(n, re, im);
            emphasize(row, row(Math.max(0, n - 1), re, im), changes.preEmphasis(), window[n], lanes);
            if (changes.energy() == Conditioning.Energy.WINDOWED) {
                // The weights of an even transform are halved.
                addSquares(row, even ? 4f : 1f, energy, lanes);
            }
        }
    }

    private static void add(float[] row, float[] sum, int lanes) {
        for (int l = 0; l < lanes; l++) {
            sum[l] += row[l];
        }
    }

    private static void subtract(float[] row, float[] mean, int lanes) {
        for (int l = 0; l < lanes; l++) {
            row[l] -= mean[l];
        }
    }

    private static void addSquares(float[] row, float weight, float[] sum, int lanes) {
        for (int l = 0; l < lanes; l++) {
            sum[l] += weight * (row[l] * row[l]);
        }
    }

    private static void emphasize(float[] row, float[] before, float share, float weight, int lanes) {
        for (int l = 0; l < lanes; l++) {
            row[l] = (row[l] - share * before[l]) * weight;
        }
    }

    private static void gather(
            float[] samples, int n, float weight, int[] offsets, int from, int lanes, float[] row) {
        for (int l = 0; l < lanes; l++) {
            row[l] = samples[offsets[from + l] + n] * weight;
        }
    }

    /** With Z the transform of x[2m] + i x[2m + 1]: X[k] = E[k] + exp(-2 pi i k / fftSize) O[k]. */
    private void split(float[][] re, float[][] im, int lanes, float[][] power) {
        int zero = fft.row(0);
        splitZero(re[zero], im[zero], lanes);
        power[0] = re[zero];
        power[half] = im[zero];
        for (int k = 1; k <= half / 2; k++) {
            int a = fft.row(k);
            int b = fft.row(half - k);
            if (a == b) {
                splitMiddle(re[a], im[a], lanes);
            } else {
                splitPair(re[a], im[a], re[b], im[b], cos[k], sin[k], lanes);
            }
            power[k] = re[a];
            power[half - k] = re[b];
        }
    }

    private static void splitZero(float[] re, float[] im, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float sum = 2 * (re[l] + im[l]);
            float difference = 2 * (re[l] - im[l]);
            re[l] = sum * sum;
            im[l] = difference * difference;
        }
    }

    private static void splitMiddle(float[] re, float[] im, int lanes) {
        for (int l = 0; l < lanes; l++) {
            re[l] = 4 * (re[l] * re[l] + im[l] * im[l]);
        }
    }

    private static void splitPair(float[] ar, float[] ai, float[] br, float[] bi, float c, float s, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float evenRe = ar[l] + br[l];
            float evenIm = ai[l] - bi[l];
            float oddRe = ai[l] + bi[l];
            float oddIm = br[l] - ar[l];
            float turnedRe = c * oddRe - s * oddIm;
            float turnedIm = s * oddRe + c * oddIm;
            float sumRe = evenRe + turnedRe;
            float sumIm = evenIm + turnedIm;
            float differenceRe = evenRe - turnedRe;
            float differenceIm = evenIm - turnedIm;
            ar[l] = sumRe * sumRe + sumIm * sumIm;
            br[l] = differenceRe * differenceRe + differenceIm * differenceIm;
        }
    }

    private static void square(float[] re, float[] im, int lanes) {
        for (int l = 0; l < lanes; l++) {
            re[l] = re[l] * re[l] + im[l] * im[l];
        }
    }
}
