package io.github.spirabr.core.sweep;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.internal.TrainingsAtATime;
import io.github.spirabr.core.model.DivergedTrainingException;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingSummary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * The trainings of one round, several at a time.
 *
 * @param pipeline creates the pipeline of a training
 * @param metric the metric of the validation set
 * @param atATime number of trainings that run at the same time
 * @param listener receives the begin of the round and the end of each training
 */
record Trainings(Function<Trial, TrainingPipeline> pipeline, Metric metric, int atATime, SweepListener listener) {

    /**
     * The outcome of one training.
     *
     * @param value metric on the validation set; NaN if it has no value
     * @param epochs epochs that were trained
     * @param fault a sentence if the training diverged
     */
    record Outcome(double value, int epochs, Optional<String> fault) {}

    /** Returns the outcomes of a round, in the order of its trials. */
    List<Outcome> of(int round, List<Trial> trials) {
        // All are made before the first is trained, so that a wrong one costs nothing; their noises would be too much to keep.
        trials.forEach(pipeline::apply);
        listener.onRound(round, trials);
        try {
            return TrainingsAtATime.run(
                    trials.stream().map(trial -> (Callable<Outcome>) () -> trained(trial, pipeline.apply(trial))).toList(), atATime);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SweepException("interrupted while " + trials.size() + " trainings of a sweep were running", e);
        }
    }

    private Outcome trained(Trial trial, TrainingPipeline training) {
        Outcome outcome;
        try {
            TrainingSummary summary = training.fit();
            outcome = new Outcome(summary.decided().value(metric), summary.epochs().size(), Optional.empty());
        } catch (DivergedTrainingException e) {
            outcome = new Outcome(Double.NaN, e.epoch(), Optional.of(e.getMessage()));
        }
        synchronized (listener) {
            listener.onTrained(trial, outcome.value);
        }
        return outcome;
    }
}
