package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The metrics of one group of recordings, such as a hospital's or an age band's.
 *
 * @param column column of the manifest by which recordings are grouped
 * @param group the column's value; the band of it, such as {@code 60-69}, where it is a number; {@code ?} where it is
 *     missing
 * @param metrics {@link #METRICS}, each with the group's answers and subjects; marked imprecise where these are few
 */
public record GroupMetrics(String column, String group, MetricEstimates metrics) {

    /** The metrics that are reported for each group. */
    public static final List<Metric> METRICS = List.of(
            Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.SENSITIVITY, Metric.SPECIFICITY, Metric.AUROC);

    /**
     * Computes the metrics of every group of every column, columns sorted by name. A column with only one value, or
     * with a different one for nearly every recording, such as an id, is left out. Numbers are divided into bands: ages
     * (a column called {@code age} or {@code idade}) of ten years, others by their quartiles. Of more than {@value
     * Groups#MOST} values of a column the rarest form one group, {@code (others)}.
     *
     * @param evaluation the answers
     * @param recordings the evaluated recordings, with their metadata
     * @param replicates number of bootstrap replicates for the intervals, at least 100
     * @param seed seed of the draws
     */
    public static List<GroupMetrics> of(
            Evaluation evaluation, List<Recording> recordings, int replicates, long seed) {
        List<Recording> answered = answered(evaluation, recordings);
        List<GroupMetrics> all = new ArrayList<>();
        for (String column : columns(answered)) {
            Groups groups = Groups.of(column, answered);
            Map<String, Evaluation> evaluations = evaluation.byGroup(groups.byRecording());
            for (String group : groups.names()) {
                all.add(new GroupMetrics(
                        column, group, MetricEstimates.of(evaluations.get(group), METRICS, replicates, seed)));
            }
        }
        return List.copyOf(all);
    }

    /** Returns the recordings that were answered, in the order of the answers. */
    static List<Recording> answered(Evaluation evaluation, List<Recording> recordings) {
        Map<String, Recording> byId = new HashMap<>();
        recordings.forEach(recording -> byId.put(recording.id(), recording));
        return evaluation.scores().stream()
                .map(score -> byId.get(score.recording()))
                .filter(recording -> recording != null)
                .toList();
    }

    /** Returns the names of all columns, sorted. */
    static SortedSet<String> columns(List<Recording> recordings) {
        SortedSet<String> columns = new TreeSet<>();
        recordings.forEach(recording -> columns.addAll(recording.metadata().keySet()));
        return columns;
    }
}
