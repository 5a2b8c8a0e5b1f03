package io.github.spirabr.model;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.preprocessing.BatchAugmentation;
import io.github.spirabr.core.training.CheckpointStore;
import io.github.spirabr.core.training.EpochSummary;
import io.github.spirabr.core.training.EvaluationData;
import io.github.spirabr.core.training.FeatureStream;
import io.github.spirabr.core.training.RecordingFeatures;
import io.github.spirabr.core.training.Sampling;
import io.github.spirabr.core.training.TrainingContext;
import io.github.spirabr.core.training.TrainingData;
import io.github.spirabr.core.training.TrainingEvent;
import io.github.spirabr.core.training.TrainingException;
import io.github.spirabr.core.training.TrainingResult;
import io.github.spirabr.model.internal.network.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One training, from fresh weights or from a checkpoint to the best validation's weights. */
final class TrainingSession {

    /** Beyond this a loss is no loss any more. */
    private static final double EXPLOSION = 1e8;

    private final TrainingPlan plan;
    private final TrainingContext context;
    private final Dl4jTrainedModel model;
    private final Network network;
    private final @Nullable PretrainedWeights pretrained;
    private final TrainingProgress progress;
    private final float[] gradient;

    private TrainingClock clock = new TrainingClock(0);
    private long lastCheckpoint;
    /** A checkpoint of the weights as they are is to be saved as soon as they have proved sound. */
    private boolean checkpointDue;
    private boolean interrupted;

    TrainingSession(
            Dl4jUntrainedModel untrained,
            TrainingPlan plan,
            @Nullable PretrainedWeights pretrained,
            TrainingContext context) {
        this.plan = plan;
        this.context = context;
        this.pretrained = pretrained;
        this.network = untrained.takeNetwork();
        this.model = new Dl4jTrainedModel(untrained.input(), network);
        this.progress = new TrainingProgress(network.weights(), network.statistics(), plan.optimizer());
        this.gradient = new float[progress.weights.length];
    }

    TrainingResult run(TrainingData training, EvaluationData validation) {
        boolean done = false;
        try {
            TrainingResult result = train(training, validation);
            done = true;
            return result;
        } catch (TrainingException e) {
            tell(new TrainingEvent.Failed(progress.steps, String.valueOf(e.getMessage())));
            throw e;
        } finally {
            if (!done) {
                model.close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
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
        if (pretrained != null) {
            start(pretrained);
        }
        context.checkpoints().flatMap(CheckpointStore::latest).ifPresent(this::resume);
        clock = new TrainingClock(progress.steps);
        while (progress.epoch <= plan.epochs() && !stopsEarly()) {
            steps(training, validation, stepsPerEpoch);
            endEpoch(validation);
            saveCheckpoint();
        }
        network.weights(progress.best);
        network.statistics(progress.bestStatistics);
        tell(new TrainingEvent.Ended(progress.steps, progress.bestEpoch, clock.elapsed(), clock.waited()));
        return new TrainingResult(model, progress.epochs, progress.bestEpoch);
    }

    private void start(PretrainedWeights weights) {
        TrainingEvent.WeightsLoaded loaded = weights.apply(network);
        System.arraycopy(network.weights(), 0, progress.weights, 0, progress.weights.length);
        System.arraycopy(network.statistics(), 0, progress.statistics, 0, progress.statistics.length);
        tell(loaded);
    }

    private void resume(CheckpointStore.Found found) {
        progress.restore(found.checkpoint(), context.identity());
        network.weights(progress.weights);
        network.statistics(progress.statistics);
        lastCheckpoint = progress.steps;
        tell(new TrainingEvent.Resumed(progress.epoch, progress.steps, found.damaged()));
    }

    private boolean stopsEarly() {
        EarlyStopping stopping = plan.earlyStopping();
        if (stopping == null || !stopping.endsAfter(progress.watched)) {
            return false;
        }
        tell(new TrainingEvent.StoppedEarly(progress.epochs.size(), progress.bestEpoch));
        return true;
    }

    /** The rest of an epoch's pass over the training recordings. */
    private void steps(TrainingData training, EvaluationData validation, int stepsPerEpoch) {
        int learnedFrom = Math.min(training.recordings(), progress.stepInEpoch * plan.batchSize());
        long allSteps = (long) plan.epochs() * stepsPerEpoch;
        try (FeatureStream stream = open(training, learnedFrom)) {
            while (progress.stepInEpoch < stepsPerEpoch) {
                endIfInterrupted();
                WindowBatch batch = untilInterrupted(() -> nextBatch(stream));
                double rate = plan.optimizer().learningRate() * plan.schedule().factor(progress.steps + 1);
                double loss = update(batch, rate);
                int windows = batch.windows().size();
                progress.lossSum += loss * windows;
                progress.windows += windows;
                clock.learnedFrom(windows);
                Duration elapsed = clock.elapsed();
                tell(new TrainingEvent.StepCompleted(progress.epoch, progress.stepInEpoch, progress.steps, loss, rate,
                        clock.windowsPerSecond(elapsed), elapsed, clock.remaining(elapsed, progress.steps, allSteps)));
                if (isDue(plan.validateEverySteps()) && progress.stepInEpoch < stepsPerEpoch) {
                    validateWithinEpoch(validation);
                }
                checkpointDue = isDue(plan.checkpointEverySteps());
            }
        }
        saveDueCheckpoint();
    }

    private boolean isDue(int everySteps) {
        return everySteps > 0 && progress.steps % everySteps == 0;
    }

    private FeatureStream open(TrainingData training, int skip) {
        return plan.sampling() == Sampling.SHUFFLED
                ? training.epoch(progress.epoch, skip)
                : training.epoch(progress.epoch, skip, plan.sampling());
    }

    private void endIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(null);
        }
    }

