package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Folds;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.internal.TrainingsAtATime;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that is trained with several seeds, on several folds, or both, to measure the variance of its metrics. Each
 * training is a run of its own, whose model is saved under a name of its own, such as {@code spira-fold-1-seed-7}. Trainings may
 * run at the same time; results and order are the same, except for networks that draw from a generator of the whole process
 * (Deeplearning4j's own layers with dropout), which must be trained one at a time. Immutable; each {@link #run} is an experiment
 * of its own.
 *
 * <pre>{@code
 * // given: TrainingPipeline pipeline, Splitter split
 * RepeatedFindings findings = RepeatedTraining.of("spira", training -> pipeline.toBuilder())
 *         .seeds(1, 2, 3, 4, 5)
 *         .split(split, 42)
 *         .atATime(2, 0)
 *         .run();
 * System.out.println(findings.ensembleMetrics().metric(Metric.AUROC));
 * }</pre>
 */
public final class RepeatedTraining {

    private final Function<Training, TrainingPipeline.Builder> pipeline;
    private final String modelName;
    private final List<Long> seeds;
    private final @Nullable SplitPlan plan;
    private final int atATime;
    private final long bytesEach;

    private RepeatedTraining(
            Function<Training, TrainingPipeline.Builder> pipeline,
            String modelName,
            List<Long> seeds,
            @Nullable SplitPlan plan,
            int atATime,
            long bytesEach) {
        this.pipeline = pipeline;
        this.modelName = modelName;
        this.seeds = seeds;
        this.plan = plan;
        this.atATime = atATime;
        this.bytesEach = bytesEach;
    }

    /**
     * One training of several.
     *
     * @param fold counted from 1; 0 where there are no folds
     * @param seed seed of this training
     * @param modelName under which its model is saved
     */
    public record Training(int fold, long seed, String modelName) {}

    /** All splits, known when the recordings are. */
    private interface SplitPlan {
        List<Splitter> splits();
    }

    /**
     * Returns a training with the seed 0, on the pipeline's own split. If that split depends on the run's seed, each
     * seed has a split of its own, and there is no ensemble; see {@link #split}.
     *
     * @param modelName the beginning of the names of all models
     * @param pipeline creates a builder for each training, with everything but seed, split and the model's name; each
     *     needs a checkpoint store of its own, if any. Called on the thread that calls {@link #run}
     */
    public static RepeatedTraining of(String modelName, Function<Training, TrainingPipeline.Builder> pipeline) {
        return new RepeatedTraining(pipeline, ModelVersion.requireName(modelName), List.of(0L), null, 1, 0);
    }

    /** Returns a copy with these seeds, at least one, all different. */
    public RepeatedTraining seeds(long... values) {
        return new RepeatedTraining(pipeline, modelName, TrainingsAtATime.seeds(values), plan, atATime, bytesEach);
    }

    /**
     * Returns a copy that trains all seeds on one split.
     *
     * @param splitter such as the pipeline's own
     * @param seed seed of the split, the same for all trainings
     */
    public RepeatedTraining split(Splitter splitter, long seed) {
        return new RepeatedTraining(
                pipeline, modelName, seeds, () -> List.of(splitter.withSeed(seed)), atATime, bytesEach);
    }

    /**
     * Returns a copy that trains on each of these folds, in place of the pipeline's own split.
     *
     * @param recordings recordings that the folds are of; the pipeline's own
     * @param folds several splits, each subject tested on once
     * @param seed seed of the folds, the same for all trainings
     */
    public RepeatedTraining folds(RecordingSource recordings, Folds folds, long seed) {
        return new RepeatedTraining(
                pipeline, modelName, seeds, () -> checked(recordings.load(), folds, seed), atATime, bytesEach);
    }

    /** All folds are known to be usable before the first is trained, which takes hours. */
    private static List<Splitter> checked(Dataset dataset, Folds folds, long seed) {
        List<Splitter> splitters = folds.of(dataset.withoutAmbient(), seed);
        List<String> faults = new ArrayList<>();
        for (Splitter splitter : splitters) {
            try {
                dataset.split(splitter, seed);
            } catch (InvalidDatasetException e) {
                faults.add(SplitAuditing.name(splitter) + ": " + String.join("; ", e.faults()));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(dataset.name(), faults);
        }
        return splitters;
    }

    /**
     * Returns a copy that runs so many trainings at a time, as far as memory allows. They share the template's threads evenly,
     * and the default cache; a cache size that the template sets is that of each training.
     *
     * @param trainings at least 1
     * @param memoryEach bytes of the heap that a training needs; no more run at a time than have room in three quarters of
     *     the heap. 0 if it does not matter
     */
    public RepeatedTraining atATime(int trainings, long memoryEach) {
        if (trainings < 1 || memoryEach < 0) {
            throw new IllegalArgumentException("there must be at least 1 training at a time, each with 0 bytes or more, but"
                    + " were " + trainings + " with " + memoryEach);
        }
        return new RepeatedTraining(pipeline, modelName, seeds, plan, trainings, memoryEach);
    }

    /** Returns the number of parallel trainings, limited by their number and memory; at least 1. */
    public int workers() {
        long room = bytesEach == 0 ? atATime : Runtime.getRuntime().maxMemory() / 4 * 3 / bytesEach;
        return (int) Math.max(1, Math.min(atATime, room));
    }

    /**
     * Runs all trainings.
     *
     * @throws io.github.spirabr.core.SpiraException if one of them fails, which stops the others; the models of completed
     *     trainings are saved
     */
    public RepeatedFindings run() {
        List<Splitter> splits = plan == null ? List.of() : plan.splits();
        List<TrainingPipeline> trainings = new ArrayList<>();
        for (int fold = 0; fold < Math.max(1, splits.size()); fold++) {
            for (long seed : seeds) {
                Training training = training(splits.size() < 2 ? 0 : fold + 1, seed);
                TrainingPipeline.Builder builder = pipeline.apply(training)
                        .seed(seed)
                        .modelName(training.modelName)
                        .sharedBy(workers());
                trainings.add((splits.isEmpty() ? builder : builder.split(splits.get(fold))).build());
            }
        }
        return new RepeatedFindings(seeds, Math.max(1, splits.size()), results(trainings));
    }

    private Training training(int fold, long seed) {
        String number = seed < 0 ? "minus-" + Long.toString(seed).substring(1) : Long.toString(seed);
        return new Training(fold, seed, modelName + (fold == 0 ? "" : "-fold-" + fold) + "-seed-" + number);
    }

    private List<TrainingRun> results(List<TrainingPipeline> trainings) {
        try {
            return TrainingsAtATime.run(
                    trainings.stream().map(training -> (Callable<TrainingRun>) training::run).toList(), workers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException("interrupted while " + trainings.size() + " trainings were running", e);
        }
    }
}
