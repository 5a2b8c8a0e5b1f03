package io.github.spirabr.training;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.internal.adapter.LogisticRegression;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.internal.network.HeadNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The trainer of {@link Logistic}, in one step: it takes the first epoch's windows, sorted by recording, and finds the optimum.
 * It needs no checkpoints, since it takes seconds. Stateless.
 */
final class LogisticTrainer implements ModelTrainer {

    /** Rows of the regression. */
    private record Rows(List<double[]> features, boolean[] positive, double[] shares) {}

    @Override
    public Result train(UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
        if (!(model instanceof UntrainedLogistic ours)) {
            throw new IllegalArgumentException("the model must be the network " + Logistic.TYPE + ", but was "
                    + model.getClass().getName() + "; train it with a trainer of its own, such as " + Trainer.TYPE);
        }
        HeadNetwork network = (HeadNetwork) ours.network().takeNetwork();
        network.threads(context.parallelism().threads());
        TrainedModel trained = new TrainedNetwork(ours.input(), network);
        boolean done = false;
        try {
            EpochSummary summary = fit(ours, network, trained, training, validation, context);
            done = true;
            return new Result(trained, List.of(summary), 1);
        } catch (TrainingException e) {
            context.listener().onTraining(new TrainingEvent.Failed(0, false, String.valueOf(e.getMessage())));
            throw e;
        } finally {
            if (!done) {
                trained.close();
            }
        }
    }

    private static EpochSummary fit(UntrainedLogistic ours, HeadNetwork network, TrainedModel trained, TrainingData training,
            EvaluationData validation, TrainingContext context) {
        Consumer<TrainingEvent> tell = context.listener()::onTraining;
        tell.accept(new TrainingEvent.Started(1, 1, ours.parameterCount()));
        TrainingClock clock = new TrainingClock(0);
        List<RecordingFeatures> recordings = recordings(training);
        network.standardise(recordings.iterator());
        Rows rows = rows(recordings, network, ours.balanced());
        LogisticRegression regression = LogisticRegression.fit(rows.features, rows.positive, rows.shares, ours.l2());
        double[] optimum = regression.weights();
        float[] weights = new float[optimum.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) optimum[i];
        }
        network.weights(weights);
        network.errors(regression.standardErrors(rows.features, rows.shares, ours.l2()));
        Evaluation answers =
                Evaluator.evaluate(trained, validation, context.aggregation(), Evaluator.DEFAULT_THRESHOLD);
        EpochSummary summary = new EpochSummary(
                1, loss(regression, rows), answers.logLoss(), answers.confusionMatrix().accuracy());
        tell.accept(new TrainingEvent.EpochCompleted(summary, true));
        tell.accept(new TrainingEvent.Ended(1, 1, clock.elapsed(), Duration.ZERO));
        return summary;
    }

    private static List<RecordingFeatures> recordings(TrainingData training) {
        List<RecordingFeatures> recordings = new ArrayList<>(training.recordings());
        try (FeatureStream stream = training.epoch(1, 0)) {
            stream.forEachRemaining(recordings::add);
        }
        recordings.sort(Comparator.comparing(one -> one.recording().id()));
        return recordings;
    }

    private static Rows rows(List<RecordingFeatures> recordings, HeadNetwork network, boolean balanced) {
        int[] ofClass = new int[Label.values().length];
        recordings.forEach(one -> ofClass[one.recording().label().code()]++);
        for (Label label : Label.values()) {
            if (ofClass[label.code()] == 0) {
                throw new TrainingException("logistic regression must have recordings of both classes, but there is no " + label
                        + " among the " + recordings.size() + " training recordings");
            }
        }
        List<double[]> features = new ArrayList<>();
        List<Boolean> positive = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (RecordingFeatures one : recordings) {
            Label label = one.recording().label();
            double share = balanced ? recordings.size() / (2.0 * ofClass[label.code()]) : 1;
            for (float[] window : WindowBatch.rows(one.windows(), network)) {
                features.add(doubles(network.standardised(new float[][] {window})));
                positive.add(label == Label.PATIENT);
                shares.add(share / one.windows().size());
            }
        }
        boolean[] patients = new boolean[positive.size()];
        for (int i = 0; i < patients.length; i++) {
            patients[i] = positive.get(i);
        }
        return new Rows(features, patients, shares.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** Returns the mean over the windows, by their shares, of the loss without the penalty. */
    private static double loss(LogisticRegression regression, Rows rows) {
        double sum = 0;
        double shares = 0;
        for (int i = 0; i < rows.shares.length; i++) {
            sum += rows.shares[i]
                    * OutputLoss.PLAIN.value(regression.logit(rows.features.get(i)), rows.positive[i] ? 1 : 0);
            shares += rows.shares[i];
        }
        return sum / shares;
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(Logistic.TYPE, Map.of());
    }
}
