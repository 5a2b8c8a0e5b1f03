package io.github.spirabr.report.run;

import io.github.spirabr.report.internal.Tick;
import java.util.List;

/**
 * An axis of a chart.
 *
 * @param title title with the unit
 * @param low value at its beginning
 * @param high value at its end, above the low one
 * @param ticks labelled values
 */
record Axis(String title, double low, double high, List<Tick> ticks) {

    private static final int TICKS = 6;

    /** Creates an axis from 0 to 1. */
    static Axis share(String title) {
        return new Axis(title, 0, 1, Tick.between(0, 1, TICKS));
    }

    /** Creates an axis from 0 to a little above the largest value. */
    static Axis from0(String title, double largest) {
        double high = largest > 0 ? largest * 1.05 : 1;
        return new Axis(title, 0, high, Tick.between(0, high, TICKS));
    }

    /** Whole numbers. */
    static Axis whole(String title, double low, double high) {
        List<Tick> ticks = Tick.between(low, high, TICKS).stream()
                .filter(tick -> tick.position() == Math.rint(tick.position()))
                .map(tick -> new Tick(tick.position(), tick.label().replaceFirst("\\.0+$", "")))
                .toList();
        return new Axis(title, low, high, ticks);
    }

    /** Returns the position of a value, from 0 to 1. */
    double place(double value) {
        return (value - low) / (high - low);
    }
}
