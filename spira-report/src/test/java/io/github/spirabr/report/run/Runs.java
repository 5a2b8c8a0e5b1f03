package io.github.spirabr.report.run;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audit.Leak;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.pipeline.ProtocolEvaluation;
import io.github.spirabr.core.pipeline.RejectedRecording;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Findings of runs that never were, drawn from a seed. */
final class Runs {

    /** A name as nobody should give it. */
    static final String EVIL = "<script>alert('x')</script>\"\u0007&|`*";

    /** The warning that a training adds where no probe is asked. */
    static final ProbeResult TRAINING_NOISE =
            new ProbeResult("training-noise", "?", ProbeResult.Verdict.WARNING, "Noise is silent.", List.of());

    int subjects = 40;
    int recordingsEach = 3;
    int windowsEach = 4;
    int epochs = 12;
    long seed = 7;
    UnaryOperator<String> naming = name -> name;
    TemperatureScaling calibration = TemperatureScaling.NONE;
    Abstention abstention = Abstention.NONE;
    List<ProbeResult> probes = List.of();
    boolean perfect;
    boolean subjectsKnown = true;
    boolean audited;
    List<String> tooQuiet = List.of();
    List<Leak> sharedNoises = List.of();

    private SplitCertificate certificate(DatasetSplit split) {
        return SplitCertificate.of(split, "subjects", seed,
                SplitAudit.Result.builder("prints", subjects * recordingsEach)
                        .trainingNoises(3)
                        .evaluationNoises(2)
                        .tooQuiet(tooQuiet)
                        .sharedNoises(sharedNoises)
                        .build(), Optional.empty());
    }

    private DatasetSplit split() {
        List<Recording> recordings = new ArrayList<>();
        for (int s = 0; s < subjects; s++) {
            Label label = s % 2 == 0 ? Label.CONTROL : Label.PATIENT;
            for (int r = 0; r < recordingsEach; r++) {
                String id = naming.apply("audio/s" + s + "-" + r + ".wav");
                Map<String, String> metadata = Map.of(
                        "sex", s % 3 == 0 ? "F" : "M", "idade", Integer.toString(20 + s * 7 % 60), "hospital",
                        naming.apply(s < 4 ? "A" : "B"));
                recordings.add(new Recording(id, subjectsKnown ? naming.apply("s" + s) : id, label, metadata,
                        AudioSource.ofBytes(id, new byte[0])));
            }
        }
        return Dataset.of("drawn", recordings).split(SubjectSplit.of(0.4, 0.2, 0.4), seed);
    }

    private Evaluation answers(List<Recording> recordings, long stream) {
        Random random = new Random(stream);
        List<RecordingScore> scores = new ArrayList<>();
        for (Recording recording : recordings) {
            double level = recording.label() == Label.PATIENT ? 0.9 : -0.9;
            List<Double> windows = IntStream.range(0, windowsEach)
                    .mapToObj(any -> 1 / (1 + Math.exp(-(perfect ? 4 * level : level + 1.2 * random.nextGaussian()))))
                    .toList();
            double mean = windows.stream().mapToDouble(one -> one).average().orElseThrow();
            scores.add(new RecordingScore(recording.id(), recording.subject(), recording.label(), mean, windows));
        }
        return Evaluation.of(scores, 0.5);
    }

    private List<EpochSummary> epochs() {
        return IntStream.rangeClosed(1, epochs)
                .mapToObj(e -> new EpochSummary(e, 0.7 / Math.sqrt(e), 0.65 / Math.sqrt(e) + 0.01 * e, 1 - 0.4 / e))
                .toList();
    }

    TrainingRun findings() {
        DatasetSplit split = split();
        OperatingPoint point = OperatingPoint.youden();
        Evaluation onValidation = answers(split.validation().recordings(), seed);
        DecisionRule chosen = DecisionRule.choose(onValidation, DecisionRule.STANDARD.aggregation(), false, point, abstention);
        DecisionRule decision = new DecisionRule(
                chosen.aggregation(), calibration, chosen.threshold(), chosen.lower(), chosen.upper());
        Evaluation test = decision.apply(answers(split.test().recordings(), seed + 1));
        SortedMap<String, String> settings = new TreeMap<>(Map.of(
                "preprocessing.window.type", "sliding-window", "preprocessing.window.length", "4.0",
                "preprocessing.window.step", "1.0", "preprocessing.extract.type", "mfcc", "model.type", "spiraconv-v2",
                "trainer.comment", naming.apply("none")));
        Recording first = split.training().recordings().get(0);
        return TrainingRun.builder()
                .modelName("drawn").identity("0123abcd".repeat(8)).dataFingerprint("fedc9876".repeat(8)).library("1.2.3")
                .seed(seed).settings(settings).split(split)
                .certificate(audited ? Optional.of(certificate(split)) : Optional.empty())
                .rejected(List.of(new RejectedRecording(
                        new Recording(naming.apply("audio/broken.wav"), naming.apply("s99"), Label.PATIENT, Map.of(),
                                first.audio()),
                        AudioException.Reason.NO_AUDIO_STREAM, "a detail with a path")))
                .epochs(epochs()).bestEpoch(Math.max(1, epochs / 2)).operatingPoint(point).abstention(abstention)
                .decision(decision).validation(decision.apply(onValidation)).test(test)
                .metrics(MetricEstimates.of(test, 200, seed)).subjectMetrics(MetricEstimates.of(test.bySubject(), 200, seed))
                .decidedMetrics(decision.abstains()
                        ? decision.decided(test).map(one -> MetricEstimates.of(one, 200, seed)).orElse(MetricEstimates.none())
                        : MetricEstimates.none())
                .groups(GroupMetrics.of(test, split.test().recordings(), 200, seed))
                .protocols(List.of(new ProtocolEvaluation("evaluation-noise", naming.apply("With hospital noise at 3 dB."),
                        decision.apply(answers(split.test().recordings(), seed + 2)))))
                .probes(probes)
                .build();
    }

    static List<ProbeResult> someProbes(UnaryOperator<String> naming) {
        return List.of(
                new ProbeResult("noise-only", naming.apply("Does the class show where nobody speaks?"),
                        ProbeResult.Verdict.FAILED, naming.apply("It does: AUROC 0.93 on the quietest parts."),
                        List.of(new ProbeResult.Measurement(
                                naming.apply("AUROC of the quietest parts"), 0.93, 0.85, 0.98, 48, 16),
                                new ProbeResult.Measurement("sensitivity", Double.NaN, Double.NaN, Double.NaN, 0, 0))),
                new ProbeResult("level", "Does the level change the answer?", ProbeResult.Verdict.PASSED, "It does not.",
                        List.of()),
                new ProbeResult("codec", "Does re-encoding change the answer?", ProbeResult.Verdict.WARNING, "It does a bit.",
                        List.of()),
                new ProbeResult("permutation", "Is it at chance with shuffled labels?", ProbeResult.Verdict.INCONCLUSIVE,
                        "There are too few subjects to tell.", List.of()));
    }
}
