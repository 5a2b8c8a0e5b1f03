package io.github.spirabr.audio.features;

/**
 * The first coefficients of the orthonormal DCT-II: c[k] = s[k] sum of x[n] cos(pi k (n + 1/2) / size), with
 * s[0] = sqrt(1 / size) and s[k] = sqrt(2 / size). Immutable.
 */
final class CosineTransform {

    private final float[][] weights;

    CosineTransform(int coefficients, int size) {
        this(coefficients, size, 0);
    }

    /**
     * Creates the transform with a lifter after it, c[k] (1 + lifter / 2 sin(pi k / lifter)).
     *
     * @param lifter 0 for none
     */
    CosineTransform(int coefficients, int size, double lifter) {
        weights = new float[coefficients][size];
        for (int k = 0; k < coefficients; k++) {
            double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / size);
            if (lifter != 0) {
                scale *= 1 + lifter / 2 * Math.sin(Math.PI * k / lifter);
            }
            for (int n = 0; n < size; n++) {
                weights[k][n] = (float) (scale * Math.cos(Math.PI / size * (n + 0.5) * k));
            }
        }
    }

    void apply(float[][] input, float[][] output, int lanes) {
        for (int k = 0; k < weights.length; k++) {
            Rows.combine(input, 0, weights[k], output[k], lanes);
        }
    }
}
