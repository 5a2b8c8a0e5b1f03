package io.github.spirabr.audio.features;

import java.util.Arrays;

/**
 * Complex discrete Fourier transforms of many signals at once: row n holds sample n of every signal,
 * lane by lane, so that the inner loops run over signals and become vector instructions.
 *
 * <p>In-place decimation in frequency with radices 2, 3, 4, 5 and any other prime factor; the result
 * stands in permuted rows, see {@link #row}. Each lane sees the same operations in the same order
 * wherever it stands and whatever its neighbours are. Immutable.
 */
final class RowFft {

    private static final float HALF_SQRT3 = (float) (Math.sqrt(3) / 2);
    private static final float COS_72 = (float) Math.cos(2 * Math.PI / 5);
    private static final float COS_144 = (float) Math.cos(4 * Math.PI / 5);
    private static final float SIN_72 = (float) Math.sin(2 * Math.PI / 5);
    private static final float SIN_144 = (float) Math.sin(4 * Math.PI / 5);

    private final int size;
    private final int filled;
    private final int[] radices;
    private final int[] rows;
    private final float[] cos;
    private final float[] sin;

    /**
     * @param size of the transform, at least 1
     * @param filled the number of leading rows that are not zero; fewer make the first stage cheaper
     */
    RowFft(int size, int filled) {
        this.size = size;
        this.filled = filled;
        this.radices = radices(size, filled);
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

    /** In which row the given frequency stands after {@link #transform}. */
    int row(int frequency) {
        return rows[frequency];
    }

    /** Transforms the first {@code lanes} lanes; rows from {@code filled} on are taken as zero. */
    void transform(float[][] re, float[][] im, int lanes) {
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

    /** Depth first, so that a block stays in the nearest cache until it is done. */
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
                    copyRotated(re[j], im[j], re[row], im[row], cos[j * k], sin[j * k], lanes);
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
        float[][] scratch = radix > 5 ? new float[2 * radix][lanes] : new float[0][];
        for (int j = 0; j < block; j++) {
            int a = start + j;
            int b = a + block;
            int c = b + block;
            int d = c + block;
            int e = d + block;
            switch (radix) {
                case 2 -> radix2(re[a], im[a], re[b], im[b], lanes);
                case 3 -> radix3(re[a], im[a], re[b], im[b], re[c], im[c], lanes);
                case 4 -> radix4(re[a], im[a], re[b], im[b], re[c], im[c], re[d], im[d], lanes);
                case 5 -> radix5(re[a], im[a], re[b], im[b], re[c], im[c], re[d], im[d], re[e], im[e], lanes);
                default -> radixAny(re, im, a, block, radix, scratch, lanes);
            }
            if (j > 0) {
                for (int k = 1; k < radix; k++) {
                    rotate(re[a + k * block], im[a + k * block], cos[j * k * step], sin[j * k * step], lanes);
                }
            }
        }
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

    private static void radix2(float[] ar, float[] ai, float[] br, float[] bi, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float xr = ar[l];
            float xi = ai[l];
            float yr = br[l];
            float yi = bi[l];
            ar[l] = xr + yr;
            ai[l] = xi + yi;
            br[l] = xr - yr;
            bi[l] = xi - yi;
        }
    }

    private static void radix3(
            float[] ar, float[] ai, float[] br, float[] bi, float[] cr, float[] ci, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float sr = br[l] + cr[l];
            float si = bi[l] + ci[l];
            float dr = HALF_SQRT3 * (br[l] - cr[l]);
            float di = HALF_SQRT3 * (bi[l] - ci[l]);
            float mr = ar[l] - 0.5f * sr;
            float mi = ai[l] - 0.5f * si;
            ar[l] = ar[l] + sr;
            ai[l] = ai[l] + si;
            br[l] = mr + di;
            bi[l] = mi - dr;
            cr[l] = mr - di;
            ci[l] = mi + dr;
        }
    }

    private static void radix4(
            float[] ar, float[] ai, float[] br, float[] bi, float[] cr, float[] ci, float[] dr, float[] di,
            int lanes) {
        for (int l = 0; l < lanes; l++) {
            float acr = ar[l] + cr[l];
            float aci = ai[l] + ci[l];
            float amr = ar[l] - cr[l];
            float ami = ai[l] - ci[l];
            float bdr = br[l] + dr[l];
            float bdi = bi[l] + di[l];
            float bmr = br[l] - dr[l];
            float bmi = bi[l] - di[l];
            ar[l] = acr + bdr;
            ai[l] = aci + bdi;
            br[l] = amr + bmi;
            bi[l] = ami - bmr;
            cr[l] = acr - bdr;
            ci[l] = aci - bdi;
            dr[l] = amr - bmi;
            di[l] = ami + bmr;
        }
    }

    private static void radix5(
            float[] ar, float[] ai, float[] br, float[] bi, float[] cr, float[] ci, float[] dr, float[] di,
            float[] er, float[] ei, int lanes) {
        for (int l = 0; l < lanes; l++) {
            float s1r = br[l] + er[l];
            float s1i = bi[l] + ei[l];
            float d1r = br[l] - er[l];
            float d1i = bi[l] - ei[l];
            float s2r = cr[l] + dr[l];
            float s2i = ci[l] + di[l];
            float d2r = cr[l] - dr[l];
            float d2i = ci[l] - di[l];
            float m1r = ar[l] + COS_72 * s1r + COS_144 * s2r;
            float m1i = ai[l] + COS_72 * s1i + COS_144 * s2i;
            float m2r = ar[l] + COS_144 * s1r + COS_72 * s2r;
            float m2i = ai[l] + COS_144 * s1i + COS_72 * s2i;
            float n1r = SIN_72 * d1r + SIN_144 * d2r;
            float n1i = SIN_72 * d1i + SIN_144 * d2i;
            float n2r = SIN_144 * d1r - SIN_72 * d2r;
            float n2i = SIN_144 * d1i - SIN_72 * d2i;
            ar[l] = ar[l] + s1r + s2r;
            ai[l] = ai[l] + s1i + s2i;
            br[l] = m1r + n1i;
            bi[l] = m1i - n1r;
            cr[l] = m2r + n2i;
            ci[l] = m2i - n2r;
            dr[l] = m2r - n2i;
            di[l] = m2i + n2r;
            er[l] = m1r - n1i;
            ei[l] = m1i + n1r;
        }
    }

    /** A butterfly by its definition, for the prime factors that few sizes have. */
    private void radixAny(
            float[][] re, float[][] im, int first, int block, int radix, float[][] scratch, int lanes) {
        int step = size / radix;
        for (int k = 0; k < radix; k++) {
            float[] outRe = scratch[2 * k];
            float[] outIm = scratch[2 * k + 1];
            Arrays.fill(outRe, 0f);
            Arrays.fill(outIm, 0f);
            for (int n = 0; n < radix; n++) {
                int turn = (int) ((long) n * k % radix) * step;
                float c = cos[turn];
                float s = sin[turn];
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
        }
    }

    private int frequency(int position) {
        int block = size;
        int rest = position;
        int frequency = 0;
        int weight = 1;
        for (int radix : radices) {
            block /= radix;
            frequency += weight * (rest / block);
            rest %= block;
            weight *= radix;
        }
        return frequency;
    }

    /** The factors of size; first the greatest one that finds all but its first leg zero, if there is one. */
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
