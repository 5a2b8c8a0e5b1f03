package io.github.spirabr.storage.fs.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, words, values and paths of manifests as people and spreadsheets write them. */
class ManifestTextsTest {

    private static final String COMPOSED = "In\u00eas";
    private static final String DECOMPOSED = "Ine\u0302s";

    @TempDir
    private Path folder;

    private Path manifest = Path.of("unset");

    @BeforeEach
    void audio() throws IOException {
        manifest = folder.resolve("m.csv");
        for (String name : List.of("a.wav", "b.wav", "c.wav")) {
            Files.write(folder.resolve(name), new byte[] {1});
        }
    }

    private Manifest.Builder text(String text) throws IOException {
        Files.writeString(manifest, text);
        return Manifest.builder(manifest);
    }

    private static List<String> faults(Manifest manifest) {
        return catchThrowableOfType(InvalidDatasetException.class, manifest::load).faults();
    }

    /** Each row: how a subject is written, and the subject that it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "Ine\u0302s|In\u00eas", "In\u00eas\u00a0|In\u00eas", "\u2003In\u00eas|In\u00eas", "\u200bIn\u00eas\ufeff|In\u00eas",
        "Conceic\u0327a\u0303o|Concei\u00e7\u00e3o", "P-07\t|P-07", "\u202fP 7\u3000|P 7", "Nara|Nara", "N/A 3|N/A 3",
        "nulla|nulla", "\u1112\u1161\u11ab|\ud55c", "\u212b|\u00c5"})
    void aSubjectIsOneInAllItsSpellings(String written, String subject) throws IOException {
        Dataset dataset = text("file_path,class,subject\na.wav,0,\"" + written + "\"\nb.wav,1,Z\n").build().load();
        assertThat(dataset.recordings().get(0).subject()).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NA", "na", "NaN", "nan", "N/A", "n/a", "#N/A", "#N/D", "null", "NULL", "?", " ? ", "\u00a0", "\u200b"})
    void aMissingValueIsLeftOutAndNoSubject(String written) throws IOException {
        Dataset dataset = text("file_path,class,subject,age\na.wav,0,X," + written + "\nb.wav,1,Z,61\n").build().load();
        assertThat(dataset.recordings()).extracting(Recording::metadata).containsExactly(Map.of(), Map.of("age", "61"));

        assertThat(faults(text("file_path,class,subject\na.wav,0," + written + "\nb.wav,1,Z\n").build())).singleElement().asString()
                .startsWith("line 2: subject is").contains("name the speaker");
    }

    @Test
    void theWordsForMissingValuesCanBeChosen() throws IOException {
        Manifest chosen = text("file_path,class,subject,age\na.wav,0,NA,-99\nb.wav,1,Z,SEM RESPOSTA\nc.wav,1,Z,\n")
                .missingWords(List.of("-99", "sem resposta")).build();
        assertThat(chosen.load().recordings()).extracting(Recording::metadata).containsExactly(Map.of(), Map.of(), Map.of());
        assertThat(chosen.load().subjects()).containsExactly("NA", "Z");
        assertThat(chosen.description().settings()).containsEntry("missingWords", List.of("-99", "sem resposta"));
        assertThat(chosen.toBuilder().build().load().subjects()).containsExactly("NA", "Z");
        assertThat(Manifest.at(manifest).description().settings()).doesNotContainKey("missingWords");
    }

    @Test
    void columnsAndWordsAreOneInAllTheirSpellings() throws IOException {
        Dataset dataset = text("\ufefffile_path, diagno\u0301stico\u00a0,\u2003subject,regia\u0303o\n"
                        + "a.wav,Sauda\u0301vel ,x,Para\u0301\nb.wav,\u00a0doente,y,Par\u00e1\n")
                .classColumn("diagn\u00f3stico").classWords(Label.CONTROL, List.of("Saud\u00e1vel"))
                .classWords(Label.PATIENT, List.of("doente ")).build().load();
        assertThat(dataset.recordings()).extracting(Recording::label).containsExactly(Label.CONTROL, Label.PATIENT);
        assertThat(dataset.subjects()).containsExactly("x", "y");
        assertThat(dataset.recordings()).extracting(one -> one.metadata().get("regi\u00e3o")).containsExactly("Par\u00e1", "Par\u00e1");
    }

    @Test
    void twoColumnsOfOneNameInTwoSpellingsAreRefused() throws IOException {
        assertThat(faults(text("file_path,class,regi\u00e3o,regia\u0303o \na.wav,0,1,2\n").build()))
                .containsExactly("line 1: the column 'regi\u00e3o' exists twice; rename or remove one");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aPathFindsItsFileInEitherFormOfUnicode(boolean listedDecomposed, boolean storedDecomposed) throws IOException {
        String listed = listedDecomposed ? DECOMPOSED : COMPOSED;
        String stored = storedDecomposed ? DECOMPOSED : COMPOSED;
        Files.createDirectories(folder.resolve(stored));
        Files.write(folder.resolve(stored).resolve(stored + ".wav"), new byte[] {1});
        for (String root : List.of("", folder.toAbsolutePath() + "/")) {
            Manifest source = text("file_path,class\n" + root + listed + "/" + listed + ".wav,0\nb.wav,1\n").build();
            for (List<Recording> recordings : List.of(source.load().recordings(), source.list())) {
                assertThat(recordings.get(0).id()).isEqualTo(COMPOSED + "/" + COMPOSED + ".wav");
                try (InputStream in = recordings.get(0).audio().open()) {
                    assertThat(in.read()).isEqualTo(1);
                }
            }
        }
        Path controls = Files.writeString(folder.resolve("controls.csv"), listed + "/" + listed + ".wav\n");
        Path patients = Files.writeString(folder.resolve("patients.csv"), "b.wav\n");
        assertThat(ClassLists.of(controls, patients).load().recordings().get(0).id()).startsWith(COMPOSED);
        assertThat(new ManifestFormats().noises(controls.toString(), Optional.empty(), Optional.empty(), fault -> {
            throw new AssertionError(fault);
        })).hasSize(1);
    }

    @Test
    void oneFileInBothFormsIsListedTwice() throws IOException {
        Files.write(folder.resolve(COMPOSED + ".wav"), new byte[] {1});
        assertThat(faults(text("file_path,class\n" + COMPOSED + ".wav,0\n" + DECOMPOSED + ".wav,1\n").build()))
                .singleElement().asString().contains("is already listed in line 2");
    }

    @Test
    void aNearNameIsNamed() throws IOException {
        Files.write(folder.resolve("Voz 1.WAV"), new byte[] {1});
        assertThat(faults(text("file_path,class\nvoz 1.wav,0\na.mp3,1\nb.wav,0\nc.wav,1\n").build())).containsExactly(
                "line 2: there is no audio file 'voz 1.wav' (looked for " + folder.resolve("voz 1.wav")
                        + "); there is 'Voz 1.WAV'; correct file_path, or set the root folder",
                "line 3: there is no audio file 'a.mp3' (looked for " + folder.resolve("a.mp3")
                        + "); there is 'a.wav'; correct file_path, or set the root folder");
    }

    /** Each row: a path in a manifest, the file on disk, and the name that is told. */
    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {
        "A.WAV,a.wav,a.wav", "first%20visit.wav,first visit.wav,first visit.wav", "first visit.wav,first%20visit.wav,first%20visit.wav",
        "Jo%c3%A3o%231.wav,Jo\u00e3o#1.wav,Jo\u00e3o#1.wav", "voz.wav,voz.wav ,voz.wav ", "voz,voz.wav,voz.wav",
        "first%20visit.mp3,First visit.wav,First visit.wav", "100%.wav,100%.mp3,100%.mp3",
        "Day%201/voz.wav,day 1/voz.wav,day 1/voz.wav", "here/Day 1/B/voz.wav,here/day 1/b/voz.ogg,day 1/b/voz.ogg"})
    void theNearestNameIsToldWithItsFolders(String listed, String stored, String told) throws IOException {
        Files.createDirectories(folder.resolve(stored).getParent());
        Files.write(folder.resolve(stored), new byte[] {1});
        assertThat(faults(text("file_path,class\n\"" + listed + "\",0\nb.wav,1\n").build())).containsExactly(
                "line 2: there is no audio file '" + listed + "' (looked for " + folder.resolve(listed) + "); there is '" + told
                        + "'; correct file_path, or set the root folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A.WAV", "d.Mp3", "noending", "with blanks.wav", "a#1.wav", "first%20visit.wav", "a+b&c.wav", "a'b.wav"})
    void aNameIsFoundAsItIs(String name) throws IOException {
        Files.write(folder.resolve(name), new byte[] {1});
        assertThat(text("file_path,class\n\"" + name + "\",0\nb.wav,1\n").build().load().recordings().get(0).id()).isEqualTo(name);
    }

    @Test
    void aManifestThatIsAppendedToItselfIsToldAsRepetitions() throws IOException {
        String once = "file_path,class\na.wav,0\nb.wav,1\n";
        assertThat(faults(text(once + once.substring(once.indexOf('\n') + 1)).build())).containsExactly(
                "line 4: the audio file 'a.wav' is already listed in line 2; list it once",
                "line 5: the audio file 'b.wav' is already listed in line 3; list it once");
        assertThat(faults(text(once + once).build())).containsExactly(
                "line 4: repeats the header; remove this line",
                "line 5: the audio file 'a.wav' is already listed in line 2; list it once",
                "line 6: the audio file 'b.wav' is already listed in line 3; list it once");
    }

    /** Each row: the folder where the files are, and where the manifest is. */
    @ParameterizedTest
    @CsvSource({"lists/audio, lists", "lists/raw/wav, lists", "audio, lists", ".., lists/of/2026"})
    void manyMissingFilesAreOneSentenceWithTheLikelyRoot(String audio, String lists) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        manifest = Files.createDirectories(home.resolve(lists)).resolve("m.csv");
        Path files = (audio.equals("..") ? manifest.getParent().getParent().getParent() : home.resolve(audio)).normalize();
        StringBuilder rows = new StringBuilder("file_path,class\n");
        for (int i = 0; i < 40; i++) {
            String name = "day/v" + i + ".wav";
            Files.createDirectories(files.resolve("day"));
            Files.write(files.resolve(name), new byte[] {1});
            rows.append(name).append(',').append(i % 2).append('\n');
        }
        assertThat(faults(text(rows.toString()).build())).containsExactly(
                "40 of 40 audio files do not exist, such as 'day/v0.wav' (line 2), 'day/v1.wav' (line 3), 'day/v2.wav' (line 4),"
                        + " 'day/v3.wav' (line 5), 'day/v4.wav' (line 6); looked for in " + manifest.getParent()
                        + "; they exist below " + files + ": set the root folder to it");
        assertThat(Manifest.builder(manifest).root(files).build().load().recordings()).hasSize(40);
    }

    private static List<String> missing(Manifest source) {
        List<String> missing = new ArrayList<>();
        source.list(missing::add, note -> {});
        return missing;
    }

    @Test
    void otherFaultsOfAManifestAreThrownBeforeItsMissingFilesAreSaid() throws IOException {
        List<String> missing = new ArrayList<>();
        Manifest source = text("file_path,class\nnone.wav,0\nb.wav,unknown\n").build();
        assertThat(catchThrowableOfType(InvalidDatasetException.class, () -> source.list(missing::add, note -> {})).faults())
                .singleElement().asString().startsWith("line 3: class is 'unknown'");
        assertThat(missing).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() throws IOException {
        StringBuilder rows = new StringBuilder("file_path,class\n");
        for (int i = 0; i < 2_000; i++) {
            rows.append("/nowhere/corpus/p").append(i).append("/v.wav,").append(i % 2).append('\n');
        }
        Manifest source = text(rows.toString()).build();
        assertThat(missing(source)).singleElement().asString()
                .startsWith("2000 of 2000 audio files do not exist, such as '/nowhere/corpus/p0/v.wav' (line 2), ")
                .endsWith("there is no folder /nowhere; correct file_path, or set the root folder to where the files are")
                .hasSizeLessThan(500);
        assertThat(missing(text("file_path,class\na.wav,0\nb.wav,0\n").build())).isEmpty();
    }

    @Test
    void aHeaderInAnotherEncodingIsOneFault() throws IOException {
        String rows = "file_path,class,diagn\u00f3stico\na.wav,0,x\nb.wav,1,y\n";
        Path other = Files.write(folder.resolve("other.csv"), rows.getBytes(ISO_8859_1));
        assertThat(faults(Manifest.at(other))).singleElement().asString().startsWith("line 1: has the byte 0x")
                .endsWith("which is not UTF-8; save the manifest in the encoding UTF-8, or set encoding");
    }

    /** Each row: the end of paths as another system or a spreadsheet wrote them, of files that end in {@code .wav}. */
    @ParameterizedTest
    @ValueSource(strings = {".WAV", ".wav ", ".Wav"})
    void theNearestNameIsSaidWhereAllFilesAreMissing(String end) throws IOException {
        StringBuilder rows = new StringBuilder("file_path,class\n");
        for (int i = 0; i < 20; i++) {
            Files.createFile(folder.resolve("near" + i + ".wav"));
            rows.append("near").append(i).append(end).append(',').append(i % 2).append('\n');
        }
        assertThat(missing(text(rows.toString()).build())).singleElement().asString()
                .startsWith("20 of 20 audio files do not exist").contains("looked for in " + folder + "; there is 'near0.wav'; correct");
    }

    /** Each row: a path that looks blank, also after its normalisation. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0", "\u200b", "\ufeff\u2003", "./\u00a0"})
    void aPathOfInvisibleCharactersIsBlank(String path) throws IOException {
        String fault = "line 2: file_path is blank; name the audio file";
        String rows = "file_path,class\n\"" + path + "\",0\nb.wav,1\n";
        assertThat(faults(text(rows).build())).containsExactly(fault);
        assertThat(catchThrowableOfType(InvalidDatasetException.class, () -> text(rows).build().list()).faults())
                .containsExactly(fault);
    }

    @Test
    void anInvisibleNameOfAudioElsewhereIsBlank() throws IOException {
        Manifest source = text("file_path,class\n\u200b,0\nb.wav,1\n").audio(id -> FileAudioSource.of(manifest)).build();
        assertThat(faults(source)).containsExactly("line 2: file_path is blank; name the audio file");
    }

    @Test
    void aPatternThatFindsInvisibleCharactersFindsNoSubject() throws IOException {
        Files.write(folder.resolve("\u200b-1.wav"), new byte[] {1});
        Pattern pattern = Pattern.compile("([^-]+)-");
        assertThat(faults(text("file_path,class\n\u200b-1.wav,0\n\u00a0,1\n").subjectPattern(pattern).build()))
                .hasSize(2).contains("line 3: file_path is blank; name the audio file")
                .anyMatch(one -> one.startsWith("line 2: file_path") && one.contains("does not name the subject"));
        Path patients = Files.writeString(folder.resolve("patients.csv"), "\u200b\n");
        Path controls = Files.writeString(folder.resolve("controls.csv"), "\u200b-1.wav\n");
        ClassLists lists = ClassLists.of(controls, patients).subjectPattern(pattern);
        assertThat(catchThrowableOfType(InvalidDatasetException.class, lists::load).faults()).hasSize(2)
                .anyMatch(one -> one.endsWith("the path is blank; name the audio file"));
    }

    /** The outer folders are tried before the many folders inside of the first of them. */
    @Test
    void theLikelyRootIsFoundBesideAFolderOfManyFolders() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path root = Files.createDirectory(memory.getPath("/corpus"));
            for (int i = 0; i < 250; i++) {
                Files.createDirectories(root.resolve("a/" + i));
            }
            StringBuilder rows = new StringBuilder("file_path,class\n");
            Files.createDirectory(root.resolve("b"));
            for (int i = 0; i < 12; i++) {
                Files.createFile(root.resolve("b/v" + i + ".wav"));
                rows.append('v').append(i).append(".wav,").append(i % 2).append('\n');
            }
            Manifest source = Manifest.at(Files.writeString(root.resolve("m.csv"), rows));
            assertThat(missing(source)).singleElement().asString()
                    .endsWith("they exist below /corpus/b: set the root folder to it");
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "there is no /dev/shm")
    void aFileInSharedMemoryIsNoPipe() throws IOException {
        Path shared = Files.createTempDirectory(Path.of("/dev/shm"), "spira");
        try {
            Path file = Files.createFile(shared.resolve("m.csv"));
            assertThat(ReadOnceSource.isPipe(file)).isFalse();
        } finally {
            Folders.deleteQuietly(shared);
        }
        assertThat(ReadOnceSource.isPipe(Path.of("/dev/null"))).isTrue();
        assertThat(ReadOnceSource.isPipe(manifest)).isFalse();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no mkfifo")
    void aPipeIsReadOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        String text = "file_path,class\n" + folder + "/a.wav,0\n" + folder + "/b.wav,1\n";
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Manifest source = Manifest.at(pipe);
        assertThat(source.load().recordings()).hasSize(2);
        writer.get();
        assertThat(source.list()).hasSize(2);
        assertThat(source.toBuilder().build().load().recordings()).hasSize(2);
    }
}
