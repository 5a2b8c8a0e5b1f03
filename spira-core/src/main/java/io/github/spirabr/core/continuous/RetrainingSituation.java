package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Metric;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a trigger is asked about: what has changed since the last training.
 *
 * @param trainedRecordings how many recordings there were at the last training; 0 if there was none
 * @param newRecordings how many are new, or have a new label, subject or content
 * @param newSubjects how many of their subjects are new
 * @param withdrawnRecordings how many are gone
 * @param age how long the last training is past; empty if there was none
 * @param held the champion's figures on held-out recordings when it was promoted; empty if they are not known
 * @param fresh its figures on what is new; empty if there is no champion, or nothing new
 */
public record RetrainingSituation(
        int trainedRecordings,
        int newRecordings,
        int newSubjects,
        int withdrawnRecordings,
        Optional<Duration> age,
        Map<Metric, Double> held,
        Map<Metric, Double> fresh) {

    /** Copies the maps. */
    public RetrainingSituation {
        held = copy(held);
        fresh = copy(fresh);
    }

    private static Map<Metric, Double> copy(Map<Metric, Double> figures) {
        Map<Metric, Double> copy = new EnumMap<>(Metric.class);
        copy.putAll(figures);
        return Collections.unmodifiableMap(copy);
    }
}
