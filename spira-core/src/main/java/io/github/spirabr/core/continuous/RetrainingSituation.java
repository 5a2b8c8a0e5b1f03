package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Metric;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The situation that a trigger is evaluated on: the changes since the last training.
 *
 * @param trainedRecordings number of recordings at the last training; 0 if there was none
 * @param newRecordings number of recordings that are new, or have a new label, subject or content
 * @param newSubjects number of their subjects that are new
 * @param withdrawnRecordings number of removed recordings
 * @param age time since the last training; empty if there was none
 * @param held the champion's metrics on held-out recordings at its promotion; empty if they are not known
 * @param fresh its metrics on new recordings; empty if there is no champion, or nothing new
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
