package io.github.spirabr.core.sweep;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.util.Comparator;
import java.util.List;

/**
 * The results of a sweep: all points by the metric of the validation set, and the winner's run, which alone answers to the test
 * set. Immutable.
 */
public final class SweepFindings {

    private final Metric metric;
    private final List<SweptPoint> points;
    private final Trial trial;
    private final TrainingRun winner;

    SweepFindings(Metric metric, List<SweptPoint> points, Trial trial, TrainingRun winner) {
        this.metric = metric;
        this.points = List.copyOf(points);
        this.trial = trial;
        this.winner = winner;
    }

    /** Returns the metric of the validation set by which the points are compared. */
    public Metric metric() {
        return metric;
    }

    /** Returns all points, by number. */
    public List<SweptPoint> points() {
        return points;
    }

    /** Returns all points, the best first: those of later rounds before those that were left behind. */
    public List<SweptPoint> ranking() {
        return points.stream().sorted(order(metric)).toList();
    }

    /** Returns the best point. */
    public SweptPoint best() {
        return ranking().get(0);
    }

    /** Returns the training of the winner: its settings, seed and epochs. */
    public Trial winningTrial() {
        return trial;
    }

    /** Returns the run of the best point, whose model is saved. Its validation set chose it, and promises too much. */
    public TrainingRun winner() {
        return winner;
    }

    /** Returns the epochs of all trainings together, without the winner's last run. */
    public long epochs() {
        return points.stream().mapToLong(SweptPoint::epochs).sum();
    }

    /** The best first: a value at all, the latest round, the best mean, the lowest number. */
    static Comparator<SweptPoint> order(Metric metric) {
        return Comparator.<SweptPoint, Boolean>comparing(point -> Double.isNaN(point.mean()))
                .thenComparingInt(point -> -point.round())
                .thenComparingDouble(point -> metric.moreIsBetter() ? -point.mean() : point.mean())
                .thenComparingInt(SweptPoint::number);
    }
}
