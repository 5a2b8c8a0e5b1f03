package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.internal.Table;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of a training.
 *
 * @param network the state of the best epoch's network
 * @param epochs the summary of each epoch
 * @param bestEpoch counted from 1
 * @param validation its own answers on the validation set
 */
record TrainingOutcome(
        Map<String, byte[]> network, List<EpochSummary> epochs, int bestEpoch, Evaluation validation) {

    private static final String NETWORK = "network.";
    private static final String EPOCHS = "epochs.tsv";
    private static final String BEST = "best.tsv";
    private static final String VALIDATION = "validation.tsv";

    Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>();
        network.forEach((name, content) -> files.put(NETWORK + name, content));
        files.put(EPOCHS, Table.write(epochs.stream()
                .map(one -> List.of(
                        Integer.toString(one.epoch()),
                        Double.toString(one.trainingLoss()),
                        Double.toString(one.validationLoss()),
                        Double.toString(one.validationAccuracy())))
                .toList()));
        files.put(BEST, Table.write(List.of(List.of(Integer.toString(bestEpoch)))));
        files.put(VALIDATION, EvaluationRows.scores(validation));
        return files;
    }

    static TrainingOutcome read(ModelArtifact artifact) {
        Map<String, byte[]> network = new HashMap<>();
        artifact.fileNames().stream().filter(name -> name.startsWith(NETWORK)).forEach(
                name -> network.put(name.substring(NETWORK.length()), artifact.file(name)));
        List<EpochSummary> epochs = Table.read(EPOCHS, artifact.file(EPOCHS), row -> new EpochSummary(
                Integer.parseInt(row.get(0)),
                Double.parseDouble(row.get(1)),
                Double.parseDouble(row.get(2)),
                Double.parseDouble(row.get(3))));
        return new TrainingOutcome(
                network,
                epochs,
                Table.readRow(BEST, artifact.file(BEST), row -> Integer.valueOf(row.get(0))),
                EvaluationRows.evaluation(artifact, VALIDATION, Evaluator.DEFAULT_THRESHOLD));
    }
}
