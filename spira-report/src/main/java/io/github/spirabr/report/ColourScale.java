package io.github.spirabr.report;

import java.util.function.DoubleUnaryOperator;

/**
 * The legend of the colours.
 *
 * @param title title with the unit
 * @param low the first colour's number, in that unit
 * @param high the last colour's number
 * @param shown a feature's number in that unit
 */
record ColourScale(String title, double low, double high, ColourMap map, DoubleUnaryOperator shown) {

    /** The colour of a number in the unit that is shown. */
    int rgb(double number) {
        return map.rgb((number - low) / (high - low));
    }
}
