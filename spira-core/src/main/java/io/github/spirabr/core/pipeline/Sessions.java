package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.internal.MissingValue;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sessions of subjects, such as visits; a session is known by its subject and its name. */
final class Sessions {

    private Sessions() {}

    /** Returns whether any of the recordings tells its session. */
    static boolean areKnown(List<Recording> recordings) {
        return recordings.stream().anyMatch(one -> one.session().isPresent());
    }

    /** Returns the sessions by the ids of recordings; the sign of a missing value for those that have none. */
    static Map<String, String> byRecording(List<Recording> recordings) {
        Map<String, String> sessions = new HashMap<>();
        recordings.forEach(one -> sessions.put(one.id(), one.session().orElse(MissingValue.SIGN)));
        return sessions;
    }

    /**
     * Returns one answer for each session and class of a subject in place of one for each recording: the mean of the
     * recordings' probabilities. Recordings of a subject that tell no session count as one.
     *
     * @param recordings those that were answered
     */
    static Evaluation of(Evaluation answers, List<Recording> recordings) {
        Map<String, String> sessions = byRecording(recordings);
        Map<List<Object>, List<RecordingScore>> grouped = new LinkedHashMap<>();
        for (RecordingScore one : answers.scores()) {
            String session = sessions.getOrDefault(one.recording(), MissingValue.SIGN);
            grouped.computeIfAbsent(List.of(one.subject(), session, one.label()), any -> new ArrayList<>()).add(one);
        }
        List<RecordingScore> merged = new ArrayList<>();
        grouped.forEach((key, its) -> merged.add(new RecordingScore(key.get(0) + " " + key.get(1), its.get(0).subject(),
                its.get(0).label(), Aggregation.mean().of(its.stream().mapToDouble(RecordingScore::probability).toArray()),
                its.stream().map(RecordingScore::probability).toList())));
        return Evaluation.of(merged, answers.threshold());
    }
}
