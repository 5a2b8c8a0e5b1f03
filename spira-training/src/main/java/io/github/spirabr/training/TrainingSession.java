package io.github.spirabr.training;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.DivergedTrainingException;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.NetworkEngine;
import io.github.spirabr.training.internal.network.HeadNetwork;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A training, from fresh weights or from a checkpoint to the weights of the best validation. */
final class TrainingSession {

    /** Largest plausible loss; a training with a larger one has diverged. */
    private static final double EXPLOSION = 1e8;

    private final TrainingPlan plan;
    private final TrainingContext context;
    private final InputShape input;
    private final Network own;
    /** The network itself, or another one that computes the same on the trainer's engine. */
    private final Network network;
    private final TrainedNetwork model;
    private final @Nullable PretrainedWeights pretrained;
    private final TrainingProgress progress;
    private final SavedProgress saved;
    private final float[] gradient;

    private TrainingClock clock = new TrainingClock(0);
    private boolean interrupted;

    TrainingSession(
            UntrainedNetwork untrained,
            TrainingPlan plan,
            @Nullable PretrainedWeights pretrained,
            TrainingContext context) {
        this.plan = plan;
        this.context = context;
        this.pretrained = pretrained;
        this.input = untrained.input();
        this.own = untrained.takeNetwork();
        this.network = computed(own, plan.engine());
        network.threads(context.parallelism().threads());
        this.model = new TrainedNetwork(input, network);
        this.progress = progress();
        this.saved = new SavedProgress(context, progress);
        this.gradient = new float[progress.weights.length];
    }

