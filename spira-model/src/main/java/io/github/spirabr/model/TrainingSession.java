package io.github.spirabr.model;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.training.EpochSummary;
import io.github.spirabr.core.training.EvaluationData;
import io.github.spirabr.core.training.FeatureStream;
import io.github.spirabr.core.training.RecordingFeatures;
import io.github.spirabr.core.training.TrainingData;
import io.github.spirabr.core.training.TrainingEvent;
import io.github.spirabr.core.training.TrainingException;
import io.github.spirabr.core.training.TrainingListener;
import io.github.spirabr.core.training.TrainingResult;
import io.github.spirabr.model.internal.network.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One training, from fresh weights to the best epoch's. */
final class TrainingSession {

    /** Beyond this a loss is no loss any more. */
    private static final double EXPLOSION = 1e8;

    private final Dl4jTrainedModel model;
    private final Network network;
    private final InputShape input;
    private final Optimizer.Updates updates;
    private final double learningRate;
    private final LearningRateSchedule schedule;
    private final int batchSize;
    private final RandomStreams random;
    private final TrainingListener listener;

    private final float[] weights;
    private final float[] gradient;
    private long steps;

    TrainingSession(
            Dl4jUntrainedModel untrained,
            Optimizer optimizer,
            LearningRateSchedule schedule,
            int batchSize,
            RandomStreams random,
            TrainingListener listener) {
        this.input = untrained.input();
        this.network = untrained.takeNetwork();
        this.model = new Dl4jTrainedModel(input, network);
        this.weights = network.weights();
        this.gradient = new float[weights.length];
        this.updates = optimizer.start(weights.length);
        this.learningRate = optimizer.learningRate();
        this.schedule = schedule;
        this.batchSize = batchSize;
        this.random = random;
        this.listener = listener;
    }

    TrainingResult run(TrainingData training, EvaluationData validation, int epochs) {
        boolean done = false;
        try {
            TrainingResult result = train(training, validation, epochs);
            done = true;
            return result;
        } finally {
            if (!done) {
                model.close();
            }
        }
    }

    private TrainingResult train(TrainingData training, EvaluationData validation, int epochs) {
        int stepsPerEpoch = (training.recordings() + batchSize - 1) / batchSize;
        listener.onTraining(new TrainingEvent.Started(epochs, stepsPerEpoch, weights.length));
        long start = System.nanoTime();
        List<EpochSummary> summaries = new ArrayList<>();
        float[] best = weights.clone();
        int bestEpoch = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double trainingLoss = epoch(training, epoch, (long) epochs * stepsPerEpoch, start);
            Evaluation answers = Evaluator.evaluate(model, validation, Evaluator.DEFAULT_THRESHOLD);
            EpochSummary summary = new EpochSummary(
                    epoch, trainingLoss, answers.logLoss(), answers.confusionMatrix().accuracy());
            summaries.add(summary);
            boolean isBest = summary.validationLoss() < lowest;
            if (isBest) {
                lowest = summary.validationLoss();
                bestEpoch = epoch;
                System.arraycopy(weights, 0, best, 0, best.length);
            }
            listener.onTraining(new TrainingEvent.EpochCompleted(summary, isBest));
        }
        network.weights(best);
        return new TrainingResult(model, summaries, bestEpoch);
    }

    /** One pass over the training recordings; gives the mean loss of its windows. */
    private double epoch(TrainingData training, int epoch, long allSteps, long start) {
        double lossSum = 0;
        long windows = 0;
        int step = 0;
        try (FeatureStream stream = training.epoch(epoch)) {
            while (stream.hasNext()) {
                WindowBatch batch = nextBatch(stream);
                double loss = update(batch, epoch, ++step);
                lossSum += loss * batch.labels().length;
                windows += batch.labels().length;
                long elapsed = System.nanoTime() - start;
                long remaining = Math.round((double) elapsed / steps * (allSteps - steps));
                listener.onTraining(new TrainingEvent.StepCompleted(
                        epoch, step, loss, Duration.ofNanos(elapsed), Duration.ofNanos(remaining)));
            }
        }
        return lossSum / windows;
    }

    private WindowBatch nextBatch(FeatureStream stream) {
        if (Thread.currentThread().isInterrupted()) {
            throw new TrainingException("the training was interrupted after " + steps + " steps; nothing was saved");
        }
        List<RecordingFeatures> recordings = new ArrayList<>(batchSize);
        while (recordings.size() < batchSize && stream.hasNext()) {
            recordings.add(stream.next());
        }
        return WindowBatch.of(recordings, input);
    }

    private double update(WindowBatch batch, int epoch, int step) {
        double loss = network.gradient(
                batch.inputs(),
                batch.labels(),
                (purpose, window) -> random.stream(purpose, epoch, batch.keys().get(window)),
                gradient);
        if (!(Math.abs(loss) <= EXPLOSION)) {
            throw new TrainingException("the loss is " + loss + " at step " + step + " of epoch " + epoch
                    + ", in a batch of the recordings " + String.join(", ", batch.recordings())
                    + "; lower the learning rate or look at these recordings");
        }
        steps++;
        updates.apply(weights, gradient, learningRate * schedule.factor(steps));
        network.weights(weights);
        return loss;
    }
}
