package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.random.RandomStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * The effects of a network's features by permutation (Breiman 2001), on a test set in memory: a feature's values move from
 * recording to recording, so that the windows of a recording stay together. Used by one thread.
 */
final class FeatureEffects {

    private static final int PERMUTATIONS = 20;

    private final TrainedModel model;
    private final DecisionRule decision;
    private final List<RecordingFeatures> recordings = new ArrayList<>();
    private final RandomStreams random;

    private FeatureEffects(TrainedModel model, DecisionRule decision, RandomStreams random) {
        this.model = model;
        this.decision = decision;
        this.random = random;
    }

    /**
     * Returns the effects, those with the largest importance first, and then those with the largest coefficient.
     *
     * @param names names of the features; empty if they have none
     * @return empty unless the network takes one frame, and has names of features or coefficients
     */
    static List<FeatureEffect> of(TrainedModel model, List<String> names, EvaluationData test, DecisionRule decision,
            RandomStreams random) {
        List<Coefficient> coefficients = model.coefficients();
        if (model.input().frames() != 1 || names.isEmpty() && coefficients.isEmpty()) {
            return List.of();
        }
        FeatureEffects effects = new FeatureEffects(model, decision, random);
        if (!names.isEmpty()) {
            try (FeatureStream stream = test.open()) {
                stream.forEachRemaining(effects.recordings::add);
            }
        }
        double loss = names.isEmpty() ? Double.NaN : effects.loss(effects.recordings);
        Map<String, DatasetInspection.Property.Measure> byClass = byClass(names, effects.recordings);
        List<FeatureEffect> all = new ArrayList<>();
        for (int i = 0; i < model.input().features(); i++) {
            Optional<Coefficient> coefficient = coefficients.isEmpty() ? Optional.empty() : Optional.of(coefficients.get(i));
            all.add(names.isEmpty()
                    ? new FeatureEffect("feature " + (i + 1), coefficient, Double.NaN, Double.NaN, Double.NaN)
                    : effects.effect(i, names.get(i), loss, coefficient, Optional.ofNullable(byClass.get(names.get(i)))));
        }
        all.sort(Comparator.comparingDouble((FeatureEffect one) -> names.isEmpty() ? 0 : -one.importance())
                .thenComparingDouble(one -> -one.coefficient().map(its -> Math.abs(its.value())).orElse(0.0)));
        return List.copyOf(all);
    }

    /** Returns the values of the features by class, without those that are the same everywhere. */
    private static Map<String, DatasetInspection.Property.Measure> byClass(
            List<String> names, List<RecordingFeatures> recordings) {
        if (recordings.isEmpty()) {
            return Map.of();
        }
        List<RecordingFacts> facts = recordings.stream().map(one -> {
            Map<String, Double> means = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                int feature = i;
                means.put(names.get(i),
                        one.windows().stream().mapToDouble(window -> window.value(0, feature)).average().orElse(0));
            }
            return new RecordingFacts(one.recording(), "", "", Duration.ZERO, Map.of(), Map.of(), means, List.of());
        }).toList();
        return DatasetInspection.of(facts).speech().stream()
                .collect(Collectors.toMap(DatasetInspection.Property::name, one -> one));
    }

    private FeatureEffect effect(int feature, String name, double loss, Optional<Coefficient> coefficient,
            Optional<DatasetInspection.Property.Measure> byClass) {
        DoubleSummaryStatistics increases = new DoubleSummaryStatistics();
        for (int p = 1; p <= PERMUTATIONS; p++) {
            increases.accept(loss(permuted(feature, new Random(
                    random.stream("permutation importance", p, Integer.toString(feature)).nextLong()))) - loss);
        }
        return new FeatureEffect(name, coefficient, increases.getAverage(), increases.getMin(), increases.getMax(), byClass);
    }

    private double loss(List<RecordingFeatures> asked) {
        Evaluation answers = Evaluator.evaluate(model, new EvaluationData() {
            @Override
            public int recordings() {
                return asked.size();
            }

            @Override
            public FeatureStream open() {
                return FeatureStream.of(asked);
            }
        }, Evaluator.DEFAULT_THRESHOLD);
        return decision.apply(answers).logLoss();
    }

    private List<RecordingFeatures> permuted(int feature, Random order) {
        List<RecordingFeatures> givers = new ArrayList<>(recordings);
        Collections.shuffle(givers, order);
        List<RecordingFeatures> permuted = new ArrayList<>();
        for (int r = 0; r < recordings.size(); r++) {
            List<FeatureMatrix> given = givers.get(r).windows();
            List<FeatureMatrix> windows = new ArrayList<>();
            for (FeatureMatrix window : recordings.get(r).windows()) {
                float[] values = window.toArray();
                values[feature] = given.get(windows.size() % given.size()).value(0, feature);
                windows.add(FeatureMatrix.of(1, values.length, values));
            }
            permuted.add(new RecordingFeatures(recordings.get(r).recording(), windows));
        }
        return permuted;
    }
}
