package io.github.spirabr.audio.speech;

/**
 * Interpolation between the samples of an even function by a windowed sinc, at places that are multiples of 1 / 32, and the
 * search for its maxima. Immutable.
 */
final class SincTable {

    /** Samples on either side. */
    static final int DEPTH = 30;
    private static final int PARTS = 32;

    private final float[][] weights = new float[PARTS][2 * DEPTH];

    SincTable() {
        for (int part = 0; part < PARTS; part++) {
            for (int tap = 0; tap < 2 * DEPTH; tap++) {
                double distance = tap - (DEPTH - 1) - (double) part / PARTS;
                double hann = 0.5 + 0.5 * Math.cos(Math.PI * distance / (DEPTH + 0.5));
                double sinc = distance == 0 ? 1 : Math.sin(Math.PI * distance) / (Math.PI * distance);
                weights[part][tap] = (float) (sinc * hann);
            }
        }
    }

    /**
     * Finds the maximum near a place.
     *
     * @param values sample 0 stands at index {@code zero}; there are DEPTH samples more on either side of the place
     * @param place about where the maximum is
     * @param maximum receives place and value
     */
    void maximum(float[] values, int zero, double place, double[] maximum) {
        int middle = (int) Math.round(place * PARTS);
        double left = at(values, zero, middle - 1);
        double centre = at(values, zero, middle);
        double right = at(values, zero, middle + 1);
        for (int steps = 0; steps < PARTS && (left > centre || right > centre); steps++) {
            if (right > centre) {
                middle++;
                left = centre;
                centre = right;
                right = at(values, zero, middle + 1);
            } else {
                middle--;
                right = centre;
                centre = left;
                left = at(values, zero, middle - 1);
            }
        }
        double bend = 2 * centre - left - right;
        double shift = bend > 0 ? 0.5 * (right - left) / bend : 0;
        maximum[0] = (middle + shift) / PARTS;
        maximum[1] = centre + 0.25 * (right - left) * shift;
    }

    private double at(float[] values, int zero, int place) {
        float[] row = weights[Math.floorMod(place, PARTS)];
        int first = zero + Math.floorDiv(place, PARTS) - (DEPTH - 1);
        float even = 0;
        float odd = 0;
        for (int tap = 0; tap < 2 * DEPTH; tap += 2) {
            even += row[tap] * values[first + tap];
            odd += row[tap + 1] * values[first + tap + 1];
        }
        return even + odd;
    }
}