    private static Network computed(Network own, @Nullable NetworkEngine engine) {
        try {
            if (engine != null && own instanceof HeadNetwork) {
                throw new IllegalArgumentException("a network of one frame must be trained on its own engine, but the trainer"
                        + " was " + engine.type() + "; use " + Trainer.TYPE);
            }
            return engine == null ? own : engine.compute(own);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private TrainingProgress progress() {
        try {
            return new TrainingProgress(network.weights(), network.statistics(),
                    plan.layerRates().start(plan.optimizer(), network.layout()));
        } catch (IllegalArgumentException e) {
            close();
            throw e;
        }
    }

    private void close() {
        model.close();
        if (own != network) {
            own.close();
        }
    }

    ModelTrainer.Result run(TrainingData training, EvaluationData validation) {
        boolean done = false;
        try {
            ModelTrainer.Result result = train(training, validation);
            done = true;
            return result;
        } catch (TrainingException e) {
            tell(new TrainingEvent.Failed(progress.steps, interrupted, String.valueOf(e.getMessage())));
            throw e;
        } finally {
            if (!done) {
                close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ModelTrainer.Result train(TrainingData training, EvaluationData validation) {
        int stepsPerEpoch = plan.stepsPerEpoch(training.recordings());
        if (stepsPerEpoch == 0) {
            throw new TrainingException("the batch size must be at most the " + training.recordings()
                    + " recordings of the training set, but was " + plan.batchSize()
                    + "; make the batch smaller, or keep incomplete batches");
        }
        tell(new TrainingEvent.Started(plan.epochs(), stepsPerEpoch, progress.weights.length));
        if (own instanceof HeadNetwork head) {
            standardise(head, training);
        }
        if (pretrained != null) {
            start(pretrained);
        }
        saved.restore().ifPresent(this::resume);
        clock = new TrainingClock(progress.steps);
        while (progress.epoch <= plan.epochs() && !stopsEarly()) {
            steps(training, validation, stepsPerEpoch);
            endEpoch(validation);
            saved.save();
        }
        own.weights(progress.best);
        own.statistics(progress.bestStatistics);
        tell(new TrainingEvent.Ended(progress.steps, progress.bestEpoch, clock.elapsed(), clock.waited()));
        return new ModelTrainer.Result(result(), progress.epochs, progress.bestEpoch);
    }

    /** Returns the trained model, which is on the network's own engine again. */
    private TrainedNetwork result() {
        if (own == network) {
            return model;
        }
        model.close();
        own.threads(context.parallelism().threads());
        return new TrainedNetwork(input, own);
    }

    private void standardise(HeadNetwork head, TrainingData training) {
        try (FeatureStream recordings = training.epoch(1, 0)) {
            head.standardise(recordings);
        }
        System.arraycopy(head.statistics(), 0, progress.statistics, 0, progress.statistics.length);
    }

    private void start(PretrainedWeights weights) {
        TrainingEvent.WeightsLoaded loaded = weights.apply(network);
        System.arraycopy(network.weights(), 0, progress.weights, 0, progress.weights.length);
        System.arraycopy(network.statistics(), 0, progress.statistics, 0, progress.statistics.length);
        tell(loaded);
    }

    private void resume(CheckpointStore.Found found) {
        network.weights(progress.weights);
        network.statistics(progress.statistics);
        tell(new TrainingEvent.Resumed(progress.epoch, progress.steps, found.damaged()));
    }

    private boolean stopsEarly() {
        EarlyStopping stopping = plan.earlyStopping();
        if (stopping == null || !stopping.endsAfter(progress.watched)) {
            return false;
        }
        tell(new TrainingEvent.StoppedEarly(progress.epochs.size(), progress.bestEpoch, stopping.reason()));
        return true;
    }

    /** Trains with the remaining batches of an epoch. */
    private void steps(TrainingData training, EvaluationData validation, int stepsPerEpoch) {
        long allSteps = (long) plan.epochs() * stepsPerEpoch;
        try (Batches batches = Batches.of(training, plan, context, clock, progress.epoch, progress.stepInEpoch)) {
            while (progress.stepInEpoch < stepsPerEpoch) {
                endIfInterrupted();
                WindowBatch batch = untilInterrupted(batches::next);
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
                saved.due(isDue(plan.checkpointEverySteps()));
            }
        }
        saved.saveIfDue();
    }

    private boolean isDue(int everySteps) {
        return everySteps > 0 && progress.steps % everySteps == 0;
    }

    private void endIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(null);
        }
    }

    /** Runs a task that may be interrupted, between two updates of the weights, so that a checkpoint can be saved. */
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
        if (!saved.isKept()) {
            return new TrainingException(
                    "the training was interrupted after " + progress.steps + " steps; nothing was saved", cause);
        }
        saved.save();
        return new TrainingException("the training was interrupted after " + progress.steps
                + " steps; run it again with the same checkpoints to go on from there", cause);
    }

    private double update(WindowBatch batch, double rate) {
        int epoch = progress.epoch;
        double loss = network.gradient(
                batch.forStep(network, plan.loss()),
                (purpose, window) -> context.random().stream(purpose, epoch, batch.keys().get(window)),
                gradient);
        plan.layerRates().mask(network.layout(), gradient);
        double norm = Gradients.norm(gradient);
        if (!(Math.abs(loss) <= EXPLOSION)) {
            throw exploded("the loss is " + loss, batch);
        }
        if (!Double.isFinite(norm)) {
            throw exploded("the gradient's norm is " + norm, batch);
        }
        saved.saveIfDue();
        if (plan.clipNorm() > 0) {
            Gradients.clip(gradient, norm, plan.clipNorm());
        }
        progress.steps++;
        progress.stepInEpoch++;
        progress.updates.apply(progress.weights, gradient, progress.steps, rate);
        network.weights(progress.weights);
        System.arraycopy(network.statistics(), 0, progress.statistics, 0, progress.statistics.length);
        return loss;
    }

    private TrainingException exploded(String what, WindowBatch batch) {
        return new DivergedTrainingException(what + " at step " + (progress.stepInEpoch + 1) + " of epoch " + progress.epoch
                + ", in a batch of the recordings " + String.join(", ", batch.recordings())
                + "; lower the learning rate, clip gradients, or look at these recordings"
                + saved.whatIsKept(), progress.epoch);
    }

    private Evaluation answers(EvaluationData validation) {
        return Evaluator.evaluate(model, validation, context.aggregation(), Evaluator.DEFAULT_THRESHOLD);
    }

    /** The kept weights are those of the least: of the loss, or of the metric that early stopping watches. */
    private double badness(Evaluation answers) {
        EarlyStopping stopping = plan.earlyStopping();
        return stopping == null ? answers.logLoss() : stopping.badness(answers);
    }

    private void validateWithinEpoch(EvaluationData validation) {
        Evaluation answers = answers(validation);
        boolean best = progress.validated(badness(answers));
        tell(new TrainingEvent.Validated(progress.epoch, progress.steps, answers.logLoss(),
                answers.confusionMatrix().accuracy(), best));
    }

    private void endEpoch(EvaluationData validation) {
        endIfInterrupted();
        Evaluation answers = untilInterrupted(() -> answers(validation));
        EpochSummary summary = new EpochSummary(progress.epoch, progress.lossSum / progress.windows,
                answers.logLoss(), answers.confusionMatrix().accuracy());
        if (!Double.isFinite(summary.validationLoss())) {
            throw new DivergedTrainingException("the validation loss is " + summary.validationLoss() + " after epoch "
                    + progress.epoch + "; lower the learning rate, or clip gradients"
                    + saved.whatIsKept(), progress.epoch);
        }
        progress.epochs.add(summary);
        EarlyStopping stopping = plan.earlyStopping();
        if (stopping != null) {
            progress.watched.add(answers.value(stopping.metric()));
        }
        boolean best = progress.validated(badness(answers));
        progress.epoch++;
        progress.stepInEpoch = 0;
        progress.lossSum = 0;
        progress.windows = 0;
        tell(new TrainingEvent.EpochCompleted(summary, best));
    }

    private void tell(TrainingEvent event) {
        context.listener().onTraining(event);
    }
}
