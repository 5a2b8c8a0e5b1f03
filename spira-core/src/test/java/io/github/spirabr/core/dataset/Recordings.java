package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recordings for tests; the audio's bytes are the recording's id. */
public final class Recordings {

    private Recordings() {}

    public static Recording of(String id, String subject, Label label) {
        return new Recording(id, subject, label, Map.of(), AudioSource.ofBytes(id, id.getBytes(StandardCharsets.UTF_8)));
    }

    /** So many subjects of each class, named c0, c1 ... and p0, p1 ..., with so many recordings each. */
    public static Dataset dataset(int controls, int patients, int recordings) {
        List<Recording> all = new ArrayList<>();
        for (int s = 0; s < controls + patients; s++) {
            boolean control = s < controls;
            String subject = control ? "c" + s : "p" + (s - controls);
            for (int r = 0; r < recordings; r++) {
                all.add(of(subject + "-" + r, subject, control ? Label.CONTROL : Label.PATIENT));
            }
        }
        return Dataset.of("test data", all);
    }
}
