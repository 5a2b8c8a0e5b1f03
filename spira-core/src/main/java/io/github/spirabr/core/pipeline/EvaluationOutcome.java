package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.ProbeResult;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the held-out recordings showed.
 *
 * @param decision chosen on validation answers
 * @param test the decided answers
 * @param byRecording the figures of these answers
 * @param bySubject the same, one answer for each subject
 * @param protocols the answers under each evaluation protocol
 * @param probes what looks behind the figures have found
 */
record EvaluationOutcome(
        DecisionRule decision,
        Evaluation test,
        List<MetricEstimate> byRecording,
        List<MetricEstimate> bySubject,
        List<ProtocolEvaluation> protocols,
        List<ProbeResult> probes) {

    private static final String DECISION = "decision.tsv";
    private static final String TEST = "test.tsv";
    private static final String BY_RECORDING = "figures.recording.tsv";
    private static final String BY_SUBJECT = "figures.subject.tsv";
    private static final String PROTOCOLS = "protocols.tsv";
    private static final String PROTOCOL = "protocol.";
    private static final String PROBES = "probes.tsv";
    private static final String ROWS = ".tsv";

    Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>();
        files.put(DECISION, Rows.write(List.of(List.of(
                Double.toString(decision.calibration().temperature()), Double.toString(decision.threshold())))));
        files.put(TEST, EvaluationRows.scores(test));
        files.put(BY_RECORDING, EvaluationRows.estimates(byRecording));
        files.put(BY_SUBJECT, EvaluationRows.estimates(bySubject));
        files.put(PROTOCOLS, Rows.write(
                protocols.stream().map(one -> List.of(one.protocol(), one.disclosure())).toList()));
        for (int i = 0; i < protocols.size(); i++) {
            files.put(PROTOCOL + i + ROWS, EvaluationRows.scores(protocols.get(i).test()));
        }
        files.put(PROBES, EvaluationRows.probes(probes));
        return files;
    }

    static EvaluationOutcome read(ModelArtifact artifact) {
        List<String> rule = Rows.read(artifact.file(DECISION)).get(0);
        DecisionRule decision = new DecisionRule(
                new TemperatureScaling(Double.parseDouble(rule.get(0))), Double.parseDouble(rule.get(1)));
        List<ProtocolEvaluation> protocols = new ArrayList<>();
        for (List<String> row : Rows.read(artifact.file(PROTOCOLS))) {
            byte[] scores = artifact.file(PROTOCOL + protocols.size() + ROWS);
            protocols.add(new ProtocolEvaluation(
                    row.get(0), row.get(1), EvaluationRows.evaluation(scores, decision.threshold())));
        }
        return new EvaluationOutcome(
                decision,
                EvaluationRows.evaluation(artifact.file(TEST), decision.threshold()),
                EvaluationRows.estimates(artifact.file(BY_RECORDING)),
                EvaluationRows.estimates(artifact.file(BY_SUBJECT)),
                protocols,
                EvaluationRows.probes(artifact.file(PROBES)));
    }
}
