package io.github.spirabr.core.continuous;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * Whether new recordings are like those that a model was trained on, by what is heard before anything is understood:
 * levels, noise, durations, features, and kinds such as the codec. Each property has its population stability index
 * (Siddiqi 2006, Credit Risk Scorecards: below 0.1 nothing, above 0.25 a major change), over the tenths of the training
 * side for numbers. Since the index is large by chance where there are few recordings, a change is also asked to be beyond
 * what chance explains: the index over (1/n + 1/m) is spread like chi-square with one degree of freedom less than there are
 * classes (Yurdakul and Naranjo 2020). Recordings are taken for independent, and the level of 1 % is divided by the number
 * of properties. The score is the largest index that is beyond chance; 0 if none is.
 *
 * @param recordings how many are new
 * @param reference how many the training side has
 * @param measures of each property, the largest index first
 */
public record InputDrift(int recordings, int reference, List<DriftMeasure> measures) {

    private static final double MODERATE = 0.1;
    private static final double MAJOR = 0.25;
    private static final double LEVEL = 0.01;
    private static final int LEAST = 5;

    /** Copies the list. */
    public InputDrift {
        measures = List.copyOf(measures);
    }

    /** What to make of all of it: the gravest verdict. */
    public DriftMeasure.Verdict verdict() {
        return measures.stream().map(DriftMeasure::verdict).max(Comparator.naturalOrder()).orElse(DriftMeasure.Verdict.NONE);
    }

    /** The largest index that is beyond chance; 0 if none is. */
    public double score() {
        return measures.stream().filter(one -> one.verdict() != DriftMeasure.Verdict.NONE)
                .mapToDouble(DriftMeasure::index).max().orElse(0);
    }

    /** The properties that have changed, the most first, for people. */
    public String summary() {
        List<String> changed = measures.stream().filter(one -> one.verdict() != DriftMeasure.Verdict.NONE)
                .map(DriftMeasure::name).toList();
        return changed.isEmpty() ? "none" : verdict() + " (" + String.join(", ", changed.subList(0, Math.min(5, changed.size())))
                + (changed.size() > 5 ? " and " + (changed.size() - 5) + " more" : "") + ")";
    }

    /**
     * Numbers of a property.
     *
     * @param deciles of the training side: eleven values from the least to the greatest
     * @param values of the new recordings
     */
    record Numbers(List<Double> deciles, double[] values) {

        /** Copies the values. */
        Numbers {
            deciles = List.copyOf(deciles);
            values = values.clone();
        }
    }

    /**
     * Kinds of a property.
     *
     * @param reference how many recordings of the training side are of each kind
     * @param fresh how many new ones
     */
    record Kinds(Map<String, Integer> reference, Map<String, Integer> fresh) {}

    /**
     * Measures it.
     *
     * @return empty if there are fewer than five new recordings, or none to compare with
     */
    static Optional<InputDrift> of(
            int recordings, int reference, Map<String, Numbers> numbers, Map<String, Kinds> kinds) {
        if (recordings < LEAST || reference < LEAST) {
            return Optional.empty();
        }
        double level = LEVEL / Math.max(1, numbers.size() + kinds.size());
        List<DriftMeasure> measures = new ArrayList<>();
        numbers.forEach((name, its) -> classes(its).ifPresent(counts ->
                measures.add(measure(name, counts, recordings, reference, level))));
        kinds.forEach((name, its) -> {
            Map<String, double[]> counts = new TreeMap<>();
            its.reference.forEach((kind, count) -> counts.computeIfAbsent(kind, any -> new double[2])[0] = count);
            its.fresh.forEach((kind, count) -> counts.computeIfAbsent(kind, any -> new double[2])[1] = count);
            if (counts.size() > 1) {
                measures.add(measure(name, List.copyOf(counts.values()), recordings, reference, level));
            }
        });
        measures.sort(Comparator.comparingDouble(DriftMeasure::index).reversed().thenComparing(DriftMeasure::name));
        return Optional.of(new InputDrift(recordings, reference, measures));
    }

    /**
     * Shares of the training side, and counts of new values, between its tenths; tenths that end at one value are one
     * class. Empty if all values of the training side are the same.
     */
    private static Optional<List<double[]>> classes(Numbers numbers) {
        Map<Double, Integer> ends = new LinkedHashMap<>();
        for (int tenth = 1; tenth < numbers.deciles.size(); tenth++) {
            ends.merge(numbers.deciles.get(tenth), 1, Integer::sum);
        }
        if (ends.size() < 2) {
            return Optional.empty();
        }
        List<Double> bounds = List.copyOf(ends.keySet());
        List<double[]> classes = new ArrayList<>();
        ends.values().forEach(tenths -> classes.add(new double[] {tenths / (double) (numbers.deciles.size() - 1), 0}));
        for (double value : numbers.values) {
            int place = 0;
            while (place < bounds.size() - 1 && value > bounds.get(place)) {
                place++;
            }
            classes.get(place)[1]++;
        }
        return Optional.of(classes);
    }

    /** @param classes of each, what the training side has and what is new, as counts or shares */
    private static DriftMeasure measure(
            String name, List<double[]> classes, int recordings, int reference, double level) {
        double before = classes.stream().mapToDouble(one -> one[0]).sum();
        double now = classes.stream().mapToDouble(one -> one[1]).sum();
        double index = 0;
        for (double[] one : classes) {
            // An empty class counts as half a recording.
            double q = Math.max(one[0] / before, 0.5 / reference);
            double p = Math.max(one[1] / now, 0.5 / recordings);
            index += (p - q) * Math.log(p / q);
        }
        double critical = new ChiSquaredDistribution(null, classes.size() - 1.0).inverseCumulativeProbability(1 - level)
                * (1.0 / recordings + 1.0 / reference);
        DriftMeasure.Verdict verdict = index < MODERATE || index < critical
                ? DriftMeasure.Verdict.NONE
                : index > MAJOR ? DriftMeasure.Verdict.MAJOR : DriftMeasure.Verdict.MODERATE;
        return new DriftMeasure(name, index, critical, verdict);
    }

    void write(Fields fields) {
        fields.put("recordings", recordings).put("reference", reference)
                .putAll("measure", measures, (group, one) -> one.write(group));
    }

    static InputDrift read(Fields fields) {
        return new InputDrift(fields.integer("recordings"), fields.integer("reference"),
                fields.list("measure", DriftMeasure::read));
    }
}
