package io.github.spirabr.core.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * A bin of a calibration curve, which compares the mean predicted probability with the share of patients: of recordings
 * with a probability of 0.8, four of five should be patients. The bins are those of {@link Metric#CALIBRATION_ERROR}.
 *
 * @param from the bin's lower end, exclusive except for 0
 * @param to the bin's upper end, inclusive
 * @param answers number of answers in the bin, at least one
 * @param subjects number of their subjects
 * @param meanProbability mean predicted probability
 * @param patients the share of patients among them
 * @param lower end of the 95 % confidence interval of that share, by bootstrap over subjects as in {@link Curve}; NaN
 *     if undefined
 * @param upper end of that interval
 */
public record CalibrationBin(
        double from,
        double to,
        int answers,
        int subjects,
        double meanProbability,
        double patients,
        double lower,
        double upper) {

    private static final double TAIL = 0.025;

    /**
     * Returns the bins that contain answers, in ascending order.
     *
     * @param evaluation the answers
     * @param replicates number of bootstrap replicates, at least 100; 2000 is usual
     * @param seed of the draws
     */
    public static List<CalibrationBin> of(Evaluation evaluation, int replicates, long seed) {
        Curve.requireReplicates(replicates);
        List<RecordingScore> scores = evaluation.scores();
        SubjectBootstrap bootstrap = new SubjectBootstrap(scores, seed);
        ScoreTable table = new ScoreTable(scores, bootstrap.numbers(scores));
        double[][] drawn = new double[ScoreTable.BINS][replicates];
        for (int r = 0; r < replicates; r++) {
            ScoreTable.BinSums[] sums = table.bins(bootstrap.weights(r));
            for (int b = 0; b < sums.length; b++) {
                drawn[b][r] = sums[b].patients / sums[b].answers;
            }
        }
        ScoreTable.BinSums[] sums = table.bins(bootstrap.everyone());
        double tail = bootstrap.widened(TAIL);
        boolean few = Curve.isFew(evaluation);
        List<CalibrationBin> bins = new ArrayList<>();
        for (int b = 0; b < sums.length; b++) {
            if (sums[b].answers == 0) {
                continue;
            }
            int bin = b;
            int subjects = (int) scores.stream().filter(score -> ScoreTable.bin(score.probability()) == bin)
                    .map(RecordingScore::subject).distinct().count();
            double[] interval = Curve.interval(sums[b].patients / sums[b].answers, drawn[b], tail, subjects, few);
            bins.add(new CalibrationBin(
                    b / (double) sums.length, (b + 1) / (double) sums.length, (int) sums[b].answers, subjects,
                    sums[b].probability / sums[b].answers, sums[b].patients / sums[b].answers, interval[0], interval[1]));
        }
        return List.copyOf(bins);
    }
}
