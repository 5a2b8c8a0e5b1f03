package io.github.spirabr.model;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.training.CheckpointStore;
import io.github.spirabr.core.training.EpochSummary;
import io.github.spirabr.core.training.EvaluationData;
import io.github.spirabr.core.training.FeatureStream;
import io.github.spirabr.core.training.RecordingFeatures;
import io.github.spirabr.core.training.TrainingContext;
import io.github.spirabr.core.training.TrainingData;
import io.github.spirabr.core.training.TrainingEvent;
import io.github.spirabr.core.training.TrainingException;
import io.github.spirabr.core.training.TrainingResult;
import io.github.spirabr.model.internal.network.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One training, from fresh weights or from a checkpoint to the best epoch's weights. */
final class TrainingSession {

    /** Beyond this a loss is no loss any more. */
    private static final double EXPLOSION = 1e8;

    private final TrainingPlan plan;
    private final TrainingContext context;
    private final Dl4jTrainedModel model;
    private final Network network;
    private final InputShape input;
    private final TrainingProgress progress;
    private final float[] gradient;

    private long start;
    private long stepsBefore;
    private long lastCheckpoint;

    TrainingSession(Dl4jUntrainedModel untrained, TrainingPlan plan, TrainingContext context) {
        this.plan = plan;
        this.context = context;
        this.input = untrained.input();
        this.network = untrained.takeNetwork();
        this.model = new Dl4jTrainedModel(input, network);
        this.progress = new TrainingProgress(network.weights(), plan.optimizer());
        this.gradient = new float[progress.weights.length];
    }

    TrainingResult run(TrainingData training, EvaluationData validation) {
        boolean done = false;
        try {
            TrainingResult result = train(training, validation);
            done = true;
            return result;
        } finally {
            if (!done) {
                model.close();
            }
        }
    }

    private TrainingResult train(TrainingData training, EvaluationData validation) {
        int stepsPerEpoch = plan.stepsPerEpoch(training.recordings());
        if (stepsPerEpoch == 0) {
            throw new TrainingException("a batch of " + plan.batchSize() + " recordings cannot be filled by "
                    + training.recordings() + "; make the batch smaller, or keep incomplete batches");
        }
        tell(new TrainingEvent.Started(plan.epochs(), stepsPerEpoch, progress.weights.length));
        context.checkpoints().flatMap(CheckpointStore::latest).ifPresent(this::resume);
        start = System.nanoTime();
        stepsBefore = progress.steps;
        while (progress.epoch <= plan.epochs() && !stopsEarly()) {
            steps(training, (long) plan.epochs() * stepsPerEpoch, stepsPerEpoch);
            validate(validation);
            saveCheckpoint();
        }
        network.weights(progress.best);
        return new TrainingResult(model, progress.epochs, progress.bestEpoch);
    }

    private void resume(CheckpointStore.Found found) {
        progress.restore(found.checkpoint(), context.identity());
        network.weights(progress.weights);
        lastCheckpoint = progress.steps;
        tell(new TrainingEvent.Resumed(progress.epoch, progress.steps, found.damaged()));
    }

    private boolean stopsEarly() {
        EarlyStopping stopping = plan.earlyStopping();
        if (stopping == null || !stopping.endsAfter(progress.epochs)) {
            return false;
        }
        tell(new TrainingEvent.StoppedEarly(progress.epochs.size(), progress.bestEpoch));
        return true;
    }

