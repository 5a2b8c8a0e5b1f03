package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The classes of subjects in each of their sessions. */
final class SessionLabels {

    private SessionLabels() {}

    /** See {@link Dataset#labelFaults}. */
    static List<String> faults(List<Recording> recordings, boolean bySession) {
        SortedMap<String, SortedMap<String, Set<Label>>> subjects = new TreeMap<>();
        for (Recording one : recordings) {
            one.session().ifPresent(session -> subjects.computeIfAbsent(one.subject(), any -> new TreeMap<>())
                    .computeIfAbsent(session, any -> EnumSet.noneOf(Label.class)).add(one.label()));
        }
        List<String> faults = new ArrayList<>();
        subjects.forEach((subject, sessions) -> fault(subject, sessions, bySession).ifPresent(faults::add));
        return List.copyOf(faults);
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
}
