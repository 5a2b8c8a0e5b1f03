package io.github.spirabr.audio.internal;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Complex discrete Fourier transforms of many signals at once: row n holds sample n of every signal,
 * lane by lane, so that the inner loops run over signals and become vector instructions.
 *
 * <p>In-place decimation in frequency with radices 2, 3, 4, 5 and any other prime factor; the result
 * stands in permuted rows, see {@link #row}. Prime factors above {@value #LARGEST_DIRECT} use {@link Bluestein}'s
 * algorithm, in O(p log p) and not O(p²). Each lane sees the same operations in the same order
 * wherever it stands and whatever its neighbours are. Immutable.
 *
 * <p>Butterflies are made of small loops: HotSpot turns a loop into vector instructions only while its body
 * is small, and one loop over all legs of a butterfly runs at half the speed of these, which meet their rows in
 * the nearest cache.
 */
public final class RowFft {

    /** Features of stored models depend on the bits of transforms whose prime factors are at most this. */
    private static final int LARGEST_DIRECT = 1024;
    private static final float SIN_60 = (float) (Math.sqrt(3) / 2);
    private static final float QUARTER_SQRT5 = (float) (Math.sqrt(5) / 4);
    private static final float SIN_72 = (float) Math.sin(2 * Math.PI / 5);
    private static final float SIN_144 = (float) Math.sin(4 * Math.PI / 5);

    private final int size;
    private final int filled;
    private final int[] radices;
    private final int[] rows;
    private final float[] cos;
    private final float[] sin;
    /** For the prime factor above {@link #LARGEST_DIRECT}; null without one. */
    private final @Nullable Bluestein largePrime;

    /**
     * Creates a transform.
     *
     * @param size size of the transform, at least 1
     * @param filled the number of leading rows that are not zero; fewer make the first stage cheaper
     */
    public RowFft(int size, int filled) {
        this.size = size;
        this.filled = filled;
        this.radices = radices(size, filled);
        int largest = Arrays.stream(radices).max().orElse(1);
        this.largePrime = largest > LARGEST_DIRECT ? new Bluestein(largest) : null;
        this.rows = new int[size];
        for (int position = 0; position < size; position++) {
            rows[frequency(position)] = position;
        }
        this.cos = new float[size];
        this.sin = new float[size];
        for (int i = 0; i < size; i++) {
            cos[i] = (float) Math.cos(2 * Math.PI * i / size);
            sin[i] = (float) -Math.sin(2 * Math.PI * i / size);
        }
    }

    /** Returns the row of the given frequency after {@link #transform}. */
    public int row(int frequency) {
        return rows[frequency];
    }

    /** Transforms the first {@code lanes} lanes; rows from {@code filled} on are taken as zero. */
    public void transform(float[][] re, float[][] im, int lanes) {
        if (radices.length == 0) {
            return;
        }
        int radix = radices[0];
        if (filled <= size / radix) {
            spread(re, im, radix, lanes);
        } else {
            for (int row = filled; row < size; row++) {
                Arrays.fill(re[row], 0, lanes, 0f);
                Arrays.fill(im[row], 0, lanes, 0f);
            }
            stage(re, im, 0, size, radix, lanes);
        }
        int block = size / radix;
        for (int start = 0; start < size; start += block) {
            finish(re, im, start, block, 1, lanes);
        }
    }

    /** Goes depth first, so that a block stays in the nearest cache until it is done. */
    private void finish(float[][] re, float[][] im, int start, int length, int level, int lanes) {
        if (level == radices.length) {
            return;
        }
        stage(re, im, start, length, radices[level], lanes);
        int block = length / radices[level];
        for (int next = start; next < start + length; next += block) {
            finish(re, im, next, block, level + 1, lanes);
        }
    }

    /** The first stage where only the first leg of each butterfly is not zero: nothing but rotations. */
    private void spread(float[][] re, float[][] im, int radix, int lanes) {
        int block = size / radix;
        for (int j = 0; j < block; j++) {
            for (int k = 1; k < radix; k++) {
                int row = j + k * block;
                if (j < filled) {
                    int turn = j * result(radix, k);
                    copyRotated(re[j], im[j], re[row], im[row], cos[turn], sin[turn], lanes);
                } else {
                    Arrays.fill(re[row], 0, lanes, 0f);
                    Arrays.fill(im[row], 0, lanes, 0f);
                }
            }
            if (j >= filled) {
                Arrays.fill(re[j], 0, lanes, 0f);
                Arrays.fill(im[j], 0, lanes, 0f);
            }
        }
    }

    private void stage(float[][] re, float[][] im, int start, int length, int radix, int lanes) {
        int block = length / radix;
        int step = size / length;
        float[][] scratch = radix > 5 && radix <= LARGEST_DIRECT ? new float[2 * radix][lanes] : new float[0][];
        for (int j = 0; j < block; j++) {
            int first = start + j;
            int turn = j * step;
            switch (radix) {
                case 2 -> radix2(re, im, first, block, turn, lanes);
                case 3 -> radix3(re, im, first, block, turn, lanes);
                case 4 -> radix4(re, im, first, block, turn, lanes);
                case 5 -> radix5(re, im, first, block, turn, lanes);
                default -> {
                    if (radix > LARGEST_DIRECT) {
                        radixLarge(re, im, first, block, radix, turn, lanes);
                    } else {
                        radixAny(re, im, first, block, radix, turn, scratch, lanes);
                    }
                }
            }
        }
    }

    private void radix2(float[][] re, float[][] im, int a, int block, int turn, int lanes) {
        int b = a + block;
        sumAndDifference(re[a], im[a], re[b], im[b], 1f, lanes);
        rotate(re[b], im[b], turn, lanes);
    }

    private void radix3(float[][] re, float[][] im, int a, int block, int turn, int lanes) {
        int b = a + block;
        int c = b + block;
        sumAndDifference(re[b], im[b], re[c], im[c], SIN_60, lanes);
        sumAndRest(re[a], im[a], re[b], im[b], 0.5f, lanes);
        turnedPair(re[b], im[b], re[c], im[c], turn, 2 * turn, lanes);
    }

    /** Leaves its results in the order of {@link #result}. */
    private void radix4(float[][] re, float[][] im, int a, int block, int turn, int lanes) {
        int b = a + block;
        int c = b + block;
        int d = c + block;
        sumAndDifference(re[a], im[a], re[c], im[c], 1f, lanes);
        sumAndDifference(re[b], im[b], re[d], im[d], 1f, lanes);
        sumAndDifference(re[a], im[a], re[b], im[b], 1f, lanes);
        rotate(re[b], im[b], 2 * turn, lanes);
        turnedPair(re[c], im[c], re[d], im[d], turn, 3 * turn, lanes);
    }

    /**
     * The cosines of 72 and 144 degrees are (-1 +- sqrt 5) / 4, so that sums need no other factor. Of the differences
     * the second one has its sign turned, which makes a rotation of what their sines do to them.
     */
    private void radix5(float[][] re, float[][] im, int a, int block, int turn, int lanes) {
        int b = a + block;
        int c = b + block;
        int d = c + block;
        int e = d + block;
        sumAndDifference(re[b], im[b], re[e], im[e], 1f, lanes);
        sumAndDifference(re[c], im[c], re[d], im[d], -1f, lanes);
        sumAndDifference(re[b], im[b], re[c], im[c], QUARTER_SQRT5, lanes);
        middle(re[a], re[b], re[c], lanes);
        middle(im[a], im[b], im[c], lanes);
        rotate(re[e], re[d], SIN_72, SIN_144, lanes);
        rotate(im[e], im[d], SIN_72, SIN_144, lanes);
        turnedPair(re[b], im[b], re[e], im[e], turn, 4 * turn, lanes);
        turnedPair(re[c], im[c], re[d], im[d], 2 * turn, 3 * turn, lanes);
    }

    private void rotate(float[] ar, float[] ai, int turn, int lanes) {
        if (turn > 0) {
            rotate(ar, ai, cos[turn], sin[turn], lanes);
        }
    }

    private void turnedPair(float[] ar, float[] ai, float[] br, float[] bi, int turnA, int turnB, int lanes) {
        turnedPair(ar, ai, br, bi, cos[turnA], sin[turnA], cos[turnB], sin[turnB], lanes);
    }

    private static void copyRotated(float[] ar, float[] ai, float[] br, float[] bi, float c, float s, int lanes) {
        for (int l = 0; l < lanes; l++) {
            br[l] = ar[l] * c - ai[l] * s;
        }
        for (int l = 0; l < lanes; l++) {
            bi[l] = ar[l] * s + ai[l] * c;
        }
    }

    private static void rotate(float[] ar, float[] ai, float c, float s, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float r = ar[l];
            float i = ai[l];
            ar[l] = r * c - i * s;
            ai[l] = r * s + i * c;
        }
    }

    /** Computes a = a + b, b = (a - b) scale. */
    private static void sumAndDifference(
            float[] ar, float[] ai, float[] br, float[] bi, float scale, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float xr = ar[l];
            float xi = ai[l];
            float yr = br[l];
            float yi = bi[l];
            ar[l] = xr + yr;
            ai[l] = xi + yi;
            br[l] = (xr - yr) * scale;
            bi[l] = (xi - yi) * scale;
        }
    }

    /** Computes a = a + b, b = a - b part. */
    private static void sumAndRest(float[] ar, float[] ai, float[] br, float[] bi, float part, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float xr = ar[l];
            float xi = ai[l];
            float yr = br[l];
            float yi = bi[l];
            ar[l] = xr + yr;
            ai[l] = xi + yi;
            br[l] = xr - part * yr;
            bi[l] = xi - part * yi;
        }
    }

    /** Computes a = a + b, b = a - b / 4 + c, c = a - b / 4 - c. */
    private static void middle(float[] a, float[] b, float[] c, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float x = a[l];
            float y = b[l];
            float z = c[l];
            float rest = x - 0.25f * y;
            a[l] = x + y;
            b[l] = rest + z;
            c[l] = rest - z;
        }
    }

    /** Computes a = (a - i b) w, b = (a + i b) v. */
    private static void turnedPair(
            float[] ar, float[] ai, float[] br, float[] bi, float wr, float wi, float vr, float vi, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float xr = ar[l];
            float xi = ai[l];
            float yr = br[l];
            float yi = bi[l];
            float pr = xr + yi;
            float pi = xi - yr;
            float qr = xr - yi;
            float qi = xi + yr;
            ar[l] = pr * wr - pi * wi;
            ai[l] = pr * wi + pi * wr;
            br[l] = qr * vr - qi * vi;
            bi[l] = qr * vi + qi * vr;
        }
    }

    /** A butterfly by its definition, for the prime factors that few sizes have. */
    private void radixAny(
            float[][] re, float[][] im, int first, int block, int radix, int turn, float[][] scratch, int lanes) {
        int step = size / radix;
        for (int k = 0; k < radix; k++) {
            float[] outRe = scratch[2 * k];
            float[] outIm = scratch[2 * k + 1];
            Arrays.fill(outRe, 0f);
            Arrays.fill(outIm, 0f);
            for (int n = 0; n < radix; n++) {
                int place = (int) ((long) n * k % radix) * step;
                float c = cos[place];
                float s = sin[place];
                float[] ar = re[first + n * block];
                float[] ai = im[first + n * block];
                for (int l = 0; l < lanes; l++) {
                    outRe[l] += ar[l] * c - ai[l] * s;
                }
                for (int l = 0; l < lanes; l++) {
                    outIm[l] += ar[l] * s + ai[l] * c;
                }
            }
        }
        for (int k = 0; k < radix; k++) {
            System.arraycopy(scratch[2 * k], 0, re[first + k * block], 0, lanes);
            System.arraycopy(scratch[2 * k + 1], 0, im[first + k * block], 0, lanes);
            rotate(re[first + k * block], im[first + k * block], k * turn, lanes);
        }
    }

    private void radixLarge(float[][] re, float[][] im, int first, int block, int radix, int turn, int lanes) {
        Bluestein transform = Objects.requireNonNull(largePrime);
        double[] lineRe = new double[transform.scratch()];
        double[] lineIm = new double[transform.scratch()];
        for (int l = 0; l < lanes; l++) {
            for (int n = 0; n < radix; n++) {
                lineRe[n] = re[first + n * block][l];
                lineIm[n] = im[first + n * block][l];
            }
            transform.transform(lineRe, lineIm);
            for (int n = 0; n < radix; n++) {
                re[first + n * block][l] = (float) lineRe[n];
                im[first + n * block][l] = (float) lineIm[n];
            }
        }
        for (int k = 1; k < radix; k++) {
            rotate(re[first + k * block], im[first + k * block], k * turn, lanes);
        }
    }

    /** Returns the result of a butterfly that stands in the given leg: those of radix 4 are in the order 0, 2, 1, 3. */
    private static int result(int radix, int leg) {
        return radix == 4 && (leg == 1 || leg == 2) ? 3 - leg : leg;
    }

    private int frequency(int position) {
        int block = size;
        int rest = position;
        int frequency = 0;
        int weight = 1;
        for (int radix : radices) {
            block /= radix;
            frequency += weight * result(radix, rest / block);
            rest %= block;
            weight *= radix;
        }
        return frequency;
    }

    /** Returns the factors of size; first the greatest one that finds all but its first leg zero, if there is one. */
    private static int[] radices(int size, int filled) {
        int[] factors = new int[32];
        int count = 0;
        int rest = size;
        for (int radix : new int[] {5, 4, 3, 2}) {
            while (rest % radix == 0) {
                factors[count++] = radix;
                rest /= radix;
            }
        }
        for (int prime = 7; rest > 1; prime += 2) {
            while (rest % prime == 0) {
                factors[count++] = prime;
                rest /= prime;
            }
        }
        int best = -1;
        for (int i = 0; i < count; i++) {
            if (filled <= size / factors[i] && (best < 0 || factors[i] > factors[best])) {
                best = i;
            }
        }
        if (best > 0) {
            int first = factors[best];
            System.arraycopy(factors, 0, factors, 1, best);
            factors[0] = first;
        }
        return Arrays.copyOf(factors, count);
    }
}
