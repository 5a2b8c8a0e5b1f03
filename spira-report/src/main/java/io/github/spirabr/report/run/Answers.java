package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.ClinicalMetrics;
import io.github.spirabr.core.evaluation.Curve;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluation.CalibrationBin;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.recording.Label;
import java.util.List;

/**
 * Answers of the test set, one for each recording or one for each subject, with all that is drawn of them.
 *
 * @param unit kind of one answer: {@code recording} or {@code subject}
 * @param classes the names of the classes
 * @param estimates every metric
 * @param clinical calibration and clinical use
 */
record Answers(
        String unit,
        Classes classes,
        Evaluation evaluation,
        MetricEstimates estimates,
        ClinicalMetrics clinical,
        Curve roc,
        Curve precisionRecall,
        List<CalibrationBin> calibration,
        List<ScoreBin> histogram) {

    /** The number of bootstrap draws for a band. */
    static final int REPLICATES = 1000;

    private static final int BINS = 20;

    /**
     * Counts the answers of each class by probability.
     *
     * @param from the bin's lower end, within it
     * @param to the bin's upper end, outside of it but for 1
     */
    record ScoreBin(double from, double to, int controls, int patients) {}

    static Answers of(String unit, Classes classes, Evaluation evaluation, MetricEstimates estimates, long seed) {
        return new Answers(
                unit, classes, evaluation, estimates,
                ClinicalMetrics.of(evaluation, ClinicalMetrics.PREVALENCES, REPLICATES, seed),
                Curve.roc(evaluation, REPLICATES, seed),
                Curve.precisionRecall(evaluation, REPLICATES, seed),
                CalibrationBin.of(evaluation, REPLICATES, seed),
                histogram(evaluation));
    }

    private static List<ScoreBin> histogram(Evaluation evaluation) {
        ScoreBin[] bins = new ScoreBin[BINS];
        for (int b = 0; b < BINS; b++) {
            bins[b] = new ScoreBin(b / (double) BINS, (b + 1) / (double) BINS, 0, 0);
        }
        for (RecordingScore score : evaluation.scores()) {
            int b = Math.min(BINS - 1, (int) (score.probability() * BINS));
            boolean patient = score.label() == Label.PATIENT;
            bins[b] = new ScoreBin(bins[b].from, bins[b].to, bins[b].controls + (patient ? 0 : 1),
                    bins[b].patients + (patient ? 1 : 0));
        }
        return List.of(bins);
    }

    long of(Label label) {
        return evaluation.scores().stream().filter(score -> score.label() == label).count();
    }
}
