package io.github.spirabr.storage.fs.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemAudioCacheTest {

    @TempDir
    Path folder;

    /** Bytes far away, which counts how often they are fetched and how many streams are open. */
    private static final class Far implements AudioSource {

        private final String name;
        private String version = "1";
        private byte[] bytes;
        private int fetched;
        private int open;
        private boolean breaking;

        Far(String name, int size) {
            this.name = name;
            this.bytes = new byte[size];
            Arrays.fill(bytes, (byte) name.length());
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> version() {
            return version.isEmpty() ? Optional.empty() : Optional.of(version);
        }

        @Override
        public InputStream open() {
            fetched++;
            open++;
            return new FilterInputStream(new ByteArrayInputStream(bytes)) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    if (breaking) {
                        throw new IOException("the connection broke");
                    }
                    return super.read(target, offset, length);
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }
    }

    @Test
    void partsOfAFileShareItsCopyAndStayParts() throws IOException {
        Far far = new Far("s3://bucket/long.wav", 1000);
        FileSystemAudioCache cache = FileSystemAudioCache.at(folder, 10_000);
        for (int second = 0; second < 3; second++) {
            AudioPart part = AudioPart.of(Duration.ofSeconds(second), Duration.ofSeconds(1));
            AudioSource cached = cache.through(AudioSource.partOf(far, part));
            try (InputStream in = cached.open()) {
                assertThat(in.readAllBytes()).isEqualTo(far.bytes);
            }
            assertThat(cached.part()).isEqualTo(part);
            assertThat(cached.name()).isEqualTo("s3://bucket/long.wav@" + second + "+1");
            assertThat(cached.whole()).isEqualTo(cache.through(far));
        }
        assertThat(far.fetched).isEqualTo(1);
    }

    @Test
    void aRecordingIsFetchedOnce() throws IOException {
        Far far = new Far("s3://bucket/a.wav", 1000);

        for (int i = 0; i < 3; i++) {
            assertThat(bytes(cache(5000).through(far))).isEqualTo(far.bytes);
        }

        assertThat(far.fetched).isEqualTo(1);
        assertThat(far.open).isZero();
        assertThat(cache(5000).through(far).name()).isEqualTo(far.name);
    }

    @Test
    void anotherVersionIsAnotherCopy() throws IOException {
        Far far = new Far("a.wav", 1000);
        bytes(cache(5000).through(far));
        far.version = "2";
        far.bytes = new byte[] {1, 2, 3};

        assertThat(bytes(cache(5000).through(far))).containsExactly(1, 2, 3);
    }

    @Test
    void whatHasNoVersionIsNotCopied() throws IOException {
        Far far = new Far("a.wav", 1000);
        far.version = "";

        assertThat(bytes(cache(5000).through(far))).isEqualTo(far.bytes);
        far.bytes = new byte[] {1, 2, 3};
        assertThat(bytes(cache(5000).through(far))).containsExactly(1, 2, 3);

        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aBrokenCopyIsFetchedAgain() throws IOException {
        Far far = new Far("a.wav", 1000);
        bytes(cache(5000).through(far));
        for (int length : new int[] {0, 31, 32, 999, 1032}) {
            byte[] copy = Files.readAllBytes(copies().get(0));
            byte[] broken = Arrays.copyOf(copy, length);
            if (length == copy.length) {
                broken[500] ^= 1;
            }
            Files.write(copies().get(0), broken);
            far.fetched = 0;

            assertThat(bytes(cache(5000).through(far))).isEqualTo(far.bytes);
            assertThat(bytes(cache(5000).through(far))).isEqualTo(far.bytes);
            assertThat(far.fetched).as("cut to %d bytes", length).isEqualTo(1);
        }
    }

    @Test
    void theLimitHolds() throws IOException {
        for (int i = 0; i < 30; i++) {
            Far far = new Far("a.wav" + "x".repeat(i), 1000);
            assertThat(bytes(cache(5000).through(far))).isEqualTo(far.bytes);
            long total = 0;
            for (Path copy : copies()) {
                total += Files.size(copy);
            }
            assertThat(total).isBetween(1000L, 5000L);
        }
    }

    @Test
    void whatDoesNotFitIsStreamed() throws IOException {
        Far far = new Far("a.wav", 5000);

        assertThat(bytes(cache(5000).through(far))).isEqualTo(far.bytes);

        assertThat(far.open).isZero();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aConnectionThatBreaksLeavesNoCopy() {
        Far far = new Far("a.wav", 1000);
        far.breaking = true;

        assertThatThrownBy(() -> bytes(cache(5000).through(far)))
                .isInstanceOf(IOException.class).hasMessage("the connection broke");

        assertThat(far.open).isZero();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeUsedHarmsNobody() throws IOException {
        Files.createFile(folder.resolve("cache"));
        Far far = new Far("a.wav", 1000);

        assertThat(bytes(cache(5000).through(far))).isEqualTo(far.bytes);
    }

    @Test
    void aWholeDatasetGoesThroughIt() throws IOException {
        Far far = new Far("a.wav", 100);
        Dataset dataset = Dataset.of("far", List.of(
                new Recording("a", "ana", Label.PATIENT, Map.of("sex", "F"), far),
                new Recording("b", "bia", Label.CONTROL, Map.of(), far)));

        Dataset near = cache(5000).through(() -> dataset).load();

        assertThat(near.name()).isEqualTo("far");
        assertThat(near.recordings()).extracting(Recording::id).containsExactly("a", "b");
        assertThat(near.recordings().get(0).metadata()).containsEntry("sex", "F");
        for (Recording recording : near.recordings()) {
            assertThat(bytes(recording.audio())).isEqualTo(far.bytes);
        }
        assertThat(far.fetched).isEqualTo(1);
    }

    @Test
    void aLimitBelowOneIsRefused() {
        assertThatThrownBy(() -> cache(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maximumBytes of the audio cache must be at least 1, but was 0");
    }

    private FileSystemAudioCache cache(long limit) {
        return FileSystemAudioCache.at(folder.resolve("cache"), limit);
    }

    private static byte[] bytes(AudioSource source) throws IOException {
        try (InputStream stream = source.open()) {
            return stream.readAllBytes();
        }
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".audio")).toList();
        }
    }
}
