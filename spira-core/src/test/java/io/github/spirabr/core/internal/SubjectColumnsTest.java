package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectColumnsTest {

    private static List<Recording> recordings(String column, IntFunction<String> value, IntFunction<String> subject) {
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String id = "r" + i + ".wav";
            recordings.add(new Recording(id, subject.apply(i), i % 2 == 0 ? Label.CONTROL : Label.PATIENT,
                    Map.of(column, value.apply(i), "sex", i % 2 == 0 ? "F" : "M"), AudioSource.ofBytes(id, new byte[0])));
        }
        return recordings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Subject", "SUBJECT", "subject_id", "Subject ID", "subjects", "suject", "speaker", "SpeakerID", "spk",
        "speaker_name", "participant", "patient_no", "id_paciente", "paciente",
        "código_paciente", "falante", "locutor", "client_id", "user_id", "Voluntário"})
    void aColumnThatMayNameTheSpeakersIsFound(String column) {
        assertThat(SubjectColumns.suspects(recordings(column, i -> "p" + i / 3, i -> "r" + i + ".wav"))).containsExactly(column);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gender", "session", "project", "object_kind", "device", "hospital", "age", "task", "patience"})
    void otherColumnsAreNot(String column) {
        assertThat(SubjectColumns.suspects(recordings(column, i -> "p" + i / 3, i -> "r" + i + ".wav"))).isEmpty();
    }

    @Test
    void aColumnThatRepeatsNobodyOrHasTwoValuesOnlySaysNothing() {
        assertThat(SubjectColumns.suspects(recordings("speaker", i -> "p" + i, i -> "r" + i + ".wav"))).isEmpty();
        assertThat(SubjectColumns.suspects(recordings("patient", i -> i % 2 == 0 ? "no" : "yes", i -> "r" + i + ".wav"))).isEmpty();
    }

    @Test
    void nothingIsSuspectedWhereSubjectsAreKnown() {
        assertThat(SubjectColumns.suspects(recordings("speaker", i -> "p" + i / 3, i -> "s" + i / 4))).isEmpty();
    }
}
