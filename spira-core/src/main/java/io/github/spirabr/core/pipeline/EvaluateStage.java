package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.internal.MemoryBudget;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The third stage: evaluates the network on the held-out recordings, unchanged and under protocols and probes. Used by
 * one thread.
 */
final class EvaluateStage {

    private static final String BASELINE = "baseline.tsv";

    private final RunContext run;
    private final PipelineParts parts;

    EvaluateStage(RunContext run) {
        this.run = run;
        this.parts = run.parts();
    }

    /**
     * Returns the outcome of an earlier run, or evaluates now.
     *
     * @param network identity of the network; unused without a work store
     */
    EvaluationOutcome evaluated(PreparedRun prepared, TrainingOutcome training, String network) {
        String identity = parts.workStore() == null ? "" : run.identities().evaluate(network, prepared.usable());
        EvaluationOutcome outcome = run.outcomes().of(Stage.EVALUATE, identity,
                artifact -> Optional.of(EvaluationOutcome.read(artifact, parts.aggregation())),
                () -> ask(prepared, training), EvaluationOutcome::files);
        return Baseline.of(parts)
                .map(baseline -> outcome.with(compared(baseline, prepared, outcome, identity))).orElse(outcome);
    }

    private ProbeResult compared(Baseline baseline, PreparedRun prepared, EvaluationOutcome outcome, String evaluation) {
        return run.outcomes().part(Stage.EVALUATE, ProbeResult.BASELINE,
                () -> run.identities().baseline(evaluation, baseline.extractor(), prepared.usable()),
                artifact -> EvaluationRows.probes(artifact, BASELINE).stream().findFirst(),
                () -> {
                    ProbeResult result = baseline.compare(run, prepared, outcome.test());
                    run.tell(new PipelineEvent.Probed(result));
                    return result;
                },
                result -> Map.of(BASELINE, EvaluationRows.probes(List.of(result))));
    }

    @SuppressWarnings("try") // the share of the heap is given back, and needs no more
    private EvaluationOutcome ask(PreparedRun prepared, TrainingOutcome training) {
        DecisionRule decision = parts.decision(training.validation());
        DatasetSplit usable = prepared.usable();
        UntrainedModel untrained = parts.untrained(prepared.preprocessing());
        // Probes train, too.
        try (TrainingHeap.Share heap = TrainingHeap.SHARED.take(parts.trainer().heapBytes(untrained));
                TrainedModel model = untrained.restore(training.network(), parts.threads())) {
            Evaluation test = decision.apply(answers(model, prepared.features().evaluation(usable.test().recordings())));
            TestMetrics metrics = TestMetrics.of(test, usable.test().recordings(), decision, run.random());
            run.tell(new PipelineEvent.Evaluated(test));
            List<ProtocolEvaluation> underProtocols =
                    underProtocols(model, prepared.features(), usable.test().recordings(), decision);
            List<ProbeResult> probes = probes(prepared, new ProbeWork(
                    model, prepared.features(), run.waveforms(), run.threads(), usable, run.ambient().test(), decision, test,
                    run.random(),
                    (labels, seed) -> testTrainedOn(prepared, labels, seed)));
            List<FeatureEffect> effects = FeatureEffects.of(model, prepared.preprocessing().extractor().featureNames(),
                    prepared.features().evaluation(usable.test().recordings()), decision, run.random());
            return new EvaluationOutcome(decision, test, metrics, underProtocols, probes, effects);
        }
    }

    private List<ProtocolEvaluation> underProtocols(
            TrainedModel model, FeatureWorks features, List<Recording> test, DecisionRule decision) {
        List<ProtocolEvaluation> evaluations = new ArrayList<>();
        for (EvaluationProtocol protocol : parts.protocols()) {
            UnchangedRecordings unchanged = new UnchangedRecordings(test, protocol.readsLabel());
            Evaluation evaluation = decision.apply(answers(model, features.evaluation(test,
                    (waveform, one) -> unchanged.compare(one, waveform, protocol.apply(waveform, one)))));
            ProtocolEvaluation one = new ProtocolEvaluation(
                    protocol.description().type(), protocol.disclosure() + unchanged.disclosure(), evaluation);
            run.tell(new PipelineEvent.EvaluatedUnderProtocol(one));
            evaluations.add(one);
        }
        return evaluations;
    }

    private List<ProbeResult> probes(PreparedRun prepared, ProbedModel model) {
        List<ProbeResult> results = new ArrayList<>();
        for (Probe probe : parts.probes()) {
            results.add(probe.examine(model));
            run.tell(new PipelineEvent.Probed(results.get(results.size() - 1)));
        }
        TrainingNoise noise = new TrainingNoise(prepared.preprocessing(), prepared.usable().training().recordings());
        noise.examine(run.waveforms()::read, run.random()).ifPresent(result -> {
            results.add(result);
            run.tell(new PipelineEvent.Probed(result));
        });
        return results;
    }

    /** Trains and evaluates silently, without storing anything. */
    private Evaluation testTrainedOn(PreparedRun prepared, Map<String, Label> labels, long seed) {
        DatasetSplit other = prepared.usable().relabelled(run.dataset().name(), labels);
        RandomStreams streams = new RandomStreams(seed);
        // Features that are kept know their labels, so that these are kept apart.
        FeatureWorks features = new FeatureWorks(run.threads(), run.waveforms(), prepared.preprocessing(), streams,
                new MemoryBudget(parts.cacheBytes()), run.stored(prepared.preprocessing()), null);
        TrainingContext context = TrainingContext.of(streams, new TrainingListener() { })
                .withAggregation(parts.aggregation()).withParallelism(parts.threads());
        ModelTrainer.Result result = parts.trainer().train(parts.untrained(prepared.preprocessing(), streams),
                features.training(other.training()), features.evaluation(other.validation().recordings()), context);
        try (TrainedModel model = result.model()) {
            List<Recording> test = prepared.usable().test().recordings();
            return answers(model, prepared.features().evaluation(test)).aggregated(parts.aggregation());
        }
    }

    private static Evaluation answers(TrainedModel model, EvaluationData data) {
        return Evaluator.evaluate(model, data, Evaluator.DEFAULT_THRESHOLD);
    }
}
