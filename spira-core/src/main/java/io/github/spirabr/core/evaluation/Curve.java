package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.evaluation.ScoreTable.Sweep;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a model's answers do at every threshold, with how sure that is. The band is by bootstrap over subjects and holds
 * point by point: at each x, 95 % of the replicates lie in it (percentiles, widened where subjects are few, as those of
 * {@link PairedComparison}). Where every replicate has the same value, 0 or 1, it is the exact interval of Clopper and
 * Pearson (1934) for as many answers as there are subjects.
 *
 * @param points one for each probability that was given, from the largest threshold down; the receiver operating
 *     characteristic begins with (0, 0), which no threshold but one above all answers reaches
 * @param band at 101 places of x from 0 to 1; empty where there are no points
 */
public record Curve(List<Point> points, List<Band> band) {

    /**
     * A place of the curve.
     *
     * @param x false positive rate (1 - specificity), or recall (sensitivity)
     * @param y true positive rate (sensitivity), or precision (positive predictive value)
     * @param threshold recordings of this probability or more are called patients; infinite at (0, 0)
     */
    public record Point(double x, double y, double threshold) {}

    /**
     * Where the curve may lie at one x.
     *
     * @param x as of the points
     * @param lower end of the 95 % confidence interval of y, NaN where there is none
     * @param upper end of the 95 % confidence interval of y, NaN where there is none
     */
    public record Band(double x, double lower, double upper) {}

    private static final double TAIL = 0.025;
    private static final int PLACES = 101;

    /** Copies the lists. */
    public Curve {
        points = List.copyOf(points);
        band = List.copyOf(band);
    }

    /**
     * Sensitivity over 1 - specificity (receiver operating characteristic). Points are joined by straight lines, under
     * which the area is {@link Metric#AUROC}. Without points unless both classes are there.
     *
     * @param evaluation whose answers
     * @param replicates how often subjects are drawn, at least 100; 2000 is usual
     * @param seed of the draws
     */
    public static Curve roc(Evaluation evaluation, int replicates, long seed) {
        requireReplicates(replicates);
        return has(evaluation, Label.PATIENT) && has(evaluation, Label.CONTROL)
                ? of(evaluation, Kind.ROC, replicates, seed) : new Curve(List.of(), List.of());
    }

    /**
     * Precision over recall. The precision of a recall is that of the largest threshold that reaches it; the mean of
     * these over recall is {@link Metric#AUPRC}. Without points unless there are patients.
     *
     * @param evaluation whose answers
     * @param replicates how often subjects are drawn, at least 100; 2000 is usual
     * @param seed of the draws
     */
    public static Curve precisionRecall(Evaluation evaluation, int replicates, long seed) {
        requireReplicates(replicates);
        return has(evaluation, Label.PATIENT)
                ? of(evaluation, Kind.PRECISION_RECALL, replicates, seed) : new Curve(List.of(), List.of());
    }

    static void requireReplicates(int replicates) {
        if (replicates < 100) {
            throw new IllegalArgumentException("the replicates must be at least 100, but were " + replicates);
        }
    }

    private static boolean has(Evaluation evaluation, Label label) {
        return evaluation.scores().stream().anyMatch(score -> score.label() == label);
    }

    private static Curve of(Evaluation evaluation, Kind kind, int replicates, long seed) {
        SubjectBootstrap bootstrap = new SubjectBootstrap(evaluation.scores(), seed);
        ScoreTable table = new ScoreTable(evaluation.scores(), bootstrap.numbers(evaluation.scores()));
        double[][] drawn = new double[PLACES][replicates];
        for (int r = 0; r < replicates; r++) {
            double[] heights = kind.heights(table.sweep(bootstrap.weights(r)));
            for (int place = 0; place < PLACES; place++) {
                drawn[place][r] = heights[place];
            }
        }
        int subjects = kind == Kind.ROC ? subjects(evaluation, Label.PATIENT) : bootstrap.subjects();
        double tail = bootstrap.widened(TAIL);
        List<Band> band = new ArrayList<>(PLACES);
        for (int place = 0; place < PLACES; place++) {
            double[] interval = interval(drawn[place], tail, subjects);
            band.add(new Band(x(place), interval[0], interval[1]));
        }
        return new Curve(kind.points(table.sweep(bootstrap.everyone())), band);
    }

