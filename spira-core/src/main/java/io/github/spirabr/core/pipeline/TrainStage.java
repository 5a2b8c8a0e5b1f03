package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import java.util.Optional;

/** The second stage: trains, and has the best epoch's network answer the validation side. Used by one thread. */
final class TrainStage {

    private final RunContext run;
    private final PipelineParts parts;

    TrainStage(RunContext run) {
        this.run = run;
        this.parts = run.parts();
    }

    /** What an earlier run left of it, or what it gives now. */
    TrainingOutcome trained(PreparedRun prepared) {
        String identity = parts.workStore() == null && parts.checkpoints() == null ? "" : identity(prepared);
        Optional<CheckpointStore> checkpoints = checkpoints(identity);
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
            checkpoints.ifPresent(CheckpointStore::clear);
        }
        return training;
    }

    /** Names all that the network depends on. */
    String identity(PreparedRun prepared) {
        return run.identities().train(
                prepared.preprocessing(), prepared.preprocessing().inputShape(parts.reader().sampleRate()), prepared.usable());
    }

    private Optional<CheckpointStore> checkpoints(String identity) {
        if (parts.checkpoints() != null || parts.workStore() == null) {
            return Optional.ofNullable(parts.checkpoints());
        }
        return Optional.of(parts.workStore().checkpoints(identity));
    }

    private TrainingOutcome learn(PreparedRun prepared, TrainingContext context) {
        EvaluationData validation = prepared.features().evaluation(prepared.usable().validation());
        ModelTrainer.Result result = parts.trainer().train(parts.untrained(prepared.preprocessing()),
                prepared.features().training(prepared.usable().training()), validation, context);
        try (TrainedModel model = result.model()) {
            Evaluation answers = Evaluator.evaluate(model, validation, Evaluator.DEFAULT_THRESHOLD);
            return new TrainingOutcome(model.state(), result.epochs(), result.bestEpoch(), answers);
        }
    }
}
