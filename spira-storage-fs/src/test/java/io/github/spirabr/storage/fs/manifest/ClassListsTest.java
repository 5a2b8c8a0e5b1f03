package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassListsTest {

    @TempDir
    Path folder;

    private Path controls = Path.of("unset");
    private Path patients = Path.of("unset");

    @BeforeEach
    void audioFiles() throws IOException {
        controls = folder.resolve("controls.csv");
        patients = folder.resolve("patients.csv");
        Files.createDirectories(folder.resolve("audio"));
        for (String name : new String[] {"ana-1.wav", "ana-2.wav", "rui-1.wav", "eva,-1.wav"}) {
            Files.write(folder.resolve("audio").resolve(name), new byte[] {1});
        }
    }

    @Test
    void eachListIsAClass() throws IOException {
        Files.writeString(controls, "\uFEFFaudio/ana-1.wav\r\n\r\naudio\\ana-2.wav\r\n");
        Files.writeString(patients, "audio/rui-1.wav\n\"audio/eva,-1.wav\"\n");
        Dataset dataset = ClassLists.of(controls, patients).load();
        assertThat(dataset.recordings()).extracting(Recording::id)
                .containsExactly("audio/ana-1.wav", "audio/ana-2.wav", "audio/rui-1.wav", "audio/eva,-1.wav");
        assertThat(dataset.recordings()).extracting(Recording::label)
                .containsExactly(Label.CONTROL, Label.CONTROL, Label.PATIENT, Label.PATIENT);
        assertThat(dataset.recordings()).allMatch(one -> one.subject().equals(one.id()));
        assertThat(ClassLists.of(controls, patients).subjectPattern(Pattern.compile("audio/([a-z]+)")).load().subjects())
                .containsExactly("ana", "eva", "rui");
    }

    @Test
    void pathsMayStartFromAnotherFolder() throws IOException {
        Files.writeString(controls, "ana-1.wav\n");
        Files.writeString(patients, "rui-1.wav\n");
        assertThat(ClassLists.of(controls, patients).under(folder.resolve("audio")).load().recordings()).hasSize(2);
    }

    @Test
    void allFaultsAreToldAtOnce() throws IOException {
        Files.writeString(controls, "audio/ana-1.wav\naudio/gone.wav\naudio/ana-2.wav,0\n");
        Files.writeString(patients, "audio/ana-1.wav\naudio/rui-1.wav\n");
        assertThatThrownBy(() -> ClassLists.of(controls, patients).load())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("controls.csv line 2: there is no audio file 'audio/gone.wav'")
                .hasMessageContaining("controls.csv line 3: has 2 fields, but a list of a class has one path in each line")
                .hasMessageContaining("patients.csv line 1: the audio file 'audio/ana-1.wav' is already listed in")
                .hasMessageContaining("controls.csv line 1; list it once");
        assertThatThrownBy(() -> ClassLists.of(folder.resolve("nowhere.csv"), patients).load())
                .hasMessageContaining("nowhere.csv: there is no such file");
        Files.writeString(controls, "");
        assertThatThrownBy(() -> ClassLists.of(controls, patients).load())
                .hasMessageContaining("no recording of class 0 (CONTROL)");
    }

    @Test
    void thePrototypesListsOfRealSpeechAreRead() {
        Path speech = Path.of("../../shared/data/pause-speech");
        Assumptions.assumeTrue(Files.isDirectory(speech),
                "needs the data set pause-speech in " + speech.toAbsolutePath().normalize()
                + ", which is not part of this project; ask its maintainers for it");
        Dataset dataset = ClassLists.of(speech.resolve("controls.csv"), speech.resolve("patients.csv"))
                .subjectPattern(Pattern.compile("(?:control|patient)-([a-z]+)-")).load();
        assertThat(dataset.recordings()).hasSize(240);
        assertThat(dataset.subjects()).hasSize(6);
        Dataset manifest = Manifest.at(speech.resolve("metadata.csv")).load();
        assertThat(dataset.subjects()).isEqualTo(manifest.subjects());
    }
}