    private static int subjects(Evaluation evaluation, Label label) {
        return (int) evaluation.scores().stream()
                .filter(score -> score.label() == label).map(RecordingScore::subject).distinct().count();
    }

    private static double x(int place) {
        return place / (PLACES - 1.0);
    }

    /**
     * @param drawn a share in each replicate, NaN where it is not defined
     * @param tail share of the replicates on either side
     * @param trials how many independent answers the share counts
     */
    static double[] interval(double[] drawn, double tail, int trials) {
        double[] defined = Arrays.stream(drawn).filter(one -> !Double.isNaN(one)).sorted().toArray();
        if (defined.length < drawn.length / 2 || defined.length == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double least = defined[0];
        double most = defined[defined.length - 1];
        double end = Math.pow(TAIL, 1.0 / trials);
        if (least == 1) {
            return new double[] {end, 1};
        }
        if (most == 0) {
            return new double[] {0, 1 - end};
        }
        return new double[] {
            SubjectBootstrap.quantile(defined, tail), SubjectBootstrap.quantile(defined, 1 - tail)
        };
    }

    private enum Kind {
        ROC {
            @Override
            List<Point> points(Sweep sweep) {
                double controls = last(sweep.falsePositives());
                double patients = last(sweep.truePositives());
                List<Point> points = new ArrayList<>();
                points.add(new Point(0, 0, Double.POSITIVE_INFINITY));
                for (int i = 0; i < sweep.thresholds().length; i++) {
                    points.add(new Point(sweep.falsePositives()[i] / controls, sweep.truePositives()[i] / patients,
                            sweep.thresholds()[i]));
                }
                return points;
            }

            @Override
            double[] heights(Sweep sweep) {
                double controls = last(sweep.falsePositives());
                double patients = last(sweep.truePositives());
                double[] heights = new double[PLACES];
                Arrays.fill(heights, controls > 0 && patients > 0 ? 1 : Double.NaN);
                int place = 0;
                double x = 0;
                double y = 0;
                for (int i = 0; i < sweep.thresholds().length; i++) {
                    double nextX = sweep.falsePositives()[i] / controls;
                    double nextY = sweep.truePositives()[i] / patients;
                    for (; place < PLACES - 1 && x(place) < nextX; place++) {
                        heights[place] = y + (nextY - y) * (x(place) - x) / (nextX - x);
                    }
                    x = nextX;
                    y = nextY;
                }
                return heights;
            }
        },
        PRECISION_RECALL {
            @Override
            List<Point> points(Sweep sweep) {
                double patients = last(sweep.truePositives());
                List<Point> points = new ArrayList<>();
                for (int i = 0; i < sweep.thresholds().length; i++) {
                    points.add(new Point(sweep.truePositives()[i] / patients, precision(sweep, i), sweep.thresholds()[i]));
                }
                return points;
            }

            @Override
            double[] heights(Sweep sweep) {
                double patients = last(sweep.truePositives());
                double[] heights = new double[PLACES];
                Arrays.fill(heights, Double.NaN);
                int place = 0;
                for (int i = 0; i < sweep.thresholds().length; i++) {
                    double called = sweep.truePositives()[i] + sweep.falsePositives()[i];
                    for (; called > 0 && place < PLACES && x(place) <= sweep.truePositives()[i] / patients; place++) {
                        heights[place] = precision(sweep, i);
                    }
                }
                return heights;
            }
        };

        abstract List<Point> points(Sweep sweep);

        /** The curve's y at each of the places. */
        abstract double[] heights(Sweep sweep);

        static double precision(Sweep sweep, int i) {
            return sweep.truePositives()[i] / (sweep.truePositives()[i] + sweep.falsePositives()[i]);
        }

        static double last(double[] values) {
            return values[values.length - 1];
        }
    }
}
