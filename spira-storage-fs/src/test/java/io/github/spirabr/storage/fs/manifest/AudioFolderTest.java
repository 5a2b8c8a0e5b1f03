package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.internal.adapter.FaultList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFolderTest {

    @TempDir
    Path folder;

    private final FaultList notices = new FaultList();

    private void audio(String... paths) throws IOException {
        for (String path : paths) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {1});
        }
    }

    private ReadRows read() {
        return ReadRows.of(new AudioFolder(folder, notices, ReadRows.RECOGNISED));
    }

    @Test
    void theOutermostFolderIsTheClass() throws IOException {
        audio("patient/ana/1.wav", "patient/b.MP3", "control/c.opus", "control/.DS_Store", "control/readme.txt", ".git/x.wav",
                "thumbs.db");
        ReadRows read = read();
        assertThat(read.faults()).isEmpty();
        assertThat(read.complete()).isTrue();
        assertThat(read.values()).containsExactly(
                Map.of("file_path", "control/c.opus", "class", "control"),
                Map.of("file_path", "patient/ana/1.wav", "class", "patient", "folder", "ana"),
                Map.of("file_path", "patient/b.MP3", "class", "patient"));
        assertThat(read.rows().get(0).place()).hasToString("control/c.opus");
        assertThat(notices.sentences()).containsExactly(".git: is hidden and is left out",
                "control/.DS_Store: is hidden and is left out",
                "control/readme.txt: is no audio file by its ending and is left out",
                "thumbs.db: is no audio file by its ending and is left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "Test", "val", "VALIDATION", "dev", "eval", "training", "valid"})
    void aFolderOfASetIsNeverAClass(String set) throws IOException {
        audio(set + "/a.wav");
        assertThat(read().faults()).containsExactly("the folder " + folder + " must hold a folder for each class, or a list"
                + " metadata.csv"
                + " or metadata.jsonl with the column file_name, but has neither; folders named train, test and the like are"
                + " no classes");
        audio(set + "/sick/a.wav", "healthy/" + set + "/b.wav");
        Files.delete(folder.resolve(set + "/a.wav"));
        assertThat(read().values()).containsExactlyInAnyOrder(
                Map.of("file_path", set + "/sick/a.wav", "class", "sick", "split", set),
                Map.of("file_path", "healthy/" + set + "/b.wav", "class", "healthy", "split", set));
    }

    @Test
    void audioFilesInNoClassFolderAreFaults() throws IOException {
        audio("a.wav", "train/b.wav", "sick/c.wav", "train/sick/test/d.wav");
        ReadRows read = read();
        assertThat(read.complete()).isFalse();
        assertThat(read.faults()).containsExactly(
                "a.wav: must lie in the folder of a class, as others do, but does not; move it",
                "train/b.wav: must lie in the folder of a class, as others do, but does not; move it",
                "train/sick/test/d.wav: must be of one set, but is of train and test; move it, or correct the column split");
        assertThat(read.rows()).hasSize(1);
    }

    @Test
    void anEmptyFolderIsOneFault() {
        assertThat(read().faults()).singleElement().asString().contains("but has no audio files");
        assertThat(ReadRows.of(new AudioFolder(folder.resolve("none"), notices, ReadRows.RECOGNISED)).faults()).singleElement().asString()
                .startsWith("the folder could not be read (");
    }

    @Test
    void metadataListsTheFiles() throws IOException {
        audio("train/a.wav", "train/sub/b.wav", "train/new.wav");
        Files.writeString(folder.resolve("train/metadata.csv"), "file_name,label\na.wav,1\n./sub/b.wav,\n");
        audio("test/c.wav");
        Files.writeString(folder.resolve("test/metadata.jsonl"), "{\"file_name\":\"c.wav\",\"label\":0,\"split\":\"test\"}\n");
        ReadRows read = read();
        assertThat(read.faults()).isEmpty();
        assertThat(read.values()).containsExactly(
                Map.of("file_path", "test/c.wav", "label", "0", "split", "test"),
                Map.of("file_path", "train/a.wav", "label", "1", "split", "train"),
                Map.of("file_path", "train/./sub/b.wav", "split", "train"));
        assertThat(notices.sentences()).containsExactly("train/new.wav: is named by no list of the folder and is left out");
    }

    @Test
    void faultyMetadataIsTold() throws IOException {
        audio("train/a.wav");
        Files.writeString(folder.resolve("metadata.csv"), """
                file_name,label
                train/a.wav,1
                ,1
                b.wav
                """);
        assertThat(read().faults()).containsExactly(
                "metadata.csv line 3: file_name must name the audio file, but is not there; add it",
                "metadata.csv line 4: has 1 fields, but the header has 2 columns; quote fields that hold commas");
        Files.writeString(folder.resolve("metadata.csv"), "file_name,label,label\ntrain/a.wav,1,1\n");
        assertThat(read().faults()).containsExactly("metadata.csv line 1: the column 'label' exists twice; rename or remove one");
        Files.writeString(folder.resolve("metadata.csv"), "file_name,file_path\ntrain/a.wav,b.wav\n");
        assertThat(read().faults()).containsExactly("metadata.csv line 2: must name the audio file in file_name alone, but has"
                + " the column 'file_path', too; rename it");
        Files.writeString(folder.resolve("metadata.csv"), "file_name,split\ntrain/a.wav,test\n");
        assertThat(read().faults()).containsExactly("metadata.csv line 2: must be of one set, but is of train and test; move"
                + " it, or correct the column split");
        Files.writeString(folder.resolve("metadata.csv"), "file_name,label\n\"train/a.wav,1\n");
        assertThat(read().faults()).singleElement().asString().startsWith("metadata.csv line 2: a quoted field does not end");
        Files.writeString(folder.resolve("metadata.jsonl"), "{}\n");
        assertThat(read().faults()).contains("the folder " + folder
                + " must have one list, but has metadata.csv and metadata.jsonl; remove one");
        Files.delete(folder.resolve("metadata.csv"));
        Files.delete(folder.resolve("metadata.jsonl"));
        Files.write(folder.resolve("metadata.parquet"), new byte[] {'P', 'A', 'R', '1'});
        assertThat(read().faults()).containsExactly(
                "metadata.parquet: the list must be CSV or JSON lines, but is Parquet; write it as metadata.jsonl");
    }

    @Test
    void aLinkToAnOuterFolderIsTold() throws IOException {
        audio("sick/a.wav", "healthy/b.wav");
        Files.createSymbolicLink(folder.resolve("sick/again"), folder);
        ReadRows read = read();
        assertThat(read.faults()).containsExactly(
                "sick/again/: the folder is a link to a folder that holds it; remove the link");
    }
}
