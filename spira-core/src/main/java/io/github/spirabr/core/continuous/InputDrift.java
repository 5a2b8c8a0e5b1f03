package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * A comparison of new recordings with the training set of a model, by properties that are independent of the content:
 * levels, noise, durations, features, and kinds such as the codec. Each property has its population stability index
 * (Siddiqi 2006, Credit Risk Scorecards: below 0.1 nothing, above 0.25 a major change), over the deciles of the
 * training set for numbers. Since the index is large by chance where there are few recordings, a change must also be
 * beyond chance: by the largest distance of the distribution functions at the deciles for numbers (Kolmogorov and
 * Smirnov, with Stephens' 1970 correction for small numbers), by the index over (1/n + 1/m) for kinds, which is
 * distributed like chi-square with one degree of freedom less than there are kinds (Yurdakul and Naranjo 2020).
 * Recordings are treated as independent, and the level of 1 % is divided by the number of properties. The score is the
 * largest index that is beyond chance; 0 if there is none.
 *
 * @param recordings number of new recordings
 * @param reference number of recordings of the training set
 * @param unlike number of new recordings that are unlike the training set by {@link
 *     io.github.spirabr.core.quality.InputStatistics#isUnlike}
 * @param measures measures of each property, the largest index first
 */
public record InputDrift(int recordings, int reference, int unlike, List<Measure> measures) {

    private static final double MODERATE = 0.1;
    private static final double MAJOR = 0.25;
    private static final double LEVEL = 0.01;
    private static final int LEAST = 5;

    /** Copies the list. */
    public InputDrift {
        measures = List.copyOf(measures);
    }

    /**
     * Compares recordings with the training set of a model.
     *
     * @param trainedOn statistics of the training set
     * @param measures measures of the recordings, of the same features
     * @return empty if there are fewer than five recordings, or fewer than five to compare with
     */
    public static Optional<InputDrift> between(InputStatistics trainedOn, List<InputMeasures> measures) {
        return of(measures.size(), trainedOn.recordings(), ArrivalDrift.unlike(trainedOn, measures),
                ArrivalDrift.numbers(trainedOn, measures), Map.of());
    }

    /** Returns the most severe verdict of all properties. */
    public Measure.Verdict verdict() {
        return measures.stream().map(Measure::verdict).max(Comparator.naturalOrder()).orElse(Measure.Verdict.NONE);
    }

    /** Returns the largest index that is beyond chance; 0 if there is none. */
    public double score() {
        return measures.stream().filter(one -> one.verdict() != Measure.Verdict.NONE)
                .mapToDouble(Measure::index).max().orElse(0);
    }

    /** Returns a text with the properties that have changed, the largest change first. */
    public String summary() {
        List<String> changed = measures.stream().filter(one -> one.verdict() != Measure.Verdict.NONE)
                .map(Measure::name).toList();
        return changed.isEmpty() ? "none" : verdict() + " (" + String.join(", ", changed.subList(0, Math.min(5, changed.size())))
                + (changed.size() > 5 ? " and " + (changed.size() - 5) + " more" : "") + ")";
    }

    /**
     * The values of a numeric property.
     *
     * @param deciles deciles of the training set: eleven values from the minimum to the maximum
     * @param values values of the new recordings
     */
    record Numbers(List<Double> deciles, double[] values) {

        /** Copies the values. */
        Numbers {
            deciles = List.copyOf(deciles);
            values = values.clone();
        }
    }

    /**
     * The counts of a property with kinds.
     *
     * @param reference number of recordings of the training set by kind
     * @param fresh number of new recordings by kind
     */
    record Kinds(Map<String, Integer> reference, Map<String, Integer> fresh) {}

    /**
     * Computes the drift.
     *
     * @param unlike number of new recordings that are unlike the training set
     * @return empty if there are fewer than five new recordings, or fewer than five to compare with
     */
    static Optional<InputDrift> of(
            int recordings, int reference, int unlike, Map<String, Numbers> numbers, Map<String, Kinds> kinds) {
        if (recordings < LEAST || reference < LEAST) {
            return Optional.empty();
        }
        double level = LEVEL / Math.max(1, numbers.size() + kinds.size());
        List<Measure> measures = new ArrayList<>();
        numbers.forEach((name, its) -> classes(its).ifPresent(classes -> {
            double chance = chanceOfDistance(distance(classes), recordings, reference);
            measures.add(measure(name, index(classes, recordings, reference), chance, level));
        }));
        kinds.forEach((name, its) -> {
            Map<String, double[]> counts = new TreeMap<>();
            its.reference.forEach((kind, count) -> counts.computeIfAbsent(kind, any -> new double[2])[0] = count);
            its.fresh.forEach((kind, count) -> counts.computeIfAbsent(kind, any -> new double[2])[1] = count);
            if (counts.size() > 1) {
                double index = index(List.copyOf(counts.values()), recordings, reference);
                double scaled = index / (1.0 / recordings + 1.0 / reference);
                double chance = 1 - new ChiSquaredDistribution(null, counts.size() - 1.0).cumulativeProbability(scaled);
                measures.add(measure(name, index, chance, level));
            }
        });
        measures.sort(Comparator.comparing(Measure::verdict).thenComparing(Measure::index).reversed()
                .thenComparing(Measure::name));
        return Optional.of(new InputDrift(recordings, reference, unlike, measures));
    }

    /**
     * Returns the shares of the training set, and the counts of new values, between its deciles; deciles that end at
     * one value are one class. Empty if all values of the training set are the same.
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

    /**
     * Computes the population stability index.
     *
     * @param classes the training set and the new recordings in each class, as counts or shares
     */
    private static double index(List<double[]> classes, int recordings, int reference) {
        double before = classes.stream().mapToDouble(one -> one[0]).sum();
        double now = classes.stream().mapToDouble(one -> one[1]).sum();
        double index = 0;
        for (double[] one : classes) {
            // An empty class counts as half a recording.
            double q = Math.max(one[0] / before, 0.5 / reference);
            double p = Math.max(one[1] / now, 0.5 / recordings);
            index += (p - q) * Math.log(p / q);
        }
        return index;
    }

    private static double distance(List<double[]> classes) {
        double now = classes.stream().mapToDouble(one -> one[1]).sum();
        double difference = 0;
        double largest = 0;
        for (double[] one : classes) {
            difference += one[1] / now - one[0];
            largest = Math.max(largest, Math.abs(difference));
        }
        return largest;
    }

    private static double chanceOfDistance(double distance, int recordings, int reference) {
        double root = Math.sqrt((double) recordings * reference / (recordings + reference));
        double scaled = (root + 0.12 + 0.11 / root) * distance;
        return 1 - new KolmogorovSmirnovTest().ksSum(scaled, 1e-12, 10_000);
    }

    private static Measure measure(String name, double index, double chance, double level) {
        Measure.Verdict verdict = index < MODERATE || chance >= level
                ? Measure.Verdict.NONE
                : index > MAJOR ? Measure.Verdict.MAJOR : Measure.Verdict.MODERATE;
        return new Measure(name, index, chance, verdict);
    }

    void write(Document fields) {
        fields.put("recordings", recordings).put("reference", reference).put("unlike", unlike)
                .putAll("measure", measures, (group, one) -> one.write(group));
    }

    static InputDrift read(Document fields) {
        return new InputDrift(fields.integer("recordings"), fields.integer("reference"), fields.integer("unlike"),
                fields.list("measure", Measure::read));
    }

    /**
     * The distribution of one property of new recordings compared with the training set.
     *
     * @param name name of the property, such as {@code levelDb} or {@code codec}
     * @param index population stability index: the sum of (p - q) ln(p / q) over the classes, where p and q are the shares
     *     of new recordings and of the training set
     * @param chance p-value: the probability of such a difference if the distributions are equal
     * @param verdict the verdict
     */
    public record Measure(String name, double index, double chance, Verdict verdict) {

        /** The verdict on an index. */
        public enum Verdict {
            /** Below 0.1, or no more than chance. */
            NONE,
            /** An index between 0.1 and 0.25, beyond chance. */
            MODERATE,
            /** Above 0.25, and more than chance. */
            MAJOR
        }

        void write(Document fields) {
            fields.put("name", name).put("index", index).put("chance", chance).put("verdict", verdict);
        }

        static Measure read(Document fields) {
            return new Measure(fields.text("name"), fields.number("index"), fields.number("chance"),
                    fields.choice("verdict", Verdict.class));
        }
    }
}
