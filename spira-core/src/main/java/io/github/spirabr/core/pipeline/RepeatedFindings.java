package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The results of several trainings of one pipeline.
 *
 * @param seeds seeds, in their order
 * @param folds number of splits; 1 if there is one split only
 * @param runs fold by fold, and in each fold seed by seed
 */
public record RepeatedFindings(List<Long> seeds, int folds, List<TrainingRun> runs) {

    private static final int REPLICATES = 2000;

    /** Copies the lists. */
    public RepeatedFindings {
        seeds = List.copyOf(seeds);
        runs = List.copyOf(runs);
        if (runs.size() != seeds.size() * folds) {
            throw new IllegalArgumentException(
                    "there must be a run for each of " + folds + " folds and " + seeds.size() + " seeds, but were " + runs.size());
        }
    }

    /**
     * Returns the mean, standard deviation and interval over the trainings of each recording-level metric, in the order
     * of {@link Metric}. With folds, each value is the mean of a fold's seeds; with one split, it is a seed's.
     */
    public List<MetricEstimates.Spread> spread() {
        double overlap = 0;
        if (folds > 1) {
            double tested = 0;
            double trained = 0;
            for (TrainingRun run : runs) {
                tested += run.split().test().recordings().size();
                trained += run.split().training().recordings().size();
            }
            overlap = tested / trained;
        }
        double ratio = overlap;
        return Arrays.stream(Metric.values()).map(metric -> MetricEstimates.Spread.of(metric, values(metric), ratio)).toList();
    }

    private List<Double> values(Metric metric) {
        List<Double> all = runs.stream().map(run -> run.test().value(metric)).toList();
        if (folds == 1) {
            return all;
        }
        List<Double> ofFolds = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            ofFolds.add(all.subList(fold * seeds.size(), (fold + 1) * seeds.size()).stream()
                    .mapToDouble(Double::doubleValue).filter(one -> !Double.isNaN(one)).average().orElse(Double.NaN));
        }
        return ofFolds;
    }

    /**
     * Returns the combined answers of all seeds' models, see {@link Evaluation#mean}; with folds, each recording is
     * answered by the models of the fold whose training did not include its subject, see {@link Evaluation#pool}.
     *
     * @throws IllegalArgumentException if the seeds' test sets differ, see {@link RepeatedTraining#split}
     */
    public Evaluation ensemble() {
        List<Evaluation> ofFolds = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            ofFolds.add(Evaluation.mean(runs.subList(fold * seeds.size(), (fold + 1) * seeds.size()).stream()
                    .map(TrainingRun::test).toList()));
        }
        return Evaluation.pool(ofFolds);
    }

    /**
     * Returns the answers of one seed's models to the recordings of all folds, each by the model whose training did not
     * include its subject.
     *
     * @param seed one of {@link #seeds}
     */
    public Evaluation outOfFold(long seed) {
        int place = seeds.indexOf(seed);
        if (place < 0) {
            throw new IllegalArgumentException("the seed must be that of a training, but was " + seed + "; seeds are " + seeds);
        }
        List<Evaluation> ofFolds = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            ofFolds.add(runs.get(fold * seeds.size() + place).test());
        }
        return Evaluation.pool(ofFolds);
    }

    /** Returns recording-level metrics of the {@link #ensemble} for every group of every column; throws the same exceptions. */
    public List<GroupMetrics> groups() {
        List<Recording> tested = runs.stream().flatMap(run -> run.split().test().recordings().stream()).toList();
        return GroupMetrics.of(ensemble(), tested, REPLICATES, seeds.get(0));
    }

    /**
     * Returns the metrics of the {@link #ensemble}, with 95 % intervals by bootstrap over subjects; throws the same
     * exceptions.
     */
    public MetricEstimates ensembleMetrics() {
        return MetricEstimates.of(ensemble(), REPLICATES, seeds.get(0));
    }
}