    /** The rest of an epoch's pass over the training recordings. */
    private void steps(TrainingData training, long allSteps, int stepsPerEpoch) {
        int learnedFrom = Math.min(training.recordings(), progress.stepInEpoch * plan.batchSize());
        try (FeatureStream stream = training.epoch(progress.epoch, learnedFrom)) {
            while (progress.stepInEpoch < stepsPerEpoch) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted();
                }
                WindowBatch batch = nextBatch(stream);
                double loss = update(batch);
                progress.lossSum += loss * batch.labels().length;
                progress.windows += batch.labels().length;
                long elapsed = System.nanoTime() - start;
                double each = (double) elapsed / (progress.steps - stepsBefore);
                tell(new TrainingEvent.StepCompleted(progress.epoch, progress.stepInEpoch, loss,
                        Duration.ofNanos(elapsed), Duration.ofNanos(Math.round(each * (allSteps - progress.steps)))));
                if (plan.checkpointEverySteps() > 0 && progress.steps % plan.checkpointEverySteps() == 0) {
                    saveCheckpoint();
                }
            }
        }
    }

    private TrainingException interrupted() {
        if (context.checkpoints().isEmpty()) {
            return new TrainingException("the training was interrupted after " + progress.steps
                    + " steps; nothing was saved");
        }
        saveCheckpoint();
        return new TrainingException("the training was interrupted after " + progress.steps
                + " steps; run it again with the same checkpoints to go on from there");
    }

    private WindowBatch nextBatch(FeatureStream stream) {
        List<RecordingFeatures> recordings = new ArrayList<>(plan.batchSize());
        while (recordings.size() < plan.batchSize() && stream.hasNext()) {
            recordings.add(stream.next());
        }
        return WindowBatch.of(recordings, input);
    }

    private double update(WindowBatch batch) {
        int epoch = progress.epoch;
        double loss = network.gradient(
                batch.inputs(),
                batch.labels(),
                (purpose, window) -> context.random().stream(purpose, epoch, batch.keys().get(window)),
                gradient);
        if (!(Math.abs(loss) <= EXPLOSION)) {
            throw new TrainingException("the loss is " + loss + " at step " + (progress.stepInEpoch + 1) + " of epoch "
                    + epoch + ", in a batch of the recordings " + String.join(", ", batch.recordings())
                    + "; lower the learning rate, clip gradients, or look at these recordings"
                    + (lastCheckpoint > 0 ? "; the checkpoint of step " + lastCheckpoint + " is kept" : ""));
        }
        if (plan.clipNorm() > 0) {
            clip(gradient, plan.clipNorm());
        }
        progress.steps++;
        progress.stepInEpoch++;
        double rate = plan.optimizer().learningRate() * plan.schedule().factor(progress.steps);
        progress.updates.apply(progress.weights, gradient, progress.steps, rate);
        network.weights(progress.weights);
        return loss;
    }

    /** As {@code torch.nn.utils.clip_grad_norm_}: scales the gradient down to a Euclidean norm. */
    static void clip(float[] gradient, double largest) {
        double squares = 0;
        for (float value : gradient) {
            squares += (double) value * value;
        }
        float factor = (float) Math.min(1, largest / (Math.sqrt(squares) + 1e-6));
        if (factor < 1) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= factor;
            }
        }
    }

    private void validate(EvaluationData validation) {
        Evaluation answers = Evaluator.evaluate(model, validation, Evaluator.DEFAULT_THRESHOLD);
        EpochSummary summary = new EpochSummary(progress.epoch, progress.lossSum / progress.windows,
                answers.logLoss(), answers.confusionMatrix().accuracy());
        progress.epochs.add(summary);
        boolean best = summary.validationLoss() < progress.lowest;
        if (best) {
            progress.lowest = summary.validationLoss();
            progress.bestEpoch = progress.epoch;
            System.arraycopy(progress.weights, 0, progress.best, 0, progress.best.length);
        }
        progress.epoch++;
        progress.stepInEpoch = 0;
        progress.lossSum = 0;
        progress.windows = 0;
        tell(new TrainingEvent.EpochCompleted(summary, best));
    }

    private void saveCheckpoint() {
        context.checkpoints().ifPresent(store -> {
            store.save(progress.toCheckpoint(context.identity()));
            lastCheckpoint = progress.steps;
            tell(new TrainingEvent.CheckpointSaved(progress.steps));
        });
    }

    private void tell(TrainingEvent event) {
        context.listener().onTraining(event);
    }
}
