package io.github.spirabr.core.sweep;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.internal.adapter.Results;
import io.github.spirabr.core.model.DivergedTrainingException;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
        // All are made before the first is trained, so that a wrong one costs nothing.
        List<TrainingPipeline> pipelines = trials.stream().map(pipeline).toList();
        listener.onRound(round, trials);
        ExecutorService executor = Executors.newFixedThreadPool(atATime);
        try {
            ExecutorCompletionService<Outcome> done = new ExecutorCompletionService<>(executor);
            List<Future<Outcome>> futures = new ArrayList<>();
            for (int i = 0; i < trials.size(); i++) {
                Trial trial = trials.get(i);
                TrainingPipeline training = pipelines.get(i);
                futures.add(done.submit(() -> trained(trial, training)));
            }
            for (int i = 0; i < futures.size(); i++) {
                // Whichever is done next, so that a failure is told at once.
                Results.of(done.take());
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> future : futures) {
                outcomes.add(Results.of(future));
            }
            return outcomes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SweepException("interrupted while " + trials.size() + " trainings of a sweep were running", e);
        } finally {
            end(executor);
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

    /** Trainings that are interrupted keep a checkpoint first. */
    private static void end(ExecutorService executor) {
        executor.shutdownNow();
        try {
            executor.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
