package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.internal.MissingValue;
import io.github.spirabr.core.internal.adapter.LogisticRegression;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The late fusion of several models, one for each task. Within a session and a task the log odds of the recordings are averaged;
 * the rule makes one answer of those of the tasks; a subject's answer is the mean of the log odds of its sessions.
 */
final class TaskFusion {

    /** Keeps the log odds finite. */
    private static final double LEAST = 1e-9;

    /** One session and class of a subject. */
    private record Key(String subject, String session, Label label) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::subject).thenComparing(Key::session).thenComparing(Key::label);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private TaskFusion() {}

    /**
     * Fuses the answers to the test set.
     *
     * @param point the choice of the threshold of the fused answers, made on the validation set
     */
    static TaskFindings of(
            List<String> tasks, TaskTraining.Fusion fusion, List<TrainingRun> runs, Optional<SplitCertificate> certificate,
            OperatingPoint point) {
        List<Evaluation> validated = runs.stream().map(TrainingRun::validation).toList();
        List<Evaluation> tested = runs.stream().map(TrainingRun::test).toList();
        List<Recording> validating = runs.stream().flatMap(run -> run.split().validation().recordings().stream()).toList();
        List<Recording> testing = runs.stream().flatMap(run -> run.split().test().recordings().stream()).toList();
        SortedMap<Key, double[]> validation = logOdds(validated, validating);
        ToDoubleFunction<double[]> rule = rule(fusion, validation);
        double threshold = point.threshold(bySession(validation, rule, Evaluator.DEFAULT_THRESHOLD));
        SortedMap<Key, double[]> test = logOdds(tested, testing);
        long seed = TestMetrics.seed(new RandomStreams(runs.get(0).seed()));
        Optional<Evaluation> sessions = Sessions.areKnown(testing)
                ? Optional.of(withMetrics(bySession(test, rule, threshold), seed)) : Optional.empty();
        return new TaskFindings(tasks, fusion, runs, certificate, sessions, withMetrics(bySubject(test, rule, threshold), seed));
    }

    private static Evaluation withMetrics(Evaluation answers, long seed) {
        return answers.withMetrics(MetricEstimates.of(answers, TestMetrics.REPLICATES, seed));
    }

    /** Returns the log odds of each task for each session; NaN for a task that a session lacks. */
    private static SortedMap<Key, double[]> logOdds(List<Evaluation> answers, List<Recording> recordings) {
        Map<String, String> sessions = Sessions.byRecording(recordings);
        SortedMap<Key, double[]> sums = new TreeMap<>();
        SortedMap<Key, int[]> counts = new TreeMap<>();
        for (int task = 0; task < answers.size(); task++) {
            for (RecordingScore one : answers.get(task).scores()) {
                Key key = new Key(one.subject(), sessions.getOrDefault(one.recording(), MissingValue.SIGN), one.label());
                sums.computeIfAbsent(key, any -> new double[answers.size()])[task] += logOdds(one.probability());
                counts.computeIfAbsent(key, any -> new int[answers.size()])[task]++;
            }
        }
        sums.forEach((key, sum) -> Arrays.setAll(sum, task -> sum[task] / counts.get(key)[task]));
        return sums;
    }

    private static double logOdds(double probability) {
        double inside = Math.min(1 - LEAST, Math.max(LEAST, probability));
        return Math.log(inside / (1 - inside));
    }

    private static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    /** Returns the fused log odds of those of the tasks. */
    private static ToDoubleFunction<double[]> rule(TaskTraining.Fusion fusion, SortedMap<Key, double[]> validation) {
        if (fusion == TaskTraining.Fusion.MEAN_LOG_ODDS) {
            return TaskFusion::mean;
        }
        List<double[]> rows = new ArrayList<>();
        boolean[] positive = new boolean[validation.size()];
        validation.forEach((key, tasks) -> {
            positive[rows.size()] = key.label == Label.PATIENT;
            rows.add(filled(tasks));
        });
        LogisticRegression fitted = LogisticRegression.fit(rows, positive);
        return tasks -> fitted.logit(filled(tasks));
    }

    /** Returns the mean of the tasks that there are, at least one. */
    private static double mean(double[] tasks) {
        return Arrays.stream(tasks).filter(one -> !Double.isNaN(one)).average().orElseThrow();
    }

    private static double[] filled(double[] tasks) {
        double mean = mean(tasks);
        return Arrays.stream(tasks).map(one -> Double.isNaN(one) ? mean : one).toArray();
    }

    private static Evaluation bySession(SortedMap<Key, double[]> tasks, ToDoubleFunction<double[]> rule, double threshold) {
        List<RecordingScore> scores = new ArrayList<>();
        tasks.forEach((key, logOdds) -> scores.add(new RecordingScore(key.subject + " " + key.session, key.subject, key.label,
                probability(rule.applyAsDouble(logOdds)), List.of())));
        return Evaluation.of(scores, threshold);
    }

    private static Evaluation bySubject(SortedMap<Key, double[]> tasks, ToDoubleFunction<double[]> rule, double threshold) {
        SortedMap<Key, List<Double>> sessions = new TreeMap<>();
        tasks.forEach((key, logOdds) -> sessions.computeIfAbsent(new Key(key.subject, "", key.label), any -> new ArrayList<>())
                .add(rule.applyAsDouble(logOdds)));
        List<RecordingScore> scores = new ArrayList<>();
        sessions.forEach((key, its) -> scores.add(new RecordingScore(key.subject, key.subject, key.label,
                probability(its.stream().mapToDouble(Double::doubleValue).average().orElseThrow()), List.of())));
        return Evaluation.of(scores, threshold);
    }
}
