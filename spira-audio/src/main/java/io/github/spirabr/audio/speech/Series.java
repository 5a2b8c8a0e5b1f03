package io.github.spirabr.audio.speech;

import java.util.Arrays;

/** Statistics of a series of numbers; all of an empty one are 0. */
final class Series {

    private Series() {}

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    /** Returns the square root of the variance, which is divided by the number of values less one; 0 for a single value. */
    static double deviation(double[] values) {
        if (values.length < 2) {
            return 0;
        }
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (values.length - 1));
    }

    /** Returns a quantile, interpolated between neighbours. */
    static double quantile(double[] values, double share) {
        if (values.length == 0) {
            return 0;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Returns the slope of the least-squares line through the points; 0 if all lie at one place. */
    static double slope(double[] places, double[] values) {
        double meanPlace = mean(places);
        double meanValue = mean(values);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            products += (places[i] - meanPlace) * (values[i] - meanValue);
            squares += (places[i] - meanPlace) * (places[i] - meanPlace);
        }
        return squares == 0 ? 0 : products / squares;
    }
}
