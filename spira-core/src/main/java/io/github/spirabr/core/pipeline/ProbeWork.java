package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.internal.OrderedMap;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The access of one run's probes to its model.
 *
 * @param rooms ambient recordings of the test subjects
 */
record ProbeWork(
        TrainedModel model,
        FeatureWorks works,
        Waveforms waveforms,
        WorkThreads threads,
        DatasetSplit split,
        List<Recording> rooms,
        DecisionRule decision,
        Evaluation test,
        RandomStreams random,
        Retraining retraining)
        implements ProbedModel {

    /** A function that trains on other labels. */
    interface Retraining {
        Evaluation test(Map<String, Label> labels, long seed);
    }

    @Override
    public Evaluation testTrainedOn(Map<String, Label> labels, long seed) {
        return retraining.test(labels, seed);
    }

    @Override
    public Evaluation test(WaveformChange change) {
        return decision.apply(Evaluator.evaluate(
                model, works.evaluation(split.test().recordings(), change), Evaluator.DEFAULT_THRESHOLD));
    }

    @Override
    public Optional<Evaluation> ambient() {
        List<Recording> usable = works.usable(rooms);
        return usable.isEmpty() ? Optional.empty() : Optional.of(decision.apply(
                Evaluator.evaluate(model, works.evaluation(usable), Evaluator.DEFAULT_THRESHOLD)));
    }

    @Override
    public <R> List<R> map(List<Recording> recordings, Function<Recording, R> work) {
        List<R> results = new ArrayList<>(recordings.size());
        try (OrderedMap<Recording, R> all = threads.map(recordings, work)) {
            all.forEachRemaining(results::add);
        }
        return List.copyOf(results);
    }

    @Override
    public Waveform read(Recording recording) {
        return waveforms.read(recording);
    }
}
