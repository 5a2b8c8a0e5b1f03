package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The recordings that a protocol leaves as they are in more than half of their samples, such as where a noise is digital silence.
 * Thread-safe.
 */
final class UnchangedRecordings {

    private final List<Recording> recordings;
    private final EvaluationProtocol protocol;
    private final Set<String> unchanged = ConcurrentHashMap.newKeySet();

    UnchangedRecordings(List<Recording> recordings, EvaluationProtocol protocol) {
        this.recordings = recordings;
        this.protocol = protocol;
    }

    /** Applies the protocol, and notes the recording if most of it is unchanged. */
    Waveform apply(Waveform waveform, Recording recording) {
        Waveform changed = protocol.apply(waveform, recording);
        if (isMostly(waveform, changed)) {
            unchanged.add(recording.id());
        }
        return changed;
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

    /** Returns a sentence that counts them; empty if there are none. A class that is left alone on purpose does not count. */
    String disclosure() {
        Set<Label> changing = recordings.stream().filter(one -> !unchanged.contains(one.id())).map(Recording::label)
                .collect(Collectors.toSet());
        List<Recording> meant = recordings.stream()
                .filter(one -> !protocol.readsLabel() || changing.contains(one.label())).toList();
        long count = meant.stream().filter(one -> unchanged.contains(one.id())).count();
        return count == 0 ? "" : " " + count + " of " + meant.size() + " recordings were left unchanged in more than half of their"
                + " samples, as by a noise that is silent there.";
    }
}
