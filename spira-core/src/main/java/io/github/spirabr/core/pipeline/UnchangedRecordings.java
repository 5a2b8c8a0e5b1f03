package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The recordings that a protocol or an augmentation leaves as they are in more than half of their samples, such as where a noise
 * is digital silence. Recordings that are left alone on purpose do not count: those whose waveform is returned itself, and a
 * class whose recordings all are unchanged. Thread-safe.
 */
final class UnchangedRecordings {

    private final List<Recording> recordings;
    private final boolean readsLabel;
    private final Set<String> touched = ConcurrentHashMap.newKeySet();
    private final Set<String> unchanged = ConcurrentHashMap.newKeySet();

    /**
     * Creates an instance without unchanged recordings.
     *
     * @param recordings all that may be changed
     * @param readsLabel whether the change depends on the class
     */
    UnchangedRecordings(List<Recording> recordings, boolean readsLabel) {
        this.recordings = recordings;
        this.readsLabel = readsLabel;
    }

    /** Notes the recording if most of it is unchanged; returns the changed waveform. */
    Waveform compare(Recording recording, Waveform before, Waveform after) {
        if (before != after) {
            touched.add(recording.id());
            if (isMostly(before, after)) {
                unchanged.add(recording.id());
            }
        }
        return after;
    }

    private static boolean isMostly(Waveform before, Waveform after) {
        if (before.length() != after.length()) {
            return false;
        }
        int equal = 0;
        for (int i = 0; i < before.length(); i++) {
            equal += before.sample(i) == after.sample(i) ? 1 : 0;
        }
        return 2L * equal > before.length();
    }

    /** Returns the recordings that were to be changed. */
    List<Recording> meant() {
        List<Recording> treated = recordings.stream().filter(one -> touched.contains(one.id())).toList();
        Set<Label> changing = treated.stream().filter(one -> !unchanged.contains(one.id())).map(Recording::label)
                .collect(Collectors.toSet());
        return treated.stream()
                .filter(one -> !readsLabel || changing.isEmpty() || changing.contains(one.label())).toList();
    }

    /** Returns how many of these recordings are unchanged. */
    int count(List<Recording> meant) {
        return (int) meant.stream().filter(one -> unchanged.contains(one.id())).count();
    }

    /** Returns a sentence that counts them; empty if there are none. */
    String disclosure() {
        List<Recording> meant = meant();
        int count = count(meant);
        return count == 0 ? "" : " " + count + " of " + meant.size() + " recordings were left unchanged in more than half"
                + " of their samples, as by a noise that is silent there.";
    }
}
