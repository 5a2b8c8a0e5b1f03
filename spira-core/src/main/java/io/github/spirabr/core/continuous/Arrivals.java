package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.recording.Recording;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The data of a round.
 *
 * @param listed all recordings
 * @param listedVersion a hash of all listed recordings, readable or not
 * @param snapshot snapshot of all usable recordings
 * @param trained the snapshot of the last round that trained
 * @param quarantined the recordings in quarantine, in the order in which they are listed
 * @param suspects recordings whose labels are suspect, as they are, by id
 * @param drift drift of the arrivals of this round; empty if there is no champion, or nothing new
 * @param fresh the champion's answers to all recordings that are new since the last training; empty if there are none
 */
record Arrivals(
        List<Recording> listed,
        String listedVersion,
        DataSnapshot snapshot,
        DataSnapshot trained,
        List<QuarantinedRecording> quarantined,
        SortedMap<String, String> suspects,
        Optional<InputDrift> drift,
        Optional<Evaluation> fresh) {

    /** Sorts the recordings in quarantine. */
    Arrivals {
        Map<String, Integer> places = new HashMap<>();
        listed.forEach(one -> places.put(one.id(), places.size()));
        quarantined = quarantined.stream().sorted(Comparator.comparing(one -> places.get(one.id()))).toList();
    }

    /** Returns the recordings that may be used. */
    List<Recording> usable() {
        return snapshot.among(listed);
    }

    /** Returns the recordings that are new or corrected since the last training. */
    List<DataSnapshot.Entry> added() {
        return snapshot.entries().values().stream().filter(one -> !trained.holds(one)).toList();
    }

    /** Returns the number of recordings of the last training that were removed. */
    int withdrawn() {
        return (int) trained.entries().keySet().stream().filter(id -> !snapshot.entries().containsKey(id)).count();
    }

    /** Returns the numbers of the data, which were not split. */
    Round.Data unsplit() {
        return data(0, 0, 0);
    }

    /** Returns the numbers of the data and their split. */
    Round.Data data(DatasetSplit split) {
        return data(split.training().subjects().size(), split.validation().subjects().size(), split.test().subjects().size());
    }

    private Round.Data data(int training, int validation, int test) {
        Set<String> subjects = new HashSet<>(snapshot.subjects());
        int all = subjects.size();
        subjects.removeAll(trained.subjects());
        return Round.Data.builder()
                .listed(listedVersion).version(snapshot.version()).listedRecordings(listed.size())
                .recordings(snapshot.entries().size()).subjects(all).newRecordings(added().size()).newSubjects(subjects.size())
                .withdrawnRecordings(withdrawn()).trainingSubjects(training).validationSubjects(validation).testSubjects(test)
                .build();
    }
}
