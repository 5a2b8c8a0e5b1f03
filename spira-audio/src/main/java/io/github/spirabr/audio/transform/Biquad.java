package io.github.spirabr.audio.transform;

/**
 * A second-order filter, y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2], in double precision. What came
 * before the first sample is taken as zero.
 */
record Biquad(double b0, double b1, double b2, double a1, double a2) {

    /** Filters samples in place; transposed direct form II. */
    void filter(double[] samples) {
        double first = 0;
        double second = 0;
        for (int i = 0; i < samples.length; i++) {
            double x = samples[i];
            double y = b0 * x + first;
            first = b1 * x - a1 * y + second;
            second = b2 * x - a2 * y;
            samples[i] = y;
        }
    }
}
