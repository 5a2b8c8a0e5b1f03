package io.github.spirabr.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListedRecordingsTest {

    private static final String OTHERS = """
            models.folder: models
            reader: {type: any}
            preprocessing:
              window: {type: any}
              extract: {type: any}
            model: {type: any}
            training: {type: any}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void audioFiles() throws IOException {
        for (int i = 0; i < 8; i++) {
            Files.write(folder.resolve("r" + i + ".wav"), new byte[] {1});
        }
    }

    private void list(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private Experiment experiment(String recordings) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), OTHERS + recordings);
        return ExperimentFile.at(file).read(AnyParts.components());
    }

    private Dataset load(String recordings) throws IOException {
        return ListedRecordings.of(experiment(recordings).recordings()).load();
    }

    private static final String BY_SIDE = "recordings: {training: train.csv, validation: eval.csv, test: test.csv}\n";

    @Test
    void aSubjectInTwoFilesIsRefusedWithBoth() throws IOException {
        list("train.csv", "file_path,class,subject", "r0.wav,0,ana", "r1.wav,1,rui");
        list("eval.csv", "file_path,class,subject", "r2.wav,0,eva", "r3.wav,1,jo");
        list("test.csv", "file_path,class,subject", "r4.wav,0,ana", "r5.wav,1,gil");
        assertThatThrownBy(() -> load(BY_SIDE))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("subject ana is listed in " + folder.toRealPath().resolve("train.csv") + " and in "
                        + folder.toRealPath().resolve("test.csv")
                        + " (recording r4.wav), so that it would be in two sets; take it out of one of them");
    }

    @Test
    void aRecordingInTwoFilesIsRefusedWithBoth() throws IOException {
        list("train.csv", "file_path,class", "r0.wav,0", "r1.wav,1");
        list("eval.csv", "file_path,class", "r2.wav,0", "r1.wav,1");
        list("test.csv", "file_path,class", "r4.wav,0", "r5.wav,1");
        assertThatThrownBy(() -> load(BY_SIDE))
                .hasMessageContaining("recording r1.wav is listed in").hasMessageContaining("eval.csv; take it out of one of them");
    }

    @Test
    void listsOfEachClassAndSubjectsInPaths() throws IOException {
        list("controls.csv", "r0.wav", "r1.wav");
        list("patients.csv", "r2.wav");
        Dataset dataset = load("recordings: {controls: controls.csv, patients: patients.csv, subjectPattern: '(r[01]|r2)'}\n"
                + "split: {type: any}\n");
        assertThat(dataset.recordings()).extracting(Recording::label)
                .containsExactly(Label.CONTROL, Label.CONTROL, Label.PATIENT);
        assertThat(dataset.subjects()).containsExactly("r0", "r1", "r2");
    }

    @Test
    void wordsOfClasses() throws IOException {
        list("metadata.csv", "arquivo,classe", "r0.wav,controle", "r1.wav,paciente", "r2.wav,covid");
        Dataset dataset = load("recordings: {manifest: metadata.csv, fileColumn: arquivo, classColumn: classe,"
                + " controlWords: [controle], patientWords: [paciente, covid]}\nsplit: {type: any}\n");
        assertThat(dataset.recordings()).extracting(Recording::label)
                .containsExactly(Label.CONTROL, Label.PATIENT, Label.PATIENT);
    }

    @Test
    void faultsOfRecordingsAreToldBeforeAnythingIsRead() throws IOException {
        list("controls.csv", "r0.wav");
        list("patients.csv", "r2.wav");
        list("metadata.csv", "file_path,class", "r0.wav,0", "r1.wav,1");
        assertThatThrownBy(() -> experiment("recordings: {controls: controls.csv}\n"))
                .hasMessageContaining("or controls and patients, or listing, but has controls");
        assertThatThrownBy(() -> experiment("recordings: {manifest: metadata.csv, patients: patients.csv}\n"))
                .hasMessageContaining("but has manifest, patients");
        assertThatThrownBy(() -> experiment("recordings: {controls: controls.csv, patients: gone.csv}\n"))
                .hasMessageContaining("recordings.patients: there is no file");
        assertThatThrownBy(() -> experiment("recordings: {controls: controls.csv, patients: patients.csv, subjectPattern: '(r'}\n"))
                .hasMessageContaining("'(r' is not a valid regular expression");
        assertThatThrownBy(() -> experiment("recordings: {manifest: metadata.csv, controlWords: ['1']}\n"))
                .hasMessageContaining("'1' stands for both classes");
        assertThatThrownBy(() -> experiment("recordings: {controls: controls.csv, patients: patients.csv, controlWords: [x]}\n"))
                .hasMessageContaining("is for manifests with a header");
    }
}