    /** Does what waits for others, between two updates of the weights, so that a checkpoint can be kept if it is ended. */
    private <T> T untilInterrupted(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e);
            }
            throw e;
        }
    }

    private TrainingException interrupted(@Nullable RuntimeException cause) {
        interrupted = Thread.interrupted();
        if (context.checkpoints().isEmpty()) {
            return new TrainingException(
                    "the training was interrupted after " + progress.steps + " steps; nothing was saved", cause);
        }
        saveCheckpoint();
        return new TrainingException("the training was interrupted after " + progress.steps
                + " steps; run it again with the same checkpoints to go on from there", cause);
    }

    private WindowBatch nextBatch(FeatureStream stream) {
        long before = System.nanoTime();
        List<RecordingFeatures> recordings = new ArrayList<>(plan.batchSize());
        List<String> suffixes = new ArrayList<>(plan.batchSize());
        while (recordings.size() < plan.batchSize() && stream.hasNext()) {
            // A recording that is drawn again needs random streams of its own.
            int place = progress.stepInEpoch * plan.batchSize() + recordings.size();
            suffixes.add(plan.sampling() == Sampling.SHUFFLED ? "" : " at " + place);
            recordings.add(stream.next());
        }
        clock.waited(System.nanoTime() - before);
        WindowBatch batch = WindowBatch.of(recordings, suffixes);
        String name = "batch " + progress.stepInEpoch;
        for (int a = 0; a < plan.batchAugmentations().size(); a++) {
            BatchAugmentation augmentation = plan.batchAugmentations().get(a);
            batch = batch.augmented(
                    augmentation, context.random().stream("batch augmentation " + a, progress.epoch, name), name);
        }
        return batch;
    }

    private double update(WindowBatch batch, double rate) {
        int epoch = progress.epoch;
        double loss = network.gradient(
                batch.forStep(network, plan.loss()),
                (purpose, window) -> context.random().stream(purpose, epoch, batch.keys().get(window)),
                gradient);
        double norm = norm(gradient);
        if (!(Math.abs(loss) <= EXPLOSION)) {
            throw exploded("the loss is " + loss, batch);
        }
        if (!Double.isFinite(norm)) {
            throw exploded("the gradient's norm is " + norm, batch);
        }
        saveDueCheckpoint();
        if (plan.clipNorm() > 0) {
            clip(gradient, norm, plan.clipNorm());
        }
        progress.steps++;
        progress.stepInEpoch++;
        progress.updates.apply(progress.weights, gradient, progress.steps, rate);
        network.weights(progress.weights);
        System.arraycopy(network.statistics(), 0, progress.statistics, 0, progress.statistics.length);
        return loss;
    }

    private TrainingException exploded(String what, WindowBatch batch) {
        return new TrainingException(what + " at step " + (progress.stepInEpoch + 1) + " of epoch " + progress.epoch
                + ", in a batch of the recordings " + String.join(", ", batch.recordings())
                + "; lower the learning rate, clip gradients, or look at these recordings"
                + (lastCheckpoint > 0 ? "; the checkpoint of step " + lastCheckpoint + " is kept" : ""));
    }

    static double norm(float[] gradient) {
        double squares = 0;
        for (float value : gradient) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /** As {@code torch.nn.utils.clip_grad_norm_}: scales the gradient down to a Euclidean norm. */
    static void clip(float[] gradient, double norm, double largest) {
        float factor = (float) Math.min(1, largest / (norm + 1e-6));
        if (factor < 1) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= factor;
            }
        }
    }

    private Evaluation answers(EvaluationData validation) {
        return Evaluator.evaluate(model, validation, context.aggregation(), Evaluator.DEFAULT_THRESHOLD);
    }

    private void validateWithinEpoch(EvaluationData validation) {
        Evaluation answers = answers(validation);
        boolean best = progress.validated(answers.logLoss());
        tell(new TrainingEvent.Validated(progress.epoch, progress.steps, answers.logLoss(),
                answers.confusionMatrix().accuracy(), best));
    }

    private void endEpoch(EvaluationData validation) {
        endIfInterrupted();
        Evaluation answers = untilInterrupted(() -> answers(validation));
        EpochSummary summary = new EpochSummary(progress.epoch, progress.lossSum / progress.windows,
                answers.logLoss(), answers.confusionMatrix().accuracy());
        if (!Double.isFinite(summary.validationLoss())) {
            throw new TrainingException("the validation loss is " + summary.validationLoss() + " after epoch "
                    + progress.epoch + "; lower the learning rate, or clip gradients"
                    + (lastCheckpoint > 0 ? "; the checkpoint of step " + lastCheckpoint + " is kept" : ""));
        }
        progress.epochs.add(summary);
        EarlyStopping stopping = plan.earlyStopping();
        if (stopping != null) {
            progress.watched.add(answers.value(stopping.metric()));
        }
        boolean best = progress.validated(summary.validationLoss());
        progress.epoch++;
        progress.stepInEpoch = 0;
        progress.lossSum = 0;
        progress.windows = 0;
        tell(new TrainingEvent.EpochCompleted(summary, best));
    }

    private void saveDueCheckpoint() {
        if (checkpointDue) {
            saveCheckpoint();
        }
    }

    private void saveCheckpoint() {
        checkpointDue = false;
        // What an interrupted thread writes to a file is lost.
        boolean wasInterrupted = Thread.interrupted();
        try {
            context.checkpoints().ifPresent(store -> {
                store.save(progress.toCheckpoint(context.identity()));
                lastCheckpoint = progress.steps;
                tell(new TrainingEvent.CheckpointSaved(progress.steps));
            });
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tell(TrainingEvent event) {
        context.listener().onTraining(event);
    }
}
