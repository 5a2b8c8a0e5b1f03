package io.github.spirabr.core.quality;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.DocumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Statistics of a model's input over its training set: each measure of {@link InputMeasures} over the recordings,
 * without augmentation. They give the distance of a recording from the training set, and the bound above which it is
 * reported as unlike the training set. Fitted on the training set alone. Immutable.
 *
 * <p>The distance is the root of the mean squared z-score of all feature means and feature deviations: the average over
 * the training set is 1. The bound is {@value #MARGIN} times the 99th percentile of the distances of the training
 * recordings, each computed from the recordings of all other subjects, as for a new recording. It needs {@value
 * #LEAST_SUBJECTS} subjects; with fewer, no recording is reported. A deviation below a hundredth of the root mean
 * square of those of its kind is raised to that value, so that a feature that was constant in training does not decide
 * alone.
 */
public final class InputStatistics {

    private static final int FORMAT = 1;
    private static final String MEASURE = "measure.";
    private static final double MARGIN = 1.5;
    private static final double COVERED = 0.99;
    private static final int LEAST_SUBJECTS = 5;

    private final int recordings;
    private final int subjects;
    private final int features;
    private final Map<String, Measure> measures;
    private final FeatureSpread spread;
    private final OptionalDouble bound;
    private final int validationRecordings;
    private final int falseAlarms;

    private InputStatistics(
            int recordings,
            int subjects,
            Map<String, Measure> measures,
            OptionalDouble bound,
            int validationRecordings,
            int falseAlarms) {
        this.recordings = recordings;
        this.subjects = subjects;
        this.features = (measures.size() - InputMeasures.levelCount()) / 2;
        this.measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        this.bound = bound;
        this.validationRecordings = validationRecordings;
        this.falseAlarms = falseAlarms;
        List<Measure> all = List.copyOf(measures.values());
        List<Measure> ofFeatures = all.subList(InputMeasures.levelCount(), all.size());
        this.spread = new FeatureSpread(
                ofFeatures.stream().mapToDouble(Measure::mean).toArray(),
                ofFeatures.stream().mapToDouble(Measure::deviation).toArray());
    }

    /**
     * The measures of a recording of the training set, with its subject.
     *
     * @param subject the speaker
     * @param measures the measures of the recording
     */
    public record OfSubject(String subject, InputMeasures measures) {}

    /**
     * Fits the statistics to a training set.
     *
     * @param training at least one recording, all of the same features
     * @param validation recordings on which false alarms are counted; they do not change the statistics; may be empty
     */
    public static InputStatistics fit(List<OfSubject> training, List<InputMeasures> validation) {
        if (training.isEmpty()) {
            throw new IllegalArgumentException("the training recordings must not be empty; add at least one");
        }
        List<String> names = training.get(0).measures().names();
        Map<String, Measure> measures = new LinkedHashMap<>();
        for (int m = 0; m < names.size(); m++) {
            int measure = m;
            measures.put(names.get(m), Measure.of(
                    training.stream().mapToDouble(one -> one.measures().value(measure)).toArray()));
        }
        int subjects = (int) training.stream().map(OfSubject::subject).distinct().count();
        OptionalDouble bound = subjects < LEAST_SUBJECTS ? OptionalDouble.empty() : OptionalDouble.of(bound(training));
        InputStatistics unchecked =
                new InputStatistics(training.size(), subjects, measures, bound, validation.size(), 0);
        int alarms = (int) validation.stream().filter(unchecked::isUnlike).count();
        return new InputStatistics(training.size(), subjects, measures, bound, validation.size(), alarms);
    }

    private static double bound(List<OfSubject> training) {
        double[] distances = FeatureSums.leftOutDistances(training);
        Arrays.sort(distances);
        return MARGIN * distances[Math.max(0, (int) Math.ceil(COVERED * distances.length) - 1)];
    }

    /** Returns the number of training recordings. */
    public int recordings() {
        return recordings;
    }

    /** Returns the number of subjects of the training recordings. */
    public int subjects() {
        return subjects;
    }

    /** Returns the statistics of each measure, by the name that {@link InputMeasures#names} gives, in that order. */
    public Map<String, Measure> measures() {
        return measures;
    }

    /**
     * Returns the statistics of one measure.
     *
     * @param name one of {@link InputMeasures#names}
     * @throws IllegalArgumentException if there is no such measure
     */
    public Measure measure(String name) {
        Measure found = measures.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "the measure must be one of " + measures.keySet() + ", but was '" + name + "'");
        }
        return found;
    }

    /** Returns the number of features of a frame. */
    public int features() {
        return features;
    }

    /**
     * Computes the distance of a recording's features from those of the training set, at least 0.
     *
     * @throws IllegalArgumentException if the recording has a different number of features
     */
    public double distance(InputMeasures recording) {
        if (recording.features() != features) {
            throw new IllegalArgumentException("the recording must have " + features + " features, but had "
                    + recording.features());
        }
        return spread.distance(recording);
    }

    /**
     * Returns the distance above which a recording is reported as unlike the training set; empty if there were too few
     * subjects.
     */
    public OptionalDouble bound() {
        return bound;
    }

    /** Returns whether the recording's {@link #distance} is above the bound. */
    public boolean isUnlike(InputMeasures recording) {
        return bound.isPresent() && distance(recording) > bound.getAsDouble();
    }

    /** Returns the number of validation recordings that the bound was checked on. */
    public int validationRecordings() {
        return validationRecordings;
    }

    /** Returns the number of validation recordings whose distance is above the bound. */
    public int falseAlarms() {
        return falseAlarms;
    }

    /** Returns all statistics as text, for {@link #read}. Equal statistics give equal texts. */
    public SortedMap<String, String> describe() {
        SortedMap<String, String> text = new TreeMap<>();
        text.put(Document.FORMAT, Integer.toString(FORMAT));
        text.put("recordings", Integer.toString(recordings));
        text.put("subjects", Integer.toString(subjects));
        text.put("features", Integer.toString(features));
        bound.ifPresent(value -> text.put("bound", Double.toString(value)));
        text.put("validation.recordings", Integer.toString(validationRecordings));
        text.put("validation.falseAlarms", Integer.toString(falseAlarms));
        measures.forEach((name, of) -> {
            List<String> numbers = new ArrayList<>(List.of(Double.toString(of.mean()), Double.toString(of.deviation())));
            of.deciles().forEach(decile -> numbers.add(Double.toString(decile)));
            text.put(MEASURE + name, String.join(" ", numbers));
        });
        return text;
    }

    /**
     * Reads the statistics from the text of {@link #describe}.
     *
     * @throws DocumentException if the text is of a newer format, or damaged
     */
    public static InputStatistics read(Map<String, String> text) {
        DocumentException.requireFormat("input-statistics.properties", text.get(Document.FORMAT), FORMAT);
        try {
            Map<String, Measure> measures = new LinkedHashMap<>();
            for (String name : InputMeasures.names(features(text))) {
                List<Double> numbers = Arrays.stream(value(text, MEASURE + name).split(" ")).map(InputStatistics::finite).toList();
                if (numbers.size() < 3) {
                    throw new IllegalArgumentException(MEASURE + name + " has " + numbers.size() + " numbers");
                }
                measures.put(name,
                        new Measure(numbers.get(0), numbers.get(1), numbers.subList(2, numbers.size())));
            }
            return new InputStatistics(
                    count(text, "recordings"),
                    count(text, "subjects"),
                    measures,
                    text.containsKey("bound") ? OptionalDouble.of(finite(value(text, "bound"))) : OptionalDouble.empty(),
                    count(text, "validation.recordings"),
                    count(text, "validation.falseAlarms"));
        } catch (IllegalArgumentException e) {
            throw DocumentException.damaged("input-statistics.properties of the stored model", e.getMessage(), e);
        }
    }

    /** Returns the number of features, for each of which there are measures in the text. */
    private static int features(Map<String, String> text) {
        int features = count(text, "features");
        if (features < 1 || features > text.size()) {
            throw new IllegalArgumentException("there are " + features + " features in " + text.size() + " lines");
        }
        return features;
    }

    private static int count(Map<String, String> text, String name) {
        int count = Integer.parseInt(value(text, name));
        if (count < 0) {
            throw new IllegalArgumentException(name + " is " + count);
        }
        return count;
    }

    private static double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("a number is " + text);
        }
        return number;
    }

    private static String value(Map<String, String> text, String name) {
        String value = text.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputStatistics that && describe().equals(that.describe());
    }

    @Override
    public int hashCode() {
        return describe().hashCode();
    }

    @Override
    public String toString() {
        return "InputStatistics[" + recordings + " recordings of " + subjects + " subjects, " + features + " features]";
    }

    /**
     * The statistics of a measure over recordings.
     *
     * @param mean the mean over all recordings
     * @param deviation the sample standard deviation (divided by the number of recordings minus 1); 0 for one recording
     * @param deciles eleven values: the minimum, the 10 % to 90 % quantiles, the maximum
     */
    public record Measure(double mean, double deviation, List<Double> deciles) {

        private static final int TENTHS = 10;

        /** Copies the list; refuses any other number of deciles than eleven, and values that are not in ascending order. */
        public Measure {
            deciles = List.copyOf(deciles);
            boolean sorted = deciles.equals(deciles.stream().sorted().toList());
            if (deciles.size() != TENTHS + 1 || !sorted) {
                throw new IllegalArgumentException("the deciles must be eleven values in ascending order, but were " + deciles);
            }
        }

        static Measure of(double[] values) {
            double mean = Arrays.stream(values).sum() / values.length;
            double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            Double[] deciles = new Double[TENTHS + 1];
            for (int d = 0; d <= TENTHS; d++) {
                deciles[d] = sorted[Math.max(0, (int) Math.ceil(d * sorted.length / (double) TENTHS) - 1)];
            }
            return new Measure(
                    mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)), List.of(deciles));
        }

        /** Returns the smallest value. */
        public double least() {
            return deciles.get(0);
        }
    }
}
