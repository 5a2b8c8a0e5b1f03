package io.github.spirabr.core.probe;

import io.github.spirabr.core.internal.DecimalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An encoding of covariates as numbers, fitted on the training set: numbers are standardised, kinds are one-hot
 * encoded; a missing number becomes the mean, with an indicator of its own. Columns that differ for nearly every
 * recording, such as ids, and constant columns are left out. Immutable.
 */
final class CovariateColumns {

    private static final int LEAST_NUMBERS = 8;

    /** One column's numbers of a row. */
    private record Column(String name, int width, Function<Covariate, double[]> numbers) {}

    private final List<Column> columns;

    private CovariateColumns(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * Fits the encoding.
     *
     * @param training at least one row
     * @param without columns and measures that are not used
     */
    static CovariateColumns of(List<Covariate> training, Set<String> without) {
        List<Column> columns = new ArrayList<>();
        for (String name : names(training, row -> row.columns().keySet())) {
            if (!without.contains(name)) {
                add(columns, column(name, training));
            }
        }
        for (String name : names(training, row -> row.measures().keySet())) {
            if (!without.contains(name)) {
                add(columns, numbers(name, training, row -> row.measures().get(name)));
            }
        }
        return new CovariateColumns(List.copyOf(columns));
    }

    private static Set<String> names(List<Covariate> rows, Function<Covariate, Set<String>> of) {
        Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.addAll(of.apply(row)));
        return names;
    }

    private static void add(List<Column> columns, @Nullable Column column) {
        if (column != null) {
            columns.add(column);
        }
    }

    private static @Nullable Column column(String name, List<Covariate> training) {
        List<String> known = new ArrayList<>();
        training.forEach(row -> {
            if (row.columns().containsKey(name)) {
                known.add(row.columns().get(name));
            }
        });
        long distinct = known.stream().distinct().count();
        if (distinct >= LEAST_NUMBERS && known.stream().allMatch(DecimalText::isNumber)) {
            return numbers(name, training, row -> {
                String value = row.columns().get(name);
                return value == null || !DecimalText.isNumber(value) ? null : DecimalText.number(value);
            });
        }
        boolean names = distinct > LEAST_NUMBERS && distinct > known.size() / 2;
        return names ? null : kinds(name, training);
    }

    private static @Nullable Column numbers(
            String name, List<Covariate> training, Function<Covariate, @Nullable Double> value) {
        double[] known = training.stream().filter(row -> value.apply(row) != null).mapToDouble(value::apply).toArray();
        double mean = Arrays.stream(known).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(known).map(one -> (one - mean) * (one - mean)).average().orElse(0));
        boolean missing = known.length < training.size();
        if (!(deviation > 1e-12 * (1 + Math.abs(mean))) && !missing || known.length == 0) {
            return null;
        }
        double scale = deviation > 0 ? deviation : 1;
        return new Column(name, missing ? 2 : 1, row -> {
            Double its = value.apply(row);
            double standard = its == null ? 0 : (its - mean) / scale;
            return missing ? new double[] {standard, its == null ? 1 : 0} : new double[] {standard};
        });
    }

    private static @Nullable Column kinds(String name, List<Covariate> training) {
        TreeMap<String, Integer> places = new TreeMap<>();
        training.forEach(row -> places.put(row.columns().getOrDefault(name, ""), 0));
        if (places.size() < 2) {
            return null;
        }
        int next = 0;
        for (var entry : places.entrySet()) {
            entry.setValue(next++);
        }
        return new Column(name, places.size(), row -> {
            double[] numbers = new double[places.size()];
            Integer place = places.get(row.columns().getOrDefault(name, ""));
            if (place != null) {
                numbers[place] = 1;
            }
            return numbers;
        });
    }

    /** Returns the names of the columns in use; may be empty. */
    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** Returns the numbers of all columns. */
    double[] row(Covariate covariate) {
        double[] row = new double[columns.stream().mapToInt(Column::width).sum()];
        int at = 0;
        for (Column column : columns) {
            double[] numbers = column.numbers.apply(covariate);
            System.arraycopy(numbers, 0, row, at, numbers.length);
            at += numbers.length;
        }
        return row;
    }

    /** Returns the numbers of the column of this name alone. */
    CovariateColumns only(String name) {
        return new CovariateColumns(columns.stream().filter(column -> column.name.equals(name)).toList());
    }
}
