package io.github.spirabr.report.run;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.ClinicalMetrics;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.GroupGap;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The conclusions from the findings, computed once for the page, the JSON report and the model card. A pure function of the
 * findings.
 *
 * @param classes the names of the classes
 * @param sides recordings of each set
 * @param shared subjects in more than one set, each with these sets; empty for a split by subject
 * @param subjectsUnknown whether every recording counts as a subject of its own, under its own name
 * @param byRecording recording-level answers of the test set
 * @param bySubject subject-level answers of the test set
 * @param bySession calibration and clinical use of session-level answers; empty if no recording tells its session
 * @param gaps differences between groups
 * @param mistakes misclassified recordings, the most wrong one first
 */
record Analysis(
        TrainingRun findings,
        Classes classes,
        Map<Side, List<Recording>> sides,
        SortedMap<String, String> shared,
        boolean subjectsUnknown,
        Answers byRecording,
        Answers bySubject,
        Optional<ClinicalMetrics> bySession,
        List<GroupGap> gaps,
        List<RecordingScore> mistakes) {

    static Analysis of(TrainingRun findings) {
        long seed = new RandomStreams(findings.seed()).stream("report").nextLong();
        Map<Side, List<Recording>> sides = new EnumMap<>(Side.class);
        sides.put(Side.TRAINING, findings.split().training().recordings());
        sides.put(Side.VALIDATION, findings.split().validation().recordings());
        sides.put(Side.TEST, findings.split().test().recordings());
        Classes classes = new Classes(findings.target());
        return new Analysis(
                findings, classes, sides, shared(sides),
                findings.certificate().map(SplitCertificate::subjectsUnknown).orElseGet(() -> subjectsUnknown(sides)),
                Answers.of("recording", classes, findings.test(), findings.metrics(), seed),
                Answers.of("subject", classes, findings.test().bySubject(), findings.subjectMetrics(), seed),
                findings.sessions().map(sessions ->
                        ClinicalMetrics.of(sessions, ClinicalMetrics.PREVALENCES, Answers.REPLICATES, seed)),
                GroupGap.of(findings.test(), findings.split().test().recordings(), Answers.REPLICATES, seed),
                mistakes(findings.test()));
    }

    private static SortedMap<String, String> shared(Map<Side, List<Recording>> sides) {
        SortedMap<String, TreeSet<Side>> sidesOf = new TreeMap<>();
        sides.forEach((side, recordings) -> recordings.forEach(one ->
                sidesOf.computeIfAbsent(one.subject(), any -> new TreeSet<>()).add(side)));
        SortedMap<String, String> shared = new TreeMap<>();
        sidesOf.forEach((subject, on) -> {
            if (on.size() > 1) {
                shared.put(subject, String.join(" and ", on.stream().map(Figures::key).toList()));
            }
        });
        return shared;
    }

    private static boolean subjectsUnknown(Map<Side, List<Recording>> sides) {
        return recordings(sides).allMatch(one -> one.subject().equals(one.id()));
    }

    private static Stream<Recording> recordings(Map<Side, List<Recording>> sides) {
        return sides.values().stream().flatMap(List::stream);
    }

    /** Returns the distance of an answer from the truth, from 0 to 1. */
    static double error(RecordingScore score) {
        return Math.abs(score.label().code() - score.probability());
    }

    static boolean isWrong(RecordingScore score, double threshold) {
        return score.probability() >= threshold != (score.label() == Label.PATIENT);
    }

    private static List<RecordingScore> mistakes(Evaluation test) {
        return test.scores().stream()
                .filter(score -> isWrong(score, test.threshold()))
                .sorted(Comparator.comparingDouble(Analysis::error).reversed().thenComparing(RecordingScore::recording))
                .toList();
    }

    /**
     * The number of misclassified recordings of a subject.
     *
     * @param subject the subject's name
     * @param wrong number of misclassified recordings, at least 1
     * @param answers number of recordings of the subject in the test set
     */
    record Mistaken(String subject, long wrong, long answers) {}

    /** Returns the subjects with misclassified recordings, those with the most misclassified ones first. */
    List<Mistaken> mistaken() {
        Map<String, Long> answers = findings.test().scores().stream()
                .collect(Collectors.groupingBy(RecordingScore::subject, Collectors.counting()));
        Map<String, Long> wrong = mistakes.stream()
                .collect(Collectors.groupingBy(RecordingScore::subject, Collectors.counting()));
        return wrong.entrySet().stream()
                .map(one -> new Mistaken(one.getKey(), one.getValue(), answers.get(one.getKey())))
                .sorted(Comparator.comparingLong(Mistaken::wrong).reversed().thenComparing(Mistaken::subject))
                .toList();
    }

    /** Counts the subjects of the smaller class of the test set. */
    long subjectsOfTheSmallerClass() {
        return Stream.of(Label.values())
                .mapToLong(label -> findings.test().scores().stream()
                        .filter(score -> score.label() == label).map(RecordingScore::subject).distinct().count())
                .min()
                .orElseThrow();
    }

    /** Returns whether each test subject has one recording, so that subject-level metrics equal those of recordings. */
    boolean oneRecordingEach() {
        return bySubject.evaluation().scores().size() == byRecording.evaluation().scores().size();
    }

    boolean imprecise() {
        return findings.metrics().imprecise();
    }

    /** Returns the length and the step of the windows, in seconds; empty if the step is not constant. */
    Optional<WindowTimes> windowTimes() {
        return WindowTimes.of(findings.settings());
    }
}
