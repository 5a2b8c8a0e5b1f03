package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.internal.MissingValue;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The difference of a metric between a group of recordings and the others, such as a hospital's.
 *
 * @param column column of the manifest by which recordings are grouped, as in {@link GroupMetrics}
 * @param group the group
 * @param others the other group of a column with two groups; {@code (others)} with more
 * @param metric one of {@link #METRICS}
 * @param difference the group's value minus that of the others; the interval combines those of both (Zou and Donner 2008), and
 *     is too wide where subjects have recordings in both
 * @param p p-value of no difference, at which the interval would end at 0; NaN without an interval
 * @param adjusted the p-value by Holm's method for all gaps that are computed together (Holm 1979)
 */
public record GroupGap(
        String column, String group, String others, Metric metric, Estimate difference, double p, double adjusted) {

    /** The metrics that are compared, none of which depends on the share of patients in a group. */
    public static final List<Metric> METRICS = List.of(Metric.SENSITIVITY, Metric.SPECIFICITY, Metric.AUROC);

    private static final String OTHERS = "(others)";
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
    private static final double Z = NORMAL.inverseCumulativeProbability(0.975);

    /**
     * Compares every group of every column with the others of the column; of two groups the first. Recordings without a value are
     * in no group.
     *
     * @param evaluation the answers
     * @param recordings the evaluated recordings, with their metadata
     * @param replicates number of bootstrap replicates for the intervals, at least 100
     * @param seed seed of the draws
     */
    public static List<GroupGap> of(Evaluation evaluation, List<Recording> recordings, int replicates, long seed) {
        List<Recording> answered = GroupMetrics.answered(evaluation, recordings);
        List<GroupGap> gaps = new ArrayList<>();
        for (String column : GroupMetrics.columns(answered)) {
            Groups groups = Groups.of(column, answered);
            List<String> names = groups.names().stream().filter(name -> !MissingValue.isMissing(name)).toList();
            boolean pair = names.size() == 2;
            for (String name : pair ? names.subList(0, 1) : names.size() > 2 ? names : List.<String>of()) {
                String others = pair ? names.get(1) : OTHERS;
                gaps.addAll(between(evaluation, groups.byRecording(), column, name, others, replicates, seed));
            }
        }
        double[] adjusted = holm(gaps.stream().mapToDouble(GroupGap::p).toArray());
        return IntStream.range(0, gaps.size()).mapToObj(i -> gaps.get(i).withAdjusted(adjusted[i])).toList();
    }

    private static List<GroupGap> between(
            Evaluation evaluation, Map<String, String> groups, String column, String group, String others, int replicates,
            long seed) {
        Evaluation own = evaluation.where(one -> group.equals(groups.get(one.recording()))).orElseThrow();
        Evaluation rest = evaluation.where(one -> !MissingValue.isMissing(groups.get(one.recording()))
                && !group.equals(groups.get(one.recording()))).orElseThrow();
        MetricEstimates first = MetricEstimates.of(own, METRICS, replicates, seed);
        MetricEstimates second = MetricEstimates.of(rest, METRICS, replicates, seed);
        return METRICS.stream().map(metric -> {
            Estimate difference = difference(first.metric(metric), second.metric(metric));
            return new GroupGap(column, group, others, metric, difference, p(difference), Double.NaN);
        }).toList();
    }

    private static Estimate difference(MetricEstimate one, MetricEstimate other) {
        double difference = one.value() - other.value();
        return Estimate.of(difference,
                difference - Math.hypot(one.value() - one.lower(), other.upper() - other.value()),
                difference + Math.hypot(one.upper() - one.value(), other.value() - other.lower()));
    }

    /** Returns the p-value by the arm of the interval that points to 0. */
    private static double p(Estimate difference) {
        double arm = difference.value() > 0 ? difference.value() - difference.lower() : difference.upper() - difference.value();
        return difference.value() == 0 && !Double.isNaN(arm) ? 1
                : 2 * NORMAL.cumulativeProbability(-Z * Math.abs(difference.value()) / arm);
    }

    /** Returns p-values adjusted by Holm's method; those that are NaN stay so, and do not count. */
    static double[] holm(double[] values) {
        double[] adjusted = new double[values.length];
        Arrays.fill(adjusted, Double.NaN);
        int[] order = IntStream.range(0, values.length).filter(i -> !Double.isNaN(values[i])).boxed()
                .sorted((one, other) -> Double.compare(values[one], values[other])).mapToInt(one -> one).toArray();
        double largest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            largest = Math.max(largest, Math.min(1, (order.length - rank) * values[order[rank]]));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }

    private GroupGap withAdjusted(double value) {
        return new GroupGap(column, group, others, metric, difference, p, value);
    }
}
