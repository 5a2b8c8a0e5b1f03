package io.github.spirabr.core.sweep;

import io.github.spirabr.core.MissingPartsException;
import io.github.spirabr.core.dataset.Folds;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.internal.TrainingsAtATime;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A sweep over settings of a pipeline: trains many points, compares them by a metric of the validation set or of inner folds,
 * and trains and tests the best of them once. No training but the winner's answers to the test set; see {@link
 * TrainingPipeline#fit}. With a work store, trainings that were completed are found again, and an interrupted one is resumed. The
 * points, their order and the winner are the same on any number of threads. Immutable; each {@link #run} is a sweep of its own.
 *
 * <pre>{@code
 * // given: TrainingPipeline pipeline, DoubleFunction<ModelTrainer> trainerOf
 * SweepFindings findings = Sweep.builder()
 *         .pipeline(trial -> pipeline.toBuilder().trainer(trainerOf.apply(trial.number("learningRate"))))
 *         .addSetting(SweptSetting.logRange("learningRate", 1e-4, 1e-2).steps(5))
 *         .seeds(1, 2)
 *         .build()
 *         .run();
 * System.out.println(findings.best().settings() + ": " + findings.winner().test().metric(Metric.AUROC));
 * }</pre>
 */
public final class Sweep {

    private final Function<Trial, TrainingPipeline.Builder> pipeline;
    private final List<SweptSetting> settings;
    private final List<Map<String, Object>> points;
    private final SweepStrategy strategy;
    private final Metric metric;
    private final List<Long> seeds;
    private final @Nullable Splitter split;
    private final @Nullable Inner inner;
    private final int atATime;
    private final SweepListener listener;

    private Sweep(Builder builder, Function<Trial, TrainingPipeline.Builder> pipeline) {
        this.pipeline = pipeline;
        this.settings = List.copyOf(builder.settings);
        this.points = builder.strategy.points(settings);
        this.strategy = builder.strategy;
        this.metric = builder.metric;
        this.seeds = builder.seeds;
        this.split = builder.split;
        this.inner = builder.inner;
        this.atATime = builder.atATime;
        this.listener = builder.listener;
    }

    /**
     * Inner folds in place of the validation set.
     *
     * @param seed seed of the split and of the folds
     */
    private record Inner(RecordingSource recordings, int count, long seed) {}

    /** Returns a builder; a pipeline and at least one setting are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the parts of this sweep, so that one of them can be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.pipeline = pipeline;
        builder.settings.addAll(settings);
        builder.strategy = strategy;
        builder.metric = metric;
        builder.seeds = seeds;
        builder.split = split;
        builder.inner = inner;
        builder.atATime = atATime;
        builder.listener = listener;
        return builder;
    }

    /** Returns the settings of all points, in their order. */
    public List<Map<String, Object>> points() {
        return points;
    }

    /**
     * Runs the sweep.
     *
     * @throws io.github.spirabr.core.SpiraException if a training fails for another reason than a diverging loss, which stops
     *     the others, or no point has a value of the metric; with a work store, the completed trainings are kept
     */
    public SweepFindings run() {
        List<Splitter> splits = splits();
        List<OptionalInt> rounds = strategy.rounds();
        Map<Integer, SweptPoint> found = new TreeMap<>();
        List<Integer> remaining = IntStream.rangeClosed(1, points.size()).boxed().toList();
        for (int round = 1; round <= rounds.size(); round++) {
            List<SweptPoint> trained = trained(round, remaining, rounds.get(round - 1), splits);
            trained.forEach(point -> found.merge(point.number(), point, SweptPoint::then));
            remaining = trained.stream().sorted(SweepFindings.order(metric)).limit(strategy.kept(trained.size()))
                    .map(SweptPoint::number).sorted().toList();
        }
        SweptPoint best = found.values().stream().min(SweepFindings.order(metric)).orElseThrow();
        if (Double.isNaN(best.mean())) {
            throw new SweepException("a point of the sweep must have a value of " + metric + " on the validation set, but none has"
                    + best.faults().stream().findFirst().map(fault -> " (" + fault + ")").orElse("")
                    + "; check the settings, and that the validation set has subjects of both classes");
        }
        listener.onBest(best);
        Trial last = trial(best.number(), 0, seeds.get(0), rounds.get(rounds.size() - 1));
        return new SweepFindings(metric, List.copyOf(found.values()), last, builder(last, split, 1).build().run());
    }

    /** Returns the split of each fold; null stands for the pipeline's own. */
    private List<@Nullable Splitter> splits() {
        return inner == null ? Collections.singletonList(split)
                : List.copyOf(Folds.within(Objects.requireNonNull(split), inner.count)
                        .of(inner.recordings.load().withoutAmbient(), inner.seed));
    }

    private Trial trial(int point, int fold, long seed, OptionalInt epochs) {
        return new Trial(point, points.get(point - 1), fold, seed, epochs);
    }

    private TrainingPipeline.Builder builder(Trial trial, @Nullable Splitter its, int trainings) {
        TrainingPipeline.Builder builder = pipeline.apply(trial).seed(trial.seed()).sharedBy(trainings);
        return its == null ? builder : builder.split(its);
    }

    /** Trains the points that remain, each with every fold and seed. */
    private List<SweptPoint> trained(
            int round, List<Integer> remaining, OptionalInt epochs, List<@Nullable Splitter> splits) {
        List<Trial> trials = new ArrayList<>();
        for (int point : remaining) {
            for (int fold = 0; fold < splits.size(); fold++) {
                for (long seed : seeds) {
                    trials.add(trial(point, inner == null ? 0 : fold + 1, seed, epochs));
                }
            }
        }
        int together = Math.min(atATime, trials.size());
        List<Trainings.Outcome> outcomes = new Trainings(
                trial -> builder(trial, splits.get(Math.max(0, trial.fold() - 1)), together).build(), metric, together, listener)
                .of(round, trials);
        int each = splits.size() * seeds.size();
        List<SweptPoint> trained = new ArrayList<>();
        for (int i = 0; i < remaining.size(); i++) {
            int point = remaining.get(i);
            List<Trainings.Outcome> its = outcomes.subList(i * each, (i + 1) * each);
            trained.add(new SweptPoint(point, points.get(point - 1), round,
                    its.stream().mapToInt(Trainings.Outcome::epochs).sum(),
                    its.stream().map(Trainings.Outcome::value).toList(),
                    its.stream().flatMap(one -> one.fault().stream()).toList()));
        }
        return trained;
    }

    /** A builder of sweeps. Methods that begin with {@code add} add a part, all others replace one. Not thread-safe. */
    public static final class Builder {

        private @Nullable Function<Trial, TrainingPipeline.Builder> pipeline;
        private final List<SweptSetting> settings = new ArrayList<>();
        private SweepStrategy strategy = SweepStrategy.grid();
        private Metric metric = Metric.AUROC;
        private List<Long> seeds = List.of(0L);
        private @Nullable Splitter split;
        private @Nullable Inner inner;
        private int atATime = 1;
        private SweepListener listener = new SweepListener() {};

        private Builder() {}

        /**
         * Sets the pipeline of a training; required. It has everything but the seed and, if the sweep sets one, the split. It
         * trains for the epochs of the trial, if the trial has any. Called twice for each training: before a round, so that a wrong
         * one costs nothing, and when the training begins, on a thread of its own.
         */
        public Builder pipeline(Function<Trial, TrainingPipeline.Builder> ofTrial) {
            this.pipeline = ofTrial;
            return this;
        }

        /** Adds a setting that is swept; at least one is required. */
        public Builder addSetting(SweptSetting setting) {
            if (settings.stream().anyMatch(one -> one.name().equals(setting.name()))) {
                throw new IllegalArgumentException(setting.name() + " must be swept once, but is swept twice");
            }
            this.settings.add(setting);
            return this;
        }

        /** Sets the choice of the points; by default all of a grid. */
        public Builder strategy(SweepStrategy choice) {
            this.strategy = choice;
            return this;
        }

        /** Sets the metric of the validation set that chooses; by default AUROC by recording. */
        public Builder metric(Metric chosen) {
            this.metric = chosen;
            return this;
        }

        /**
         * Sets the seeds that each point is trained with, at least one, all different; by default 0. The mean over the seeds
         * counts, and the winner has the first.
         */
        public Builder seeds(long... values) {
            this.seeds = TrainingsAtATime.seeds(values);
            return this;
        }

        /**
         * Sets one split for all trainings; by default each has the pipeline's own, with the training's seed.
         *
         * @param seedOfSplit seed of the split, the same for all trainings
         */
        public Builder split(Splitter splitter, long seedOfSplit) {
            this.split = splitter.withSeed(seedOfSplit);
            this.inner = null;
            return this;
        }

        /**
         * Sets folds within a split: the mean over the validation sets of all folds counts, and the test set of the split is in
         * none of them. The winner is trained on the split itself.
         *
         * @param recordings the pipeline's own
         * @param splitter split whose test set is kept apart
         * @param seedOfSplit seed of the split and the folds
         * @param folds at least 2
         */
        public Builder innerFolds(RecordingSource recordings, Splitter splitter, long seedOfSplit, int folds) {
            if (folds < 2) {
                throw new IllegalArgumentException("there must be at least 2 inner folds, but were " + folds);
            }
            this.split = splitter.withSeed(seedOfSplit);
            this.inner = new Inner(recordings, folds, seedOfSplit);
            return this;
        }

        /** Sets the number of trainings that run at the same time, at least 1; by default 1. They share the pipeline's threads. */
        public Builder atATime(int trainings) {
            if (trainings < 1) {
                throw new IllegalArgumentException("there must be at least 1 training at a time, but were " + trainings);
            }
            this.atATime = trainings;
            return this;
        }

        /** Sets the receiver of the progress; by default there is none. */
        public Builder listener(SweepListener receiver) {
            this.listener = receiver;
            return this;
        }

        /**
         * Builds the sweep.
         *
         * @throws MissingPartsException if required parts are missing; it names all of them
         * @throws IllegalArgumentException if the strategy finds no points in these settings
         */
        public Sweep build() {
            MissingPartsException.check("Sweep").part("a pipeline", "pipeline", pipeline)
                    .part("settings", "addSetting", settings).done();
            return new Sweep(this, Objects.requireNonNull(pipeline));
        }
    }
}
