package io.github.spirabr.storage.fs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.storage.fs.internal.Folders;
import io.github.spirabr.testkit.PreparedDatasetRepositoryContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileSystemPreparedDatasetsTest extends PreparedDatasetRepositoryContract {

    @TempDir
    Path folder;

    @Override
    protected PreparedDatasetRepository open() {
        return FileSystemPreparedDatasets.at(folder.resolve("datasets"));
    }

    @Test
    void theLayoutIsKept() throws IOException {
        PreparedRecording recording = new PreparedRecording("a.wav", "ana", Label.PATIENT, Map.of("sexo", "F"),
                List.of(FeatureMatrix.of(1, 2, new float[] {1, -2})));
        open().save(NAME, FINGERPRINT, List.of(recording).iterator());

        assertThat(Folders.names(stored(""))).containsExactly("features.bin", "index.json", "index.sha256");
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(stored("features.bin"))))
                .isEqualTo("01000000" + "01000000" + "02000000" + "0000803f" + "000000c0");
        // The checksums were computed by another program, sha256sum, and from the polynomial of CRC-32C.
        assertThat(stored("index.json")).hasContent("{\"formatVersion\":1,\"fingerprint\":\"" + FINGERPRINT
                + "\",\"size\":20,\"recordings\":[{\"id\":\"a.wav\",\"subject\":\"ana\",\"label\":1,"
                + "\"metadata\":{\"sexo\":\"F\"},"
                + "\"windows\":1,\"offset\":0,\"length\":20,\"crc32c\":\"3d77445e\"}]}");
        assertThat(stored("index.sha256")).hasContent(
                "15ee5ffd409acaa0e9d2e19cc44feac5e78e93bb8f860a0378d4398ae30cc7f6  index.json\n");
    }

    @Test
    void everyFlippedBitOfTheFeaturesIsFoundOut() throws IOException {
        List<PreparedRecording> recordings = recordings(3, 1);
        open().save(NAME, FINGERPRINT, recordings.iterator());
        byte[] sound = Files.readAllBytes(stored("features.bin"));
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] altered = sound.clone();
            int position = random.nextInt(sound.length);
            altered[position] ^= (byte) (1 << random.nextInt(8));
            Files.write(stored("features.bin"), altered);
            try (PreparedDataset dataset = open().open(NAME)) {
                long damaged = 0;
                for (int recording = 0; recording < 3; recording++) {
                    damaged += isDamaged(dataset, recording) ? 1 : 0;
                }
                assertThat(damaged).as("byte %d", position).isEqualTo(1);
            }
        }
    }

    private boolean isDamaged(PreparedDataset dataset, int recording) {
        try {
            dataset.read(recording);
            return false;
        } catch (PreparedDatasetException e) {
            assertThat(e)
                    .hasMessageStartingWith("data set " + NAME + " is damaged at " + stored("features.bin")
                            + ": the checksum of recording " + dataset.entries().get(recording).id() + " is ")
                    .hasMessageEndingWith("; delete it, and prepare it again");
            return true;
        }
    }

    @Test
    void everyFlippedBitOfTheIndexIsFoundOut() throws IOException {
        open().save(NAME, FINGERPRINT, recordings(3, 1).iterator());
        byte[] sound = Files.readAllBytes(stored("index.json"));
        Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            byte[] altered = sound.clone();
            altered[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(stored("index.json"), altered);

            assertThatThrownBy(() -> open().open(NAME))
                    .isInstanceOf(PreparedDatasetException.class)
                    .hasMessageStartingWith("data set " + NAME + " is damaged at " + stored("index.json")
                            + ": its SHA-256 is ");
        }
    }

    @Test
    void aCutOrMissingFileIsRefused() throws IOException {
        open().save(NAME, FINGERPRINT, recordings(3, 1).iterator());
        byte[] features = Files.readAllBytes(stored("features.bin"));
        Files.write(stored("features.bin"), Arrays.copyOf(features, features.length - 1));

        assertThatThrownBy(() -> open().open(NAME))
                .isInstanceOf(PreparedDatasetException.class)
                .hasMessage("data set " + NAME + " is damaged at " + stored("features.bin") + ": it has "
                        + (features.length - 1) + " bytes, but its index says " + features.length
                        + "; delete it, and prepare it again");
        Files.delete(stored("features.bin"));
        assertThatThrownBy(() -> open().open(NAME))
                .hasMessage("data set " + NAME + " is damaged: " + stored("features.bin")
                        + " is missing; delete it, and prepare it again");
    }

    @Test
    void draftsAreNoDatasetsAndAreRemovedWhenNobodyTouchedThem() throws IOException {
        open().save(NAME, FINGERPRINT, recordings(1, 1).iterator());
        Path old = Files.createDirectories(folder.resolve("datasets/.tmp-old"));
        Path young = Files.createDirectories(folder.resolve("datasets/.tmp-young"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        assertThat(open().names()).containsExactly(NAME);
        assertThat(open().clean(Duration.ofHours(1))).isEqualTo(1);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    /** An interrupted thread cannot lock or write a file, as none can be written on a full disk. */
    @Test
    void aDeletionWritesNoFile() throws IOException {
        open().save(NAME, FINGERPRINT, recordings(1, 1).iterator());
        Thread.currentThread().interrupt();
        try {
            open().delete(NAME);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(folder.resolve("datasets")).isEmptyDirectory();
        open().delete(NAME);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there that users do not have")
    void linksAreNotFollowed() throws IOException {
        FileSystemPreparedDatasets.at(folder.resolve("elsewhere")).save(NAME, FINGERPRINT, recordings(1, 1).iterator());
        Path link = Files.createDirectories(folder.resolve("datasets")).resolve(NAME);
        Files.createSymbolicLink(link, folder.resolve("elsewhere").resolve(NAME));

        assertThatThrownBy(() -> open().open(NAME)).hasMessage("data set " + NAME + " is a link at " + link
                + ", and links are not followed; move the folder itself there");
        assertThat(open().names()).isEmpty();
    }

    private Path stored(String file) {
        return folder.resolve("datasets").resolve(NAME).resolve(file);
    }
}
