package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.internal.DecimalText;
import io.github.spirabr.core.internal.MissingValue;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Recordings by the values of a column.
 *
 * @param names names of the groups, in the order in which to show them; empty if the column does not group recordings
 * @param byRecording the group of each recording, by its id
 */
record Groups(List<String> names, Map<String, String> byRecording) {

    /** The largest number of groups of a column that are shown individually. */
    static final int MOST = 20;

    private static final String OTHERS = "(others)";
    private static final Set<String> AGES = Set.of("age", "idade");
    private static final int LEAST_NUMBERS = 8;
    private static final int QUARTERS = 4;
    private static final Groups NONE = new Groups(List.of(), Map.of());

    static Groups of(String column, List<Recording> recordings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Recording recording : recordings) {
            values.put(recording.id(), MissingValue.shown(recording.metadata().get(column)));
        }
        List<String> known = values.values().stream().filter(value -> !MissingValue.isMissing(value)).toList();
        long distinct = known.stream().distinct().count();
        boolean age = AGES.contains(column.toLowerCase(Locale.ROOT));
        if ((age || distinct >= LEAST_NUMBERS) && distinct > 0 && known.stream().allMatch(DecimalText::isNumber)) {
            return bands(values, age);
        }
        boolean names = distinct > LEAST_NUMBERS && distinct > known.size() / 2;
        return names ? NONE : kinds(values);
    }

    private static Groups kinds(Map<String, String> values) {
        Map<String, Integer> counts = new TreeMap<>();
        values.values().forEach(value -> counts.merge(value, 1, Integer::sum));
        if (counts.size() < 2) {
            return NONE;
        }
        if (counts.size() <= MOST) {
            return new Groups(List.copyOf(counts.keySet()), values);
        }
        Set<String> shown = new LinkedHashSet<>(counts.keySet().stream()
                .sorted(Comparator.comparingInt(value -> -counts.get(value)))
                .limit(MOST - 1L)
                .sorted()
                .toList());
        Map<String, String> groups = new HashMap<>();
        values.forEach((id, value) -> groups.put(id, shown.contains(value) ? value : OTHERS));
        shown.add(OTHERS);
        return new Groups(List.copyOf(shown), groups);
    }

    private static Groups bands(Map<String, String> values, boolean age) {
        double[] numbers = values.values().stream()
                .filter(value -> !MissingValue.isMissing(value))
                .mapToDouble(DecimalText::number)
                .sorted()
                .toArray();
        List<String> names = new ArrayList<>();
        Map<String, String> groups = new HashMap<>();
        double[] edges = age ? decades(numbers) : quartiles(numbers);
        for (int i = 0; i + 1 < edges.length; i++) {
            double from = edges[i];
            double to = edges[i + 1];
            boolean last = i + 2 == edges.length;
            String name = age
                    ? String.format(Locale.ROOT, "%.0f-%.0f", from, to - 1)
                    : String.format(Locale.ROOT, "%s to %s", number(from), number(to));
            boolean some = false;
            for (Map.Entry<String, String> value : values.entrySet()) {
                if (!MissingValue.isMissing(value.getValue())) {
                    double its = DecimalText.number(value.getValue());
                    if (its >= from && (its < to || last)) {
                        groups.put(value.getKey(), name);
                        some = true;
                    }
                }
            }
            if (some) {
                names.add(name);
            }
        }
        values.forEach((id, value) -> {
            if (MissingValue.isMissing(value)) {
                groups.put(id, MissingValue.SIGN);
            }
        });
        if (groups.containsValue(MissingValue.SIGN)) {
            names.add(MissingValue.SIGN);
        }
        return names.size() < 2 ? NONE : new Groups(List.copyOf(names), groups);
    }

    private static double[] decades(double[] sorted) {
        int first = (int) Math.floor(sorted[0] / 10);
        int last = (int) Math.floor(sorted[sorted.length - 1] / 10) + 1;
        double[] edges = new double[last - first + 1];
        Arrays.setAll(edges, i -> 10.0 * (first + i));
        return edges;
    }

    private static double[] quartiles(double[] sorted) {
        double[] edges = new double[QUARTERS + 1];
        Arrays.setAll(edges, i -> sorted[(int) Math.round((double) i / QUARTERS * (sorted.length - 1))]);
        return Arrays.stream(edges).distinct().toArray();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
