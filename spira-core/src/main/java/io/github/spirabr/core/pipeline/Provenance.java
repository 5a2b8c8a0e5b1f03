package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.artifact.StoredProvenance;
import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The provenance of a model as text; contains no time, path or machine, so that equal runs give equal bytes. */
final class Provenance {

    private Provenance() {}

    /**
     * Returns the provenance as text.
     *
     * @param settings settings of the parts that training alone uses
     * @param machineTolerance difference of probabilities between machines, 0 if the network is exact on all
     */
    static SortedMap<String, String> describe(
            TrainingRun findings, SortedMap<String, String> settings, double machineTolerance) {
        SortedMap<String, String> text = new TreeMap<>(settings);
        if (machineTolerance > 0) {
            text.put(StoredProvenance.MACHINE_TOLERANCE, Double.toString(machineTolerance));
        }
        text.put(StoredProvenance.IDENTITY, findings.identity());
        text.put(StoredProvenance.DATA, findings.dataFingerprint());
        text.put("library", findings.library());
        text.put("seed", Long.toString(findings.seed()));
        var split = findings.split();
        put(text, "training", split.training().recordings(), split.training().subjects());
        put(text, "validation", split.validation().recordings(), split.validation().subjects());
        put(text, "test", split.test().recordings(), split.test().subjects());
        if (!findings.ambient().isEmpty()) {
            text.put("ambient.recordings", Integer.toString(findings.ambient().size()));
        }
        for (RejectedRecording one : findings.rejected()) {
            text.put("rejected." + one.recording().id(), one.reason().name());
        }
        text.put("epochs", Integer.toString(findings.epochs().size()));
        text.put("bestEpoch", Integer.toString(findings.bestEpoch()));
        text.put("operatingPoint", findings.operatingPoint().toString());
        text.put("abstention", findings.abstention().toString());
        text.put("test.coverage", Double.toString(findings.coverage()));
        put(text, "validation", findings.validation());
        put(text, "test", findings.test());
        new TestMetrics(findings.metrics(), findings.subjectMetrics(), findings.sessionMetrics(), findings.decidedMetrics(),
                findings.groups()).describe(text);
        for (int i = 0; i < findings.protocols().size(); i++) {
            text.put("protocol." + i + ".disclosure", findings.protocols().get(i).disclosure());
            put(text, "protocol." + i + ".test", findings.protocols().get(i).test());
        }
        text.put("probes", findings.probeSummary().toString());
        findings.probes().forEach(probe -> put(text, probe));
        return text;
    }

    private static void put(SortedMap<String, String> text, ProbeResult probe) {
        String path = "probe." + probe.name();
        text.put(path, probe.verdict().name());
        text.put(path + ".finding", probe.finding());
        for (ProbeResult.Measurement figure : probe.measurements()) {
            String name = path + ".figure." + figure.name();
            text.put(name, Double.toString(figure.value()));
            text.put(name + ".lower", Double.toString(figure.lower()));
            text.put(name + ".upper", Double.toString(figure.upper()));
            text.put(name + ".answers", Integer.toString(figure.recordings()));
            text.put(name + ".subjects", Integer.toString(figure.subjects()));
        }
    }

    private static void put(
            SortedMap<String, String> text, String side, List<Recording> recordings, SortedSet<String> subjects) {
        text.put(side + ".recordings", Integer.toString(recordings.size()));
        text.put(side + ".subjects", String.join(",", subjects));
    }

    private static void put(SortedMap<String, String> text, String side, Evaluation evaluation) {
        ConfusionMatrix matrix = evaluation.confusionMatrix();
        text.put(side + ".truePositives", Integer.toString(matrix.truePositives()));
        text.put(side + ".falseNegatives", Integer.toString(matrix.falseNegatives()));
        text.put(side + ".falsePositives", Integer.toString(matrix.falsePositives()));
        text.put(side + ".trueNegatives", Integer.toString(matrix.trueNegatives()));
        text.put(side + ".accuracy", Double.toString(matrix.accuracy()));
        text.put(side + ".sensitivity", Double.toString(matrix.sensitivity()));
        text.put(side + ".specificity", Double.toString(matrix.specificity()));
        text.put(side + ".logLoss", Double.toString(evaluation.logLoss()));
    }
}
