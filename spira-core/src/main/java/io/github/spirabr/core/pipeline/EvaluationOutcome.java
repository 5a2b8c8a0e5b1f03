package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.internal.Table;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The outcome of the evaluation on held-out recordings.
 *
 * @param decision chosen on validation answers
 * @param test the decided answers
 * @param metrics metrics of these answers
 * @param protocols the answers under each evaluation protocol
 * @param probes the results of the probes
 * @param effects the effects of the features of a network on one frame; empty for others
 */
record EvaluationOutcome(
        DecisionRule decision,
        Evaluation test,
        TestMetrics metrics,
        List<ProtocolEvaluation> protocols,
        List<ProbeResult> probes,
        List<FeatureEffect> effects) {

    private static final String DECISION = "decision.tsv";
    private static final String TEST = "test.tsv";
    private static final String BY_RECORDING = "figures.recording.tsv";
    private static final String BY_SUBJECT = "figures.subject.tsv";
    private static final String BY_SESSION = "figures.session.tsv";
    private static final String DECIDED = "figures.decided.tsv";
    private static final String GROUPS = "figures.group.tsv";
    private static final String PROTOCOLS = "protocols.tsv";
    private static final String PROTOCOL = "protocol.";
    private static final String PROBES = "probes.tsv";
    private static final String EFFECTS = "features.tsv";
    private static final String ROWS = ".tsv";

    /** Returns this outcome with the result of one more probe. */
    EvaluationOutcome with(ProbeResult probe) {
        return new EvaluationOutcome(
                decision, test, metrics, protocols, Stream.concat(probes.stream(), Stream.of(probe)).toList(), effects);
    }

    Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>();
        files.put(DECISION, Table.write(List.of(DoubleStream.of(
                        decision.calibration().temperature(), decision.threshold(), decision.lower(), decision.upper())
                .mapToObj(Double::toString).toList())));
        files.put(TEST, EvaluationRows.scores(test));
        files.put(BY_RECORDING, EvaluationRows.estimates(metrics.byRecording()));
        files.put(BY_SUBJECT, EvaluationRows.estimates(metrics.bySubject()));
        if (!metrics.bySession().isEmpty()) {
            files.put(BY_SESSION, EvaluationRows.estimates(metrics.bySession()));
        }
        files.put(DECIDED, EvaluationRows.estimates(metrics.decided()));
        files.put(GROUPS, EvaluationRows.groups(metrics.groups()));
        files.put(PROTOCOLS, Table.write(
                protocols.stream().map(one -> List.of(one.protocol(), one.disclosure())).toList()));
        for (int i = 0; i < protocols.size(); i++) {
            files.put(PROTOCOL + i + ROWS, EvaluationRows.scores(protocols.get(i).test()));
        }
        files.put(PROBES, EvaluationRows.probes(probes));
        if (!effects.isEmpty()) {
            files.put(EFFECTS, EvaluationRows.effects(effects));
        }
        return files;
    }

    /**
     * Reads an outcome.
     *
     * @param aggregation aggregation of the decision, which is part of the stage's identity
     */
    static EvaluationOutcome read(ModelArtifact artifact, Aggregation aggregation) {
        List<Double> rule = Table.readRow(
                DECISION, artifact.file(DECISION), row -> row.stream().map(Double::valueOf).toList());
        DecisionRule decision = new DecisionRule(
                aggregation, new TemperatureScaling(rule.get(0)), rule.get(1), rule.get(2), rule.get(3));
        List<ProtocolEvaluation> protocols = new ArrayList<>();
        for (List<String> row : Table.read(PROTOCOLS, artifact.file(PROTOCOLS), Function.identity())) {
            String file = PROTOCOL + protocols.size() + ROWS;
            protocols.add(new ProtocolEvaluation(
                    row.get(0), row.get(1), EvaluationRows.evaluation(artifact, file, decision.threshold())));
        }
        TestMetrics metrics = new TestMetrics(
                EvaluationRows.estimates(artifact, BY_RECORDING),
                EvaluationRows.estimates(artifact, BY_SUBJECT),
                artifact.has(BY_SESSION) ? EvaluationRows.estimates(artifact, BY_SESSION) : MetricEstimates.none(),
                EvaluationRows.estimates(artifact, DECIDED),
                EvaluationRows.groups(artifact, GROUPS));
        return new EvaluationOutcome(
                decision,
                EvaluationRows.evaluation(artifact, TEST, decision.threshold()),
                metrics,
                protocols,
                EvaluationRows.probes(artifact, PROBES),
                artifact.has(EFFECTS) ? EvaluationRows.effects(artifact, EFFECTS) : List.of());
    }
}
