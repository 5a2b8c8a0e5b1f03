package io.github.spirabr.core.sweep;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A point of a sweep with the metric of its trainings on validation sets.
 *
 * @param number number of the point, counted from 1
 * @param settings value of each swept setting, by name
 * @param round the last round of trainings that it took part in, counted from 1
 * @param epochs epochs of its trainings in all rounds together
 * @param values metric of each training of its last round, fold by fold and seed by seed; NaN where it has no value
 * @param faults a sentence for each of these trainings that diverged
 */
public record SweptPoint(
        int number, Map<String, Object> settings, int round, int epochs, List<Double> values, List<String> faults) {

    /** Copies the collections. */
    public SweptPoint {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        values = List.copyOf(values);
        faults = List.copyOf(faults);
    }

    /** Returns the value of a setting as people write it. */
    public String text(String setting) {
        return SweptSetting.text(settings.get(setting));
    }

    /** Returns the mean of the values; NaN if one of them is, so that no point wins by what it could not do. */
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Returns the standard deviation of the values over seeds and folds; NaN if there is one only. */
    public double standardDeviation() {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        double mean = mean();
        double squares = Arrays.stream(all).map(value -> (value - mean) * (value - mean)).sum();
        return all.length < 2 ? Double.NaN : Math.sqrt(squares / (all.length - 1));
    }

    /** Returns the same point after one more round of trainings. */
    SweptPoint then(SweptPoint later) {
        return new SweptPoint(number, settings, later.round, epochs + later.epochs, later.values, later.faults);
    }
}
