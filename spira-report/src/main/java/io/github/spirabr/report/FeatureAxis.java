package io.github.spirabr.report;

import io.github.spirabr.report.internal.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The vertical axis.
 *
 * @param title title with the unit
 * @param low the position at the bottom
 * @param high the position at the top
 * @param feature the index of the feature at a position, to be rounded
 * @param ticks labels, from the bottom to the top
 */
record FeatureAxis(String title, double low, double high, DoubleUnaryOperator feature, List<Tick> ticks) {

    private static final int MOST_TICKS = 9;
    private static final int MOST_MEL_TICKS = 20;
    private static final double[] MEL_TICKS = {
        0, 125, 250, 500, 1000, 2000, 3000, 4000, 6000, 8000, 12_000, 16_000, 20_000
    };

    /** Bins from 0 Hz to half the sample rate. */
    static FeatureAxis linearFrequency(int fftSize, int sampleRate) {
        double top = sampleRate / 2000.0;
        return new FeatureAxis("Frequency (kHz)", 0, top, kilohertz -> kilohertz * 1000 * fftSize / sampleRate,
                Tick.between(0, top, MOST_TICKS));
    }

    /** Bands that are evenly spaced on the HTK mel scale; the first and the last one reach to the ends. */
    static FeatureAxis melFrequency(int bands, double fMin, double fMax) {
        double lowest = mel(fMin);
        double highest = mel(fMax);
        double step = (highest - lowest) / (bands + 1);
        List<Tick> ticks = new ArrayList<>();
        double previous = Double.NEGATIVE_INFINITY;
        for (double hertz : MEL_TICKS) {
            double at = mel(hertz);
            boolean within = at >= lowest && at <= highest + 1e-9;
            if (within && at - previous > (highest - lowest) / MOST_MEL_TICKS) {
                ticks.add(new Tick(at, String.valueOf((long) hertz)));
                previous = at;
            }
        }
        return new FeatureAxis(
                "Frequency (Hz, mel scale)", lowest, highest, at -> (at - lowest) / step - 1, ticks);
    }

    /** Features that are counted from 0. */
    static FeatureAxis numbered(String title, int features) {
        List<Tick> ticks = Tick.between(0, Math.max(1, features - 1), MOST_TICKS).stream()
                .filter(tick -> tick.position() == Math.rint(tick.position()) && tick.position() < features)
                .toList();
        return new FeatureAxis(title, -0.5, features - 0.5, at -> at, ticks);
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }
}
