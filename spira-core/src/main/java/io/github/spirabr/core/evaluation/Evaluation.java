package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model's probabilities for a set of recordings, classified at one threshold. Immutable. Two evaluations are equal if their
 * scores and thresholds are.
 */
public final class Evaluation {

    private static final int REPLICATES = 2000;

    private final List<RecordingScore> scores;
    private final double threshold;
    private final @Nullable MetricEstimates estimates;

    private Evaluation(List<RecordingScore> scores, double threshold, @Nullable MetricEstimates estimates) {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("an evaluation must have at least one recording, but had none");
        }
        this.scores = List.copyOf(scores);
        this.threshold = threshold;
        this.estimates = estimates;
    }

    /**
     * Returns an evaluation of these scores.
     *
     * @param scores one for each recording, at least one
     * @param threshold the probability from which on a recording is classified as patient
     */
    public static Evaluation of(List<RecordingScore> scores, double threshold) {
        return new Evaluation(scores, threshold, null);
    }

    /**
     * Returns the mean of several models' probabilities of each recording, at the mean of their thresholds (as the
     * ensembles of the ComParE challenges, by the mean of probabilities).
     *
     * @param answers answers of at least one model, to the very same recordings, in any order; the first one's order is kept
     * @return answers without windows
     * @throws IllegalArgumentException if the recordings differ
     */
    public static Evaluation mean(List<Evaluation> answers) {
        return Ensemble.mean(answers);
    }

    /**
     * Pools answers to different recordings in one evaluation, such as those of all folds. Where thresholds differ, the
     * log odds of each evaluation are shifted so that its threshold becomes one half.
     *
     * @param answers at least one, no recording twice
     * @throws IllegalArgumentException if a recording is answered twice
     */
    public static Evaluation pool(List<Evaluation> answers) {
        return Ensemble.pool(answers);
    }

    /** Returns the scores, one for each recording, at least one. */
    public List<RecordingScore> scores() {
        return scores;
    }

    /** Returns the probability from which on a recording is classified as patient. */
    public double threshold() {
        return threshold;
    }

    /** Returns this evaluation with estimates of its metrics, for {@link #metrics} and {@link #metric}. */
    public Evaluation withMetrics(MetricEstimates known) {
        return new Evaluation(scores, threshold, known);
    }

    /**
     * Returns all metrics with 95 % confidence intervals: those of the run that made this evaluation, otherwise estimated at
     * each call with 2000 replicates and the seed 0.
     */
    public MetricEstimates metrics() {
        return estimates != null ? estimates : MetricEstimates.of(this, REPLICATES, 0);
    }

    /** Returns one of {@link #metrics}; its text form is like {@code 0.91 (0.84 to 0.96)}. */
    public MetricEstimate metric(Metric metric) {
        return estimates != null ? estimates.metric(metric) : MetricEstimates.of(this, List.of(metric), REPLICATES, 0).metric(metric);
    }

    /** Returns the number of different subjects of the recordings. */
    public long subjects() {
        return scores.stream().map(RecordingScore::subject).distinct().count();
    }

    /** Returns the recording-level counts of right and wrong answers. */
    public ConfusionMatrix confusionMatrix() {
        int[][] counts = new int[2][2];
        for (RecordingScore score : scores) {
            counts[score.label().code()][score.probability() >= threshold ? 1 : 0]++;
        }
        int patient = Label.PATIENT.code();
        int control = Label.CONTROL.code();
        return new ConfusionMatrix(
                counts[patient][1], counts[patient][0], counts[control][1], counts[control][0]);
    }

    /** Returns the mean binary cross-entropy, see {@link Metric#LOG_LOSS}. */
    public double logLoss() {
        return value(Metric.LOG_LOSS);
    }

    /** Returns a metric without its interval, every recording counting once. */
    public double value(Metric metric) {
        return new ScoreTable(scores, new int[scores.size()]).value(metric, threshold, new int[] {1});
    }

    /** Returns the matching answers, in their order; empty if no answer matches. */
    public Optional<Evaluation> where(Predicate<RecordingScore> wanted) {
        List<RecordingScore> chosen = scores.stream().filter(wanted).toList();
        return chosen.isEmpty() ? Optional.empty() : Optional.of(of(chosen, threshold));
    }

    /** Returns the same answers at another threshold. */
    public Evaluation at(double otherThreshold) {
        return of(scores, otherThreshold);
    }

    /**
     * Returns the same recordings, with their window probabilities aggregated anew; an answer without windows keeps its
     * probability.
     */
    public Evaluation aggregated(Aggregation aggregation) {
        return of(scores.stream().map(score -> score.aggregated(aggregation)).toList(), threshold);
    }

    /** Returns the same recordings with calibrated probabilities; window probabilities are not changed. */
    public Evaluation calibrated(TemperatureScaling calibration) {
        return of(scores.stream().map(score -> score.calibrated(calibration)).toList(), threshold);
    }

    /**
     * Returns one answer for each subject and class in place of one for each recording: the mean of the recordings'
     * probabilities. In the order in which subjects first appear; the recording's id is the subject's name.
     */
    public Evaluation bySubject() {
        Map<List<Object>, List<RecordingScore>> bySubject = new LinkedHashMap<>();
        for (RecordingScore score : scores) {
            bySubject.computeIfAbsent(List.of(score.subject(), score.label()), any -> new ArrayList<>()).add(score);
        }
        return of(bySubject.values().stream().map(Evaluation::merge).toList(), threshold);
    }

    private static RecordingScore merge(List<RecordingScore> ofSubject) {
        RecordingScore first = ofSubject.get(0);
        List<Double> probabilities = ofSubject.stream().map(RecordingScore::probability).toList();
        double mean = Aggregation.mean().of(probabilities.stream().mapToDouble(Double::doubleValue).toArray());
        return new RecordingScore(first.subject(), first.subject(), first.label(), mean, probabilities);
    }

    /**
     * Returns the answers of each group, such as a hospital's or a device's, sorted by the group's name.
     *
     * @param groups the group of each recording, by its id; recordings without a group are left out
     */
    public SortedMap<String, Evaluation> byGroup(Map<String, String> groups) {
        SortedMap<String, List<RecordingScore>> members = new TreeMap<>();
        for (RecordingScore score : scores) {
            String group = groups.get(score.recording());
            if (group != null) {
                members.computeIfAbsent(group, any -> new ArrayList<>()).add(score);
            }
        }
        SortedMap<String, Evaluation> evaluations = new TreeMap<>();
        members.forEach((group, its) -> evaluations.put(group, of(its, threshold)));
        return evaluations;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Evaluation that && scores.equals(that.scores)
                && Double.compare(threshold, that.threshold) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(scores, threshold);
    }

    @Override
    public String toString() {
        return "Evaluation" + scores + " at " + threshold;
    }

    /**
     * A bin of a calibration curve, which compares the mean predicted probability with the share of patients: of recordings
     * with a probability of 0.8, four of five should be patients. The bins are those of {@link Metric#CALIBRATION_ERROR}.
     */
    public static final class CalibrationBin {

        private static final double TAIL = 0.025;

        private final double from;
        private final double to;
        private final int answers;
        private final int subjects;
        private final double meanProbability;
        private final double patients;
        private final double lower;
        private final double upper;

        private CalibrationBin(
                double from,
                double to,
                int answers,
                int subjects,
                double meanProbability,
                double patients,
                double lower,
                double upper) {
            this.from = from;
            this.to = to;
            this.answers = answers;
            this.subjects = subjects;
            this.meanProbability = meanProbability;
            this.patients = patients;
            this.lower = lower;
            this.upper = upper;
        }

        /** Returns the bin's lower end, exclusive except for 0. */
        public double from() {
            return from;
        }

        /** Returns the bin's upper end, inclusive. */
        public double to() {
            return to;
        }

        /** Returns the number of answers in the bin, at least one. */
        public int answers() {
            return answers;
        }

        /** Returns the number of their subjects. */
        public int subjects() {
            return subjects;
        }

        /** Returns the mean predicted probability. */
        public double meanProbability() {
            return meanProbability;
        }

        /** Returns the share of patients among them. */
        public double patients() {
            return patients;
        }

        /**
         * Returns the lower end of the 95 % confidence interval of that share, by bootstrap over subjects as in {@link
         * Curve}; NaN if undefined.
         */
        public double lower() {
            return lower;
        }

        /** Returns the upper end of that interval. */
        public double upper() {
            return upper;
        }

        /**
         * Returns the bins that contain answers, in ascending order.
         *
         * @param evaluation the answers
         * @param replicates number of bootstrap replicates, at least 100; 2000 is usual
         * @param seed seed of the draws
         */
        public static List<CalibrationBin> of(Evaluation evaluation, int replicates, long seed) {
            Curve.requireReplicates(replicates);
            List<RecordingScore> scores = evaluation.scores();
            SubjectBootstrap bootstrap = new SubjectBootstrap(scores, seed);
            ScoreTable table = new ScoreTable(scores, bootstrap.numbers(scores));
            double[][] drawn = new double[ScoreTable.BINS][replicates];
            for (int r = 0; r < replicates; r++) {
                ScoreTable.BinSums[] sums = table.bins(bootstrap.weights(r));
                for (int b = 0; b < sums.length; b++) {
                    drawn[b][r] = sums[b].patients / sums[b].answers;
                }
            }
            ScoreTable.BinSums[] sums = table.bins(bootstrap.everyone());
            double tail = bootstrap.widened(TAIL);
            boolean few = Curve.isFew(evaluation);
            List<CalibrationBin> bins = new ArrayList<>();
            for (int b = 0; b < sums.length; b++) {
                if (sums[b].answers == 0) {
                    continue;
                }
                int bin = b;
                int subjects = (int) scores.stream().filter(score -> ScoreTable.bin(score.probability()) == bin)
                        .map(RecordingScore::subject).distinct().count();
                double[] interval = Curve.interval(sums[b].patients / sums[b].answers, drawn[b], tail, subjects, few);
                bins.add(new CalibrationBin(
                        b / (double) sums.length, (b + 1) / (double) sums.length, (int) sums[b].answers, subjects,
                        sums[b].probability / sums[b].answers, sums[b].patients / sums[b].answers, interval[0], interval[1]));
            }
            return List.copyOf(bins);
        }

        private List<Object> values() {
            return List.of(from, to, answers, subjects, meanProbability, patients, lower, upper);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof CalibrationBin that && values().equals(that.values());
        }

        @Override
        public int hashCode() {
            return values().hashCode();
        }

        @Override
        public String toString() {
            return "CalibrationBin" + values();
        }
    }
}
