package io.github.spirabr.storage.fs.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    @TempDir
    Path folder;

    private Path manifest = Path.of("unset");

    @BeforeEach
    void audioFiles() throws IOException {
        manifest = folder.resolve("metadata.csv");
        Files.createDirectories(folder.resolve("controls"));
        Files.write(folder.resolve("controls/c1.wav"), new byte[] {1});
        Files.write(folder.resolve("p1.wav"), new byte[] {2});
        Files.write(folder.resolve("p2.wav"), new byte[] {3});
    }

    @Test
    void readsRecordingsInTheirOrder() throws IOException {
        write("file_path,class,subject,sex,age\ncontrols/c1.wav,0,ana,F,31\np1.wav,1,rui,M,\n");

        Dataset dataset = Manifest.at(manifest).load();

        assertThat(dataset.name()).isEqualTo(manifest.toString());
        assertThat(dataset.recordings()).extracting(Recording::id).containsExactly("controls/c1.wav", "p1.wav");
        assertThat(dataset.recordings()).extracting(Recording::subject).containsExactly("ana", "rui");
        assertThat(dataset.recordings()).extracting(Recording::label).containsExactly(Label.CONTROL, Label.PATIENT);
        assertThat(dataset.recordings()).extracting(Recording::metadata)
                .containsExactly(Map.of("sex", "F", "age", "31"), Map.of("sex", "M"));
        try (InputStream audio = dataset.recordings().get(0).audio().open()) {
            assertThat(audio.readAllBytes()).containsExactly(1);
        }
        assertThat(dataset.recordings().get(1).audio().name()).isEqualTo(folder.resolve("p1.wav").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsEveryLineEndingAndSkipsBlankLines(String end) throws IOException {
        write(String.join(end, "", "file_path,class", "", "controls/c1.wav,0", "", "", "p1.wav,1"));

        assertThat(Manifest.at(manifest).load().recordings()).hasSize(2);
    }

    @Test
    void readsQuotedFieldsAndAByteOrderMark() throws IOException {
        write("\uFEFF\"file_path\",class,note\n"
                + "controls/c1.wav,0,\"ela disse \"\"não\"\",\nduas vezes\"\n"
                + "\"p1.wav\",\"1\",x");

        assertThat(Manifest.at(manifest).load().recordings()).extracting(each -> each.metadata().get("note"))
                .containsExactly("ela disse \"não\",\nduas vezes", "x");
    }

    @Test
    void aFaultOfEachRowIsOneSentenceAndTheFirstTenOfOthersAreTold() throws IOException {
        StringBuilder rows = new StringBuilder("file_path,class\n");
        for (int i = 0; i < 500; i++) {
            rows.append(i < 15 ? "gone" + i + ".wav" : "p" + i + ".wav").append(",yes\n");
            Files.write(folder.resolve("p" + i + ".wav"), new byte[] {1});
        }
        write(rows.toString());

        InvalidDatasetException failure =
                catchThrowableOfType(InvalidDatasetException.class, () -> Manifest.at(manifest).load());

        assertThat(failure.faults()).hasSize(2)
                .contains("each of the 500 rows, such as line 2: class is 'yes'; it must be 0 (control) or 1 (patient), or set controlWords and patientWords")
                .endsWith("15 of 500 audio files do not exist, such as 'gone0.wav' (line 2), 'gone1.wav' (line 3), 'gone2.wav' (line 4),"
                        + " 'gone3.wav' (line 5), 'gone4.wav' (line 6); looked for in " + folder
                        + "; correct file_path, or set the root folder to where the files are");
    }

    @Test
    void aManifestAndItsAudioMayBeElsewhere() throws IOException {
        byte[] bytes = "file_path,class\na,0\nb,1\n".getBytes(UTF_8);
        AudioSource text = AudioSource.ofBytes("any://bucket/metadata.csv", bytes);

        Dataset dataset = Manifest.builder(text).audio(id -> AudioSource.ofBytes("any://" + id, bytes)).build().load();

        assertThat(dataset.name()).isEqualTo("any://bucket/metadata.csv");
        assertThat(dataset.recordings()).extracting(each -> each.audio().name()).containsExactly("any://a", "any://b");
        assertThatThrownBy(() -> Manifest.builder(text).build()).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the manifest any://bucket/metadata.csv is not in a folder, so that it needs a root or a source of the"
                        + " audio; call root or audio");
    }

    @Test
    void withoutASubjectColumnEveryRecordingIsItsOwnSubject() throws IOException {
        write("class,file_path\n0,controls/c1.wav\n1,p1.wav\n");

        assertThat(Manifest.at(manifest).load().recordings()).allSatisfy(
                recording -> assertThat(recording.subject()).isEqualTo(recording.id()));
    }

    @Test
    void readsOtherColumnsAndAnotherRoot() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("lists")).resolve("all.csv");
        Files.writeString(elsewhere, "audio,sick,speaker,class\ncontrols/c1.wav,0,ana,x\np1.wav,1,rui,y\n");

        Dataset dataset = Manifest.builder(elsewhere)
                .fileColumn("audio").classColumn("sick").subjectColumn("speaker").root(folder).build().load();

        assertThat(dataset.subjects()).containsExactly("ana", "rui");
        assertThat(dataset.recordings()).extracting(Recording::metadata)
                .containsExactly(Map.of("class", "x"), Map.of("class", "y"));
    }

    @Test
    void pathsMayBeAbsoluteClimbOrComeFromWindows() throws IOException {
        Path lists = Files.createDirectory(folder.resolve("lists"));
        manifest = lists.resolve("all.csv");
        write("file_path,class\n..\\controls\\c1.wav,0\n" + folder.resolve("p1.wav").toAbsolutePath() + ",1\n");

        assertThat(Manifest.at(manifest).load().recordings()).extracting(Recording::id)
                .containsExactly("../controls/c1.wav", "../p1.wav");
    }

    @Test
    void aPathHasOneIdHoweverItIsWritten() throws IOException {
        write("file_path,class\n./controls/../controls/c1.wav,0\n" + folder.resolve("p1.wav").toAbsolutePath() + ",1\n");

        assertThat(Manifest.at(manifest).load().recordings()).extracting(Recording::id)
                .containsExactly("controls/c1.wav", "p1.wav");
    }

    @Test
    void everyLoadReadsTheFileAnew() throws IOException {
        write("file_path,class\ncontrols/c1.wav,0\np1.wav,1\n");
        Manifest source = Manifest.at(manifest);
        source.load();

        write("file_path,class\ncontrols/c1.wav,0\np1.wav,1\np2.wav,1\n");

        assertThat(source.load().recordings()).hasSize(3);
    }

    @Test
    void allFaultsAreToldAtOnce() throws IOException {
        write("""
                file_path,class,subject,note
                controls/c1.wav,0,ana,"two
                lines"

                p1.wav,x,rui,
                p2.wav,1,rui
                gone1.wav,1, ,
                gone2.wav,0,ana,
                controls/../controls/c1.wav,0,ana,
                ,1,rui,
                """);

        assertThat(faults(Manifest.at(manifest))).containsExactly(
                "line 5: class is 'x'; it must be 0 (control) or 1 (patient), or set controlWords and patientWords",
                "line 6: has 3 fields, but the header has 4 columns; quote fields that hold commas",
                "line 7: there is no audio file 'gone1.wav' (looked for " + folder.resolve("gone1.wav")
                        + "); correct file_path, or set the root folder",
                "line 7: subject is blank; name the speaker, or remove the column if nobody was recorded twice",
                "line 8: there is no audio file 'gone2.wav' (looked for " + folder.resolve("gone2.wav")
                        + "); correct file_path, or set the root folder",
                "line 9: the audio file 'controls/../controls/c1.wav' is already listed in line 2; list it once",
                "line 10: file_path is blank; name the audio file");
    }

    @Test
    void theMessageBeginsWithTheManifest() throws IOException {
        write("file_path,class\ncontrols/c1.wav,2\n");

        assertThatThrownBy(() -> Manifest.at(manifest).load())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage(manifest + ": line 2: class is '2'; it must be 0 (control) or 1 (patient), or set controlWords and patientWords");
    }

    @Test
    void aMissingClassIsToldTogetherWithMissingFiles() throws IOException {
        write("file_path,class\np1.wav,1\ngone.wav,1\n");

        assertThat(faults(Manifest.at(manifest))).hasSize(2)
                .anyMatch(fault -> fault.startsWith("line 3: there is no audio file 'gone.wav'"))
                .anyMatch(fault -> fault.startsWith("no recording of class 0 (CONTROL)"));
    }

    @Test
    void aMissingManifestIsAFault() {
        assertThat(faults(Manifest.at(folder.resolve("none.csv"))))
                .containsExactly("there is no such file; correct the manifest's path");
    }

    @Test
    void aFolderOfClassFoldersIsAList() throws IOException {
        Path corpus = folder.resolve("corpus");
        for (String path : List.of("train/healthy/a.wav", "train/sick/b.wav", "test/sick/c.wav")) {
            Files.createDirectories(corpus.resolve(path).getParent());
            Files.write(corpus.resolve(path), path.getBytes(UTF_8));
        }
        Files.write(corpus.resolve("train/notes.txt"), new byte[] {1});
        Dataset dataset = Manifest.builder(corpus).classWords(Label.CONTROL, List.of("healthy"))
                .classWords(Label.PATIENT, List.of("sick")).build().load();

        assertThat(dataset.recordings()).extracting(Recording::id)
                .containsExactlyInAnyOrder("train/healthy/a.wav", "train/sick/b.wav", "test/sick/c.wav");
        assertThat(dataset.recordings()).extracting(one -> one.metadata().get("split")).containsOnly("train", "test");
        assertThat(dataset.notes()).singleElement().asString().contains("notes.txt");
    }

    @Test
    void anAudioFileIsNoList() throws IOException {
        Files.write(manifest, "RIFF\0\0\0\0WAVEfmt ".getBytes(UTF_8));
        assertThat(faults(Manifest.at(manifest))).containsExactly("the list must be a text or a folder, but " + manifest
                + " is an audio file; name a list of audio files, or the folder of class folders with them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF"})
    void anEmptyManifestIsAFault(String text) throws IOException {
        write(text);

        assertThat(faults(Manifest.at(manifest))).containsExactly("the manifest is empty; it needs a header such as"
                + " file_path,class,subject and a row for each recording");
    }

    @Test
    void aHeaderAloneIsAFault() throws IOException {
        write("file_path,class,subject\n");

        assertThat(faults(Manifest.at(manifest))).containsExactly("no recordings");
    }

    @Test
    void missingColumnsAreNamedWithThoseFound() throws IOException {
        write("audio id,diagnosis,age,age\nx,0,1,1\n");

        assertThat(faults(Manifest.at(manifest))).containsExactly(
                "line 1: there is no column 'file_path'; found 'audio id', 'diagnosis', 'age', 'age'"
                        + "; add it, or name the column that holds it in fileColumn",
                "line 1: there is no column 'class'; found 'audio id', 'diagnosis', 'age', 'age'"
                        + "; add it, or name the column that holds it in classColumn",
                "line 1: the column 'age' exists twice; rename or remove one");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void theSeparatorIsThatOfTheHeader(String separator) throws IOException {
        write(String.join("\n", "file_path,class,subject", "controls/c1.wav,0,ana", "p1.wav,1,rui", "").replace(",", separator));

        assertThat(Manifest.at(manifest).load().subjects()).containsExactly("ana", "rui");
    }

    @Test
    void separatorsInNamesOfColumnsAreNone() throws IOException {
        write("file_path,class,a;b;c;d\ncontrols/c1.wav,0,x\np1.wav,1,y\n");
        assertThat(Manifest.at(manifest).load().recordings().get(0).metadata()).containsOnly(Map.entry("a;b;c;d", "x"));
        write("file_path;class;a,b,c,d\ncontrols/c1.wav;0;x\np1.wav;1;y\n");
        assertThat(Manifest.at(manifest).load().recordings().get(0).metadata()).containsOnly(Map.entry("a,b,c,d", "x"));
    }

    @Test
    void aSeparatorMayBeNamedOrSaidByASpreadsheet() throws IOException {
        write("file_path|class\ncontrols/c1.wav|0\np1.wav|1\n");
        assertThat(faults(Manifest.at(manifest))).first().isEqualTo("line 1: there is no column 'file_path'; found"
                + " 'file_path|class'; name the separator of the columns in separator");
        assertThat(Manifest.builder(manifest).layout(Map.of("separator", "|")).build().load().recordings()).hasSize(2);

        write("sep=;\r\nfile_path;class;\"a;b\"\r\ncontrols/c1.wav;0;x,y\r\np1.wav;1;z\r\n");
        assertThat(Manifest.at(manifest).load().recordings().get(0).metadata()).containsExactly(Map.entry("a;b", "x,y"));
    }

    @Test
    void aSpreadsheetOfBrazilIsReadWhole() throws IOException {
        Files.move(folder.resolve("p1.wav"), folder.resolve("João.wav"));
        String text = "Arquivo;Classe;Paciente;Início;Fim;Idade\r\ncontrols/c1.wav;0;José;0;1,5;31\r\nJoão.wav;1;Ana;1,25;2;\r\n";
        Files.write(manifest, text.getBytes(Charset.forName("windows-1252")));

        assertThat(faults(Manifest.at(manifest))).first().asString().contains("line 1: has the byte 0xED, which is not UTF-8");
        Dataset dataset = Manifest.builder(manifest).layout(Map.of("encoding", "windows-1252")).build().load();
        assertThat(dataset.recordings()).extracting(Recording::id).containsExactly("controls/c1.wav@0+1.5", "João.wav@1.25+0.75");
        assertThat(dataset.subjects()).containsExactly("Ana", "José");
        assertThat(dataset.recordings()).extracting(Recording::metadata).containsExactly(Map.of("Idade", "31"), Map.of());
        assertThat(dataset.notes()).contains("the column 'Paciente' is read as subject (subjectColumn)");

        for (String encoding : List.of("UTF-16LE", "UTF-16BE", "UTF-16")) {
            Files.write(manifest, text.getBytes(Charset.forName(encoding)));
            assertThat(Manifest.at(manifest).load().recordings()).isEqualTo(dataset.recordings());
        }
    }

    @Test
    void partsOfAFileAreRecordingsOfTheirOwn() throws IOException {
        write("""
                file_path,class,offset,duration,channel
                p1.wav,1,0,1,
                p1.wav,0,1,2.5,2
                p1.wav,0,3,,
                p1.wav,1,,7.25,1
                p2.wav,1,,4,
                """);

        List<Recording> recordings = Manifest.at(manifest).load().recordings();
        assertThat(recordings).extracting(Recording::id).containsExactly(
                "p1.wav@0+1", "p1.wav@1+2.5 channel 2", "p1.wav@3+end", "p1.wav@0+end channel 1", "p2.wav");
        assertThat(recordings).extracting(one -> one.audio().part().isWhole()).containsExactly(false, false, false, false, true);
        assertThat(recordings.get(4).metadata()).containsExactly(Map.entry("duration", "4"));
        assertThat(recordings.get(0).metadata()).isEmpty();
    }

    @Test
    void faultyPartsAreToldByTheirLines() throws IOException {
        write("""
                file_path,class,offset,duration,end,channel
                p1.wav,0,-1,1,,
                p1.wav,0,1,0,,
                p1.wav,1,2,1,4,
                p1.wav,1,2,,1,
                p1.wav,1,10:30,1,,
                p1.wav,1,1,1,,0
                p1.wav,1,,1,2,
                p1.wav,1,3,1,,
                p1.wav,0,3.0,1.00,,
                p1.wav,0,1e999999999,1.00,,
                """);

        assertThat(faults(Manifest.at(manifest))).containsExactly(
                "line 2: offset must be seconds, such as 1.5, but was '-1'; correct it, or name 'offset' in metadataColumns",
                "line 3: must end after it begins, but is 0.0 s long; correct duration",
                "line 4: has a duration that differs from its end; remove one of both columns, or correct them",
                "line 5: must end after it begins, but is -1.0 s long; correct duration",
                "line 6: offset must be seconds, such as 1.5, but was '10:30'; correct it, or name 'offset' in metadataColumns",
                "line 7: channel must be a channel, from 1, but was '0'; correct it, or name 'channel' in metadataColumns",
                "line 8: offset is blank, but end is not; give both or none",
                "line 10: the audio file 'p1.wav@3+1' is already listed in line 9; list it once",
                "line 11: offset must be seconds, such as 1.5, but was '1e999999999'; correct it, or name 'offset' in"
                        + " metadataColumns");
    }

    @Test
    void anEndNeedsABeginning() throws IOException {
        write("file_path,class,end\ncontrols/c1.wav,0,2024\np1.wav,1,2025\n");

        assertThat(faults(Manifest.at(manifest))).containsExactly("line 1: there is a column 'end', but none of the beginnings; name"
                + " it in offsetColumn, or name 'end' in metadataColumns");
        assertThat(Manifest.builder(manifest).layout(Map.of("metadataColumns", List.of("end"))).build().load().recordings())
                .extracting(Recording::metadata).containsExactly(Map.of("end", "2024"), Map.of("end", "2025"));
    }

    @Test
    void usualNamesOfOthersAreUnderstoodUnlessTheyAreSeveral() throws IOException {
        write("Path,LABEL,speaker-id,visit,tarefa\ncontrols/c1.wav,0,ana,1,phrase\np1.wav,1,rui,2,rhyme\n");
        Dataset dataset = Manifest.at(manifest).load();
        assertThat(dataset.subjects()).containsExactly("ana", "rui");
        assertThat(dataset.recordings()).extracting(Recording::metadata).containsExactly(
                Map.of("session", "1", "task", "phrase"), Map.of("session", "2", "task", "rhyme"));
        assertThat(dataset.notes()).hasSize(5).contains("the column 'Path' is read as file_path (fileColumn)");

        write("path,arquivo,class,speaker,patient_id\nx,y,0,1,2\n");
        assertThat(faults(Manifest.at(manifest))).containsExactly(
                "line 1: the columns 'path', 'arquivo' may each be the file_path; name one of them in fileColumn",
                "line 1: the columns 'speaker', 'patient_id' may each be the subject; name one of them in subjectColumn, or the"
                        + " others in metadataColumns");
    }

    @Test
    void aMeaningHasOneColumnInAllRows() throws IOException {
        manifest = folder.resolve("m.jsonl");
        write("""
                {"file_path": "controls/c1.wav", "class": "0", "subject": "ana", "speaker": "S1"}
                {"file_path": "p1.wav", "class": "1", "subject": null, "speaker": "S1"}
                """);
        assertThat(faults(Manifest.at(manifest))).containsExactly("line 2: the subject must be in one column, but is in 'speaker' and"
                + " in rows before in 'subject'; give each row 'subject', or name it in subjectColumn");

        write("""
                {"file_path": "controls/c1.wav", "class": "0", "task": "a", "kind": "b"}
                {"file_path": "p1.wav", "class": "1", "task": "a"}
                """);
        assertThat(faults(Manifest.builder(manifest).layout(Map.of("taskColumn", "kind")).build())).first().asString().startsWith(
                "line 1: the column 'task' must be the task, but that is 'kind' (taskColumn); rename one of them");
    }

    @Test
    void aColumnThatWasNamedHasNoOtherName() throws IOException {
        write("file_path,class,speaker\ncontrols/c1.wav,0,ana\np1.wav,1,rui\n");
        assertThat(faults(Manifest.builder(manifest).subjectColumn("subject").build())).singleElement().asString()
                .startsWith("line 1: there is no column 'subject'");
    }

    @Test
    void bytesThatADeclaredEncodingDoesNotHaveAreAFault() throws IOException {
        Files.write(manifest, "file_path,class,note\ncontrols/c1.wav,0,\u0081\n".getBytes(ISO_8859_1));
        assertThat(faults(Manifest.builder(manifest).layout(Map.of("encoding", "windows-1252")).build())).singleElement().asString()
                .contains("has bytes that its encoding does not have; set encoding to that of the manifest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesAreCountedBehindALineThatNamesTheSeparator(String end) throws IOException {
        write(String.join(end, "sep=\t", "file_path\tclass", "p1.wav\tx", ""));
        assertThat(faults(Manifest.at(manifest))).first().asString().startsWith("line 3: class is 'x'");
    }

    @Test
    void aNumberOfManyDigitsIsAFault() throws IOException {
        write("file_path,class,offset\ncontrols/c1.wav,0," + "9".repeat(100_000) + "\np1.wav,1,0\n");
        assertThat(faults(Manifest.at(manifest))).singleElement().asString().startsWith("line 2: offset must be seconds");
    }

    @Test
    void rowsOfOtherValuesAndOfIgnoredClassesAreLeftOutAndCounted() throws IOException {
        write("""
                file_path,class,task
                controls/c1.wav,0,phrase
                p1.wav,1,phrase
                p2.wav,1,noise
                p1.wav,?,phrase
                """);
        Manifest source = Manifest.builder(manifest).where("task", List.of("phrase")).ignoreWords(List.of("?")).build();

        assertThat(source.load().recordings()).extracting(Recording::id).containsExactly("controls/c1.wav", "p1.wav");
        assertThat(source.load().notes()).containsExactly("1 of 4 rows are left out by where",
                "1 of 4 rows are left out, as their class is '?' (ignoreWords)");
        assertThat(faults(source.toBuilder().where("task", List.of("phrase", "phras")).where("sex", List.of("F")).build()))
                .containsExactlyInAnyOrder(
                        "where.task names 'phras', which no row has; values are 'noise', 'phrase'",
                        "where.sex names 'F', which no row has; there is no column 'sex', or it is blank", "no recordings");
        assertThatThrownBy(() -> source.toBuilder().ignoreWords(List.of("1")).build())
                .hasMessageContaining("'1' stands for a class; remove it from one of both");
    }

    @Test
    void filesMayLieInAnyFolderBelowTheRoot() throws IOException {
        Files.createDirectories(folder.resolve("2024/may"));
        Files.move(folder.resolve("p1.wav"), folder.resolve("2024/may/p1.wav"));
        write("file_path,class\nc1.wav,0\np1.wav,1\n");
        Manifest source = Manifest.builder(manifest).layout(Map.of("find", true)).build();
        assertThat(source.load().recordings()).extracting(Recording::id).containsExactly("controls/c1.wav", "2024/may/p1.wav");

        Files.write(folder.resolve("2024/c1.wav"), new byte[] {9});
        write("file_path,class\nc1.wav,0\nmay/p1.wav,1\ngone.wav,1\n");
        assertThat(faults(source)).containsExactly(
                "line 2: the audio file 'c1.wav' is '2024/c1.wav' or 'controls/c1.wav'; write its folder too",
                "line 4: there is no audio file 'gone.wav' (looked for " + folder.resolve("gone.wav")
                        + "); correct file_path, or set the root folder");
    }

    @Test
    void aSubjectColumnThatWasNamedMustBeThere() throws IOException {
        write("file_path,class,subject\ncontrols/c1.wav,0,ana\np1.wav,1,rui\n");

        assertThat(faults(Manifest.builder(manifest).subjectColumn("speaker").build()))
                .singleElement().asString().startsWith("line 1: there is no column 'speaker'");
    }

    @Test
    void oneColumnCannotHoldTwoThings() {
        assertThatThrownBy(() -> Manifest.builder(manifest).subjectColumn("class").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("classColumn and subjectColumn must name two columns, but both are 'class'; change one of them");
    }

    @Test
    void textThatIsNotUtf8IsAFaultOfItsLine() throws IOException {
        String text = "file_path,class,note\ncontrols/c1.wav,0,não, então\r\np1.wav,1,é\n";
        Files.write(manifest, text.getBytes(ISO_8859_1));

        assertThat(faults(Manifest.at(manifest))).containsExactly(
                "line 2: has the byte 0xE3, which is not UTF-8; save the manifest in the encoding UTF-8, or set encoding",
                "line 3: has the byte 0xE9, which is not UTF-8; save the manifest in the encoding UTF-8, or set encoding",
                "line 2: has 4 fields, but the header has 3 columns; quote fields that hold commas");
    }

    @Test
    void aCutUtf8SequenceAtTheEndIsAFault() throws IOException {
        byte[] text = "file_path,class,note\ncontrols/c1.wav,0,a\np1.wav,1,é".getBytes(UTF_8);
        Files.write(manifest, Arrays.copyOf(text, text.length - 1));

        assertThat(faults(Manifest.at(manifest))).containsExactly(
                "line 3: has the byte 0xC3, which is not UTF-8; save the manifest in the encoding UTF-8, or set encoding");
    }

    @Test
    void aQuoteThatDoesNotEndIsAFaultOfItsLine() throws IOException {
        write("file_path,class,note\ncontrols/c1.wav,0,\"a\nb\"\np1.wav,1,\"x\np2.wav,1,y\n");

        assertThat(faults(Manifest.at(manifest))).containsExactly("line 4: a quoted field does not end, or has text"
                + " after its closing quote; close it, and double every quote inside of it");
    }

    @Test
    void anImpossiblePathIsAFault() throws IOException {
        write("file_path,class\ncontrols/c1.wav,0\np1\0.wav,1\n");

        assertThat(faults(Manifest.at(manifest))).singleElement().asString()
                .startsWith("line 3: file_path 'p1\0.wav' is an invalid file name here");
    }

    @Test
    void aFolderIsNoAudioFile() throws IOException {
        write("file_path,class\ncontrols,0\np1.wav,1\n");

        assertThat(faults(Manifest.at(manifest))).singleElement().asString()
                .startsWith("line 2: there is no audio file 'controls'");
    }

    @Test
    void audioMayLieElsewhere() throws IOException {
        write("file_path,class,subject\nfar/c1.wav,0,ana\nfar\\p1.wav,1,rui\n");
        Manifest source = Manifest.builder(manifest)
                .audio(id -> FileAudioSource.of(Path.of("bucket", id))).build();

        assertThat(source.load().recordings()).extracting(Recording::audio).containsExactly(
                FileAudioSource.of(Path.of("bucket", "far/c1.wav")),
                FileAudioSource.of(Path.of("bucket", "far/p1.wav")));

        write("file_path,class,subject\nfar/c1.wav,0,ana\nfar/c1.wav,1,rui\n,1,rui\n");
        assertThat(faults(source)).containsExactly(
                "line 3: the audio file 'far/c1.wav' is already listed in line 2; list it once",
                "line 4: file_path is blank; name the audio file");
    }

    private void write(String text) throws IOException {
        Files.writeString(manifest, text);
    }

    @Test
    void wordsStandForClasses() throws IOException {
        write("file_path,class\ncontrols/c1.wav,controle\np1.wav,paciente\np2.wav,covid\n");

        Manifest words = Manifest.builder(manifest).classWords(Label.CONTROL, List.of("controle"))
                .classWords(Label.PATIENT, List.of("paciente", "covid")).build();
        assertThat(words.load().recordings()).extracting(Recording::label)
                .containsExactly(Label.CONTROL, Label.PATIENT, Label.PATIENT);
        assertThatThrownBy(() -> Manifest.builder(manifest).classWords(Label.CONTROL, List.of("controle")).build().load())
                .hasMessageContaining("line 3: class is 'paciente'; it must be controle (control) or 1 (patient)");
        assertThatThrownBy(() -> Manifest.builder(manifest).classWords(Label.CONTROL, List.of("1")).build())
                .hasMessage("'1' stands for both classes; give each its own words");
    }

    @Test
    void aQuestionMarkIsAMissingValue() throws IOException {
        write("file_path,class,subject,sex,age\ncontrols/c1.wav,0,ana,?,31\np1.wav,1,rui, ? ,\n");
        assertThat(Manifest.at(manifest).load().recordings()).extracting(Recording::metadata)
                .containsExactly(Map.of("age", "31"), Map.of());

        write("file_path,class,subject\ncontrols/c1.wav,0,?\np1.wav,1,rui\n");
        assertThatThrownBy(() -> Manifest.at(manifest).load())
                .hasMessageContaining("line 2: subject is '?', which means missing (missingWords); name the speaker");
    }

    @Test
    void pathsSayWhoSpeaks() throws IOException {
        write("file_path,class\ncontrols/c1.wav,0\np1.wav,1\np2.wav,1\n");
        assertThat(Manifest.builder(manifest).subjectPattern(Pattern.compile("([cp])[0-9]")).build().load().recordings())
                .extracting(Recording::subject).containsExactly("c", "p", "p");
        assertThatThrownBy(() -> Manifest.builder(manifest).subjectPattern(Pattern.compile("/([cp])[0-9]")).build().load())
                .hasMessageContaining("line 3: file_path 'p1.wav' does not name the subject: the subject pattern '/([cp])[0-9]'"
                        + " does not match it; correct the pattern");
        assertThatThrownBy(() -> Manifest.builder(manifest).subjectPattern(Pattern.compile("p")))
                .hasMessageContaining("must have a group");
    }

    private List<String> faults(Manifest source) {
        InvalidDatasetException failure = catchThrowableOfType(InvalidDatasetException.class, source::load);
        assertThat(failure).as("failure").isNotNull();
        return failure.faults();
    }
}
