package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.UntrainedModel;
import java.util.Optional;

/** The second stage: trains, and evaluates the best epoch's network on the validation set. Used by one thread. */
final class TrainStage {

    private final RunContext run;
    private final PipelineParts parts;
    private Optional<CheckpointStore> checkpoints = Optional.empty();

    TrainStage(RunContext run) {
        this.run = run;
        this.parts = run.parts();
    }

    /** Returns the outcome of an earlier run, or trains now. */
    TrainingOutcome trained(PreparedRun prepared) {
        String identity = parts.workStore() == null && parts.checkpoints() == null ? "" : identity(prepared);
        checkpoints = checkpoints(identity);
        boolean[] learned = {false};
        TrainingOutcome training =
                run.outcomes().of(Stage.TRAIN, identity, artifact -> Optional.of(TrainingOutcome.read(artifact)), () -> {
                    learned[0] = true;
                    TrainingContext context = TrainingContext.of(run.random(), run.listener())
                            .withAggregation(parts.aggregation()).withParallelism(parts.threads());
                    return learn(prepared,
                            checkpoints.map(store -> context.withCheckpoints(store, identity)).orElse(context));
                }, TrainingOutcome::files);
        if (learned[0] && parts.workStore() != null) {
            clearCheckpoints();
        }
        return training;
    }

    /** Removes the checkpoints of this training, if it has any. */
    void clearCheckpoints() {
        checkpoints.ifPresent(CheckpointStore::clear);
    }

    /** Names all that the network depends on. */
    String identity(PreparedRun prepared) {
        return run.identities().train(
                prepared.preprocessing(), prepared.preprocessing().inputShape(parts.reader().sampleRate()), prepared.usable());
    }

    private Optional<CheckpointStore> checkpoints(String identity) {
        if (parts.checkpoints() != null) {
            return Optional.of(parts.checkpoints().ofRun(identity));
        }
        if (parts.workStore() == null) {
            return Optional.empty();
        }
        return Optional.of(parts.workStore().checkpoints(identity));
    }

    @SuppressWarnings("try") // the share of the heap is given back, and needs no more
    private TrainingOutcome learn(PreparedRun prepared, TrainingContext context) {
        UntrainedModel untrained = parts.untrained(prepared.preprocessing());
        long bytes = parts.trainer().heapBytes(untrained);
        TrainingHeap.SHARED.require(bytes, untrained);
        EvaluationData validation = prepared.features().evaluation(prepared.usable().validation().recordings());
        try (TrainingHeap.Share heap = TrainingHeap.SHARED.take(bytes)) {
            ModelTrainer.Result result = parts.trainer().train(
                    untrained, prepared.features().training(prepared.usable().training()), validation, context);
            try (TrainedModel model = result.model()) {
                Evaluation answers = Evaluator.evaluate(model, validation, Evaluator.DEFAULT_THRESHOLD);
                return new TrainingOutcome(model.state(), result.epochs(), result.bestEpoch(), answers);
            }
        }
    }
}
