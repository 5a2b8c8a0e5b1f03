package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.internal.MissingValue;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The sessions of subjects, such as visits; a session is known by its subject and its name. */
final class Sessions {

    private Sessions() {}

    /** Returns whether any of the recordings tells its session. */
    static boolean areKnown(List<Recording> recordings) {
        return recordings.stream().anyMatch(one -> one.session().isPresent());
    }

    /**
     * Checks that the class of a subject does not change between its sessions. Data without sessions pass: there, recordings of
     * both classes of one subject are treated as they always were.
     *
     * @param bySession whether it may change between sessions; it never may within one
     * @throws InvalidDatasetException that names all subjects whose class changes
     */
    static void requireOneClass(Dataset dataset, boolean bySession) {
        if (!areKnown(dataset.recordings())) {
            return;
        }
        SortedMap<String, SortedMap<String, Set<Label>>> subjects = new TreeMap<>();
        for (Recording one : dataset.recordings()) {
            one.session().ifPresent(session -> subjects.computeIfAbsent(one.subject(), any -> new TreeMap<>())
                    .computeIfAbsent(session, any -> EnumSet.noneOf(Label.class)).add(one.label()));
        }
        List<String> faults = new ArrayList<>();
        subjects.forEach((subject, sessions) -> fault(subject, sessions, bySession).ifPresent(faults::add));
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(dataset.name(), faults);
        }
    }

    private static Optional<String> fault(String subject, SortedMap<String, Set<Label>> sessions, boolean bySession) {
        for (Map.Entry<String, Set<Label>> session : sessions.entrySet()) {
            if (session.getValue().size() > 1) {
                return Optional.of("session " + session.getKey() + " of subject " + subject + " must be of one class, but has"
                        + " recordings of both; correct the labels");
            }
        }
        Set<Label> all = EnumSet.noneOf(Label.class);
        sessions.values().forEach(all::addAll);
        if (bySession || all.size() < 2) {
            return Optional.empty();
        }
        return Optional.of("subject " + subject + " must be of one class in all sessions, but is " + Label.CONTROL + " in "
                + of(Label.CONTROL, sessions) + " and " + Label.PATIENT + " in " + of(Label.PATIENT, sessions)
                + "; correct the labels, or set labels to bySession if the class may change");
    }

    private static Set<String> of(Label label, SortedMap<String, Set<Label>> sessions) {
        Set<String> names = new TreeSet<>();
        sessions.forEach((session, labels) -> {
            if (labels.contains(label)) {
                names.add(session);
            }
        });
        return names;
    }

    /**
     * Returns one answer for each session and class of a subject in place of one for each recording: the mean of the
     * recordings' probabilities. Recordings of a subject that tell no session count as one.
     *
     * @param recordings those that were answered
     */
    static Evaluation of(Evaluation answers, List<Recording> recordings) {
        Map<String, String> sessions = new HashMap<>();
        recordings.forEach(one -> sessions.put(one.id(), one.session().orElse(MissingValue.SIGN)));
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
