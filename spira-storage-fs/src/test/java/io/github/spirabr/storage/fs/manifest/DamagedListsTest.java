package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A list with altered bytes gives faults, or other rows, but never a failure. */
class DamagedListsTest {

    private static final String CUTS = "odd-cuts.jsonl";
    private static final Map<String, Function<Path, Form>> FORMS = Map.of(
            "nemo.jsonl", list -> new JsonLinesForm(FileAudioSource.of(list)),
            CUTS, list -> new LhotseCuts(FileAudioSource.of(list), new FaultList()),
            "cuts.jsonl.gz", list -> new LhotseFiles(list, new FaultList()),
            "supervisions.jsonl", list -> new LhotseFiles(list, new FaultList()),
            "kaldi/segments", list -> new KaldiFolder(list.getParent()),
            "kaldi/wav.scp", list -> new KaldiFolder(list.getParent()),
            "kaldi/utt2spk", list -> new KaldiFolder(list.getParent()),
            "folder/metadata.jsonl", list -> new AudioFolder(list.getParent(), new FaultList(), ReadRows.RECOGNISED),
            "folder-csv/metadata.csv", list -> new AudioFolder(list.getParent(), new FaultList(), ReadRows.RECOGNISED),
            "spira-bm/patients.csv", list -> new SpiraBmExport(list.getParent(), ReadRows.RECOGNISED));
    private static final List<String> NAMES = FORMS.keySet().stream().sorted().toList();
    private static final List<String> INSERTED = List.of("\0", "\\u0000", "{", "[", "\"", ",", "\n", "\r", "9", "-", "e9", ".",
            "/", "..",
            "\u00E9", "\uD83D\uDE00", " ", "|", "null", "true");

    private static Path folder = Path.of("unset");

    @BeforeContainer
    static void copyLists() throws IOException, URISyntaxException {
        folder = Files.createTempDirectory("damaged");
        Path forms = Path.of(Objects.requireNonNull(DamagedListsTest.class.getResource("forms")).toURI());
        try (Stream<Path> files = Files.walk(forms)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(forms.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Path export = Files.createDirectories(folder.resolve("spira-bm"));
        Files.writeString(export.resolve("patients.csv"), "id,collectionSite,identifier,studyTypeId,collectionDate\n"
                + "7,HC,12,3,2026-05-04\n8,HC,13,4,2026-05-05\n");
    }

    @AfterContainer
    static void deleteLists() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void alteredListsAreReadOrRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        String name = NAMES.get(random.nextInt(NAMES.size()));
        Path list = folder.resolve(name);
        byte[] whole = Files.readAllBytes(list);
        try {
            Files.write(list, damaged(whole, random));
            ReadRows read = ReadRows.of(FORMS.get(name).apply(list));
            assertThat(read.complete()).as("%s: %s", name, read.faults()).isEqualTo(read.faults().isEmpty());
            assertThat(read.faults()).allSatisfy(sentence -> assertThat(sentence).containsPattern("; |^and [0-9]+ more "));
            OtherForms.recognise(AudioSource.ofBytes(name.replace(".gz", ""), Files.readAllBytes(list)), null);
        } finally {
            Files.write(list, whole);
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int place = random.nextInt(bytes.length + 1);
            byte[] inserted = random.nextBoolean() ? new byte[] {(byte) random.nextInt(256)}
                    : INSERTED.get(random.nextInt(INSERTED.size())).getBytes(StandardCharsets.UTF_8);
            int removed = Math.min(bytes.length - place, random.nextInt(3) == 0 ? random.nextInt(20) : random.nextInt(2));
            byte[] changed = new byte[bytes.length + inserted.length - removed];
            System.arraycopy(bytes, 0, changed, 0, place);
            System.arraycopy(inserted, 0, changed, place, inserted.length);
            System.arraycopy(bytes, place + removed, changed, place + inserted.length, bytes.length - place - removed);
            bytes = changed;
        }
        return bytes;
    }
}
