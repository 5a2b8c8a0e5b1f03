package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.evaluation.ScoreTable.Sweep;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A curve of a model's answers over all thresholds, with a confidence band. The band is by bootstrap over subjects and
 * holds pointwise: at each x, 95 % of the replicates lie in it (percentiles, widened where subjects are few, as those
 * of {@link PairedComparison}). Where the curve is at 0 or 1, which replicates hardly leave, and everywhere if a class
 * has fewer than {@value #FEW} subjects, too few to draw from, the band reaches at least as far as the exact interval
 * of Clopper and Pearson (1934) for as many answers as there are subjects: of the patients for sensitivity, of those
 * classified as patient for precision. As sensitivity never falls, neither do its band's ends.
 *
 * @param points one for each probability that was given, from the largest threshold down; the receiver operating
 *     characteristic begins with (0, 0), which no threshold but one above all answers reaches
 * @param band at 101 places of x from 0 to 1; empty without points
 */
public record Curve(List<Point> points, List<Band> band) {

    /**
     * A point of the curve.
     *
     * @param x false positive rate (1 - specificity), or recall (sensitivity)
     * @param y true positive rate (sensitivity), or precision (positive predictive value)
     * @param threshold recordings of this probability or more are classified as patient; infinite at (0, 0)
     */
    public record Point(double x, double y, double threshold) {}

    /**
     * The confidence interval of the curve at one x.
     *
     * @param x value on the horizontal axis of the points
     * @param lower end of the 95 % confidence interval of y, NaN if undefined
     * @param upper end of the 95 % confidence interval of y, NaN if undefined
     */
    public record Band(double x, double lower, double upper) {}

    /** The least number of subjects of a class for which the bootstrap alone is precise enough. */
    static final int FEW = 20;

    private static final double TAIL = 0.025;
    private static final int PLACES = 101;

    /** Copies the lists. */
    public Curve {
        points = List.copyOf(points);
        band = List.copyOf(band);
    }

    /**
     * Computes sensitivity over 1 - specificity (receiver operating characteristic). Points are joined by straight
     * lines, under which the area is {@link Metric#AUROC}. Without points unless both classes are present.
     *
     * @param evaluation the answers
     * @param replicates number of bootstrap replicates, at least 100; 2000 is usual
     * @param seed seed of the draws
     */
    public static Curve roc(Evaluation evaluation, int replicates, long seed) {
        requireReplicates(replicates);
        return has(evaluation, Label.PATIENT) && has(evaluation, Label.CONTROL)
                ? of(evaluation, Kind.ROC, replicates, seed) : new Curve(List.of(), List.of());
    }

    /**
     * Computes precision over recall. The precision at a recall is that of the largest threshold that reaches it; the
     * mean of these over recall is {@link Metric#AUPRC}. Without points unless there are patients.
     *
     * @param evaluation the answers
     * @param replicates number of bootstrap replicates, at least 100; 2000 is usual
     * @param seed seed of the draws
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
        Sweep sweep = table.sweep(bootstrap.everyone());
        double[] own = kind.heights(sweep);
        double tail = bootstrap.widened(TAIL);
        boolean few = isFew(evaluation);
        double[] lower = new double[PLACES];
        double[] upper = new double[PLACES];
        for (int place = 0; place < PLACES; place++) {
            int trials = kind.trials(evaluation, sweep, place);
            double[] interval = interval(own[place], drawn[place], tail, trials, few);
            lower[place] = interval[0];
            upper[place] = interval[1];
        }
        kind.smooth(lower, upper);
        List<Band> band = new ArrayList<>(PLACES);
        for (int place = 0; place < PLACES; place++) {
            band.add(new Band(x(place), lower[place], upper[place]));
        }
        return new Curve(kind.points(sweep), band);
    }

    private static int subjects(Evaluation evaluation, Predicate<RecordingScore> which) {
        return (int) evaluation.scores().stream().filter(which).map(RecordingScore::subject).distinct().count();
    }

    private static double x(int place) {
        return place / (PLACES - 1.0);
    }

    /** Returns whether one of the classes present has few subjects. */
    static boolean isFew(Evaluation evaluation) {
        return Stream.of(Label.values())
                .mapToInt(label -> subjects(evaluation, score -> score.label() == label))
                .anyMatch(count -> count > 0 && count < FEW);
    }

    /**
     * Computes a confidence interval by bootstrap, extended by the exact interval where needed.
     *
     * @param own the share itself
     * @param drawn the share in each replicate, NaN where it is not defined
     * @param tail share of the replicates on either side
     * @param trials number of independent answers that the share counts, at least 1
     * @param few whether the exact interval is always included
     */
    static double[] interval(double own, double[] drawn, double tail, int trials, boolean few) {
        double[] defined = Arrays.stream(drawn).filter(one -> !Double.isNaN(one)).sorted().toArray();
        if (Double.isNaN(own) || defined.length < drawn.length / 2 || defined.length == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double lower = SubjectBootstrap.quantile(defined, tail);
        double upper = SubjectBootstrap.quantile(defined, 1 - tail);
        if (few || own == 0 || own == 1) {
            double[] exact = EdgeIntervals.exact(own, trials);
            lower = Math.min(lower, exact[0]);
            upper = Math.max(upper, exact[1]);
        }
        return new double[] {Math.min(lower, own), Math.max(upper, own)};
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

            @Override
            int trials(Evaluation evaluation, Sweep sweep, int place) {
                return subjects(evaluation, score -> score.label() == Label.PATIENT);
            }

            @Override
            void smooth(double[] lower, double[] upper) {
                for (int place = 1; place < PLACES; place++) {
                    lower[place] = Math.max(lower[place], lower[place - 1]);
                    upper[PLACES - 1 - place] = Math.min(upper[PLACES - 1 - place], upper[PLACES - place]);
                }
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

            @Override
            int trials(Evaluation evaluation, Sweep sweep, int place) {
                double patients = last(sweep.truePositives());
                int i = 0;
                while (sweep.truePositives()[i] / patients < x(place)) {
                    i++;
                }
                double threshold = sweep.thresholds()[i];
                return subjects(evaluation, score -> score.probability() >= threshold);
            }

            @Override
            void smooth(double[] lower, double[] upper) {
                // Precision goes up and down.
            }
        };

        abstract List<Point> points(Sweep sweep);

        /** Returns the curve's y at each of the places. */
        abstract double[] heights(Sweep sweep);

        /** Returns the number of subjects that the curve's y at a place is computed from. */
        abstract int trials(Evaluation evaluation, Sweep sweep, int place);

        /** Makes the band's ends monotonic where the curve is. */
        abstract void smooth(double[] lower, double[] upper);

        static double precision(Sweep sweep, int i) {
            return sweep.truePositives()[i] / (sweep.truePositives()[i] + sweep.falsePositives()[i]);
        }

        static double last(double[] values) {
            return values[values.length - 1];
        }
    }
}
