package io.github.spirabr.audio.internal;

/**
 * A discrete Fourier transform of any size by Bluestein's algorithm (L. I. Bluestein, "A linear filtering approach to the
 * computation of discrete Fourier transform", 1970): with nk = (n² + k² - (k - n)²) / 2, the transform is a convolution with
 * a chirp, which transforms of a power of two compute in O(n log n). It works in double precision. Immutable.
 */
final class Bluestein {

    private final int size;
    private final int padded;
    private final double[] chirpCos;
    private final double[] chirpSin;
    private final double[] cos;
    private final double[] sin;
    private final double[] filterRe;
    private final double[] filterIm;

    /**
     * Creates a transform.
     *
     * @param size size of the transform, at least 1 and at most 2^29
     */
    Bluestein(int size) {
        this.size = size;
        this.padded = Integer.highestOneBit(Math.max(1, 2 * size - 2)) << 1;
        this.chirpCos = new double[size];
        this.chirpSin = new double[size];
        for (int n = 0; n < size; n++) {
            // n² modulo 2 size, as the angle of n² itself would lose digits.
            double angle = Math.PI * ((long) n * n % (2L * size)) / size;
            chirpCos[n] = Math.cos(angle);
            chirpSin[n] = -Math.sin(angle);
        }
        this.cos = new double[padded / 2];
        this.sin = new double[padded / 2];
        for (int i = 0; i < padded / 2; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / padded);
            sin[i] = -Math.sin(2 * Math.PI * i / padded);
        }
        this.filterRe = new double[padded];
        this.filterIm = new double[padded];
        for (int n = 0; n < size; n++) {
            int mirrored = (padded - n) % padded;
            filterRe[n] = chirpCos[n] / padded;
            filterIm[n] = -chirpSin[n] / padded;
            filterRe[mirrored] = filterRe[n];
            filterIm[mirrored] = filterIm[n];
        }
        forward(filterRe, filterIm);
    }

    /** Returns the length of the two work arrays of {@link #transform}. */
    int scratch() {
        return padded;
    }

    /** Transforms the first {@code size} numbers in place; both arrays have the length {@link #scratch}. */
    void transform(double[] re, double[] im) {
        for (int n = 0; n < size; n++) {
            rotate(re, im, n);
        }
        for (int n = size; n < padded; n++) {
            re[n] = 0;
            im[n] = 0;
        }
        forward(re, im);
        // The inverse is the forward transform of the conjugate, conjugated.
        for (int n = 0; n < padded; n++) {
            double r = re[n] * filterRe[n] - im[n] * filterIm[n];
            im[n] = -(re[n] * filterIm[n] + im[n] * filterRe[n]);
            re[n] = r;
        }
        forward(re, im);
        for (int n = 0; n < size; n++) {
            im[n] = -im[n];
            rotate(re, im, n);
        }
    }

    private void rotate(double[] re, double[] im, int n) {
        double r = re[n] * chirpCos[n] - im[n] * chirpSin[n];
        im[n] = re[n] * chirpSin[n] + im[n] * chirpCos[n];
        re[n] = r;
    }

    /** Radix 2, decimation in time. */
    private void forward(double[] re, double[] im) {
        reverseBits(re, im);
        for (int half = 1; half < padded; half *= 2) {
            int step = padded / (2 * half);
            for (int start = 0; start < padded; start += 2 * half) {
                for (int j = 0; j < half; j++) {
                    int a = start + j;
                    int b = a + half;
                    double c = cos[j * step];
                    double s = sin[j * step];
                    double r = re[b] * c - im[b] * s;
                    double i = re[b] * s + im[b] * c;
                    re[b] = re[a] - r;
                    im[b] = im[a] - i;
                    re[a] += r;
                    im[a] += i;
                }
            }
        }
    }

    private void reverseBits(double[] re, double[] im) {
        int shift = Integer.numberOfLeadingZeros(padded) + 1;
        for (int i = 1; i < padded; i++) {
            int j = Integer.reverse(i) >>> shift;
            if (j > i) {
                double r = re[i];
                re[i] = re[j];
                re[j] = r;
                double m = im[i];
                im[i] = im[j];
                im[j] = m;
            }
        }
    }
}
