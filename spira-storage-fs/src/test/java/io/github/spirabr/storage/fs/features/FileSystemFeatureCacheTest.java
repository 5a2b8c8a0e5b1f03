package io.github.spirabr.storage.fs.features;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FileSystemFeatureCacheTest {

    /** An entry of one window of 10 x 10: 76 bytes of header and checksum, 8 of the window's, 400 of values. */
    private static final int ENTRY_BYTES = 484;

    @TempDir
    Path folder;

    @Test
    void whatIsPutIsFoundByAnotherHandle() {
        List<FeatureMatrix> windows = List.of(
                FeatureMatrix.of(2, 3, new float[] {1, -2, 3.5f, Float.MIN_VALUE, Float.MAX_VALUE, -0f}),
                FeatureMatrix.of(1, 1, new float[] {7}));

        cache(10_000).put(key(1), windows);

        assertThat(cache(10_000).get(key(1))).contains(windows);
        assertThat(cache(10_000).get(key(2))).isEmpty();
    }

    @Test
    void theFormatIsKept() throws IOException {
        cache(10_000).put(key(1), List.of(FeatureMatrix.of(1, 2, new float[] {1, -2})));

        byte[] file = Files.readAllBytes(file(1));
        assertThat(file).hasSize(76 + 8 + 8);
        assertThat(file).startsWith('S', 'P', 'I', 'R', 'A', 'F', 'C', 1);
        assertThat(HexFormat.of().formatHex(file, 8, 40)).isEqualTo(key(1));
        assertThat(HexFormat.of().formatHex(file, 40, 60))
                .isEqualTo("01000000" + "01000000" + "02000000" + "0000803f" + "000000c0");
    }

    @Test
    void everyFlippedBitIsFoundOut() throws IOException {
        FeatureCache cache = cache(100_000);
        for (int position = 0; position < 92; position++) {
            cache.put(key(1), List.of(FeatureMatrix.of(1, 2, new float[] {1, -2})));
            byte[] file = Files.readAllBytes(file(1));
            file[position] ^= (byte) (1 << position % 8);
            Files.write(file(1), file);

            assertThat(cache.get(key(1))).as("byte %d", position).isEmpty();
            assertThat(file(1)).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 75, 76, 483})
    void aCutEntryIsRemovedAndMayBePutAgain(int length) throws IOException {
        FeatureCache cache = cache(10_000);
        cache.put(key(1), entry(1));
        Files.write(file(1), Arrays.copyOf(Files.readAllBytes(file(1)), length));

        assertThat(cache.get(key(1))).isEmpty();
        assertThat(file(1)).doesNotExist();

        cache.put(key(1), entry(1));
        assertThat(cache.get(key(1))).contains(entry(1));
    }

    @Test
    void anEntryUnderAnotherKeyIsNotBelieved() throws IOException {
        cache(10_000).put(key(1), entry(1));
        Files.createDirectories(file(2).getParent());
        Files.copy(file(1), file(2));

        assertThat(cache(10_000).get(key(2))).isEmpty();
        assertThat(cache(10_000).get(key(1))).contains(entry(1));
    }

    @Test
    void whatWasUsedLeastRecentlyGoes() throws IOException {
        FeatureCache cache = cache(8 * ENTRY_BYTES);
        for (int i = 1; i <= 8; i++) {
            cache.put(key(i), entry(i));
            Files.setLastModifiedTime(file(i), FileTime.from(Instant.now().minus(Duration.ofMinutes(100 - i))));
        }
        assertThat(cache.get(key(1))).isPresent();

        cache.put(key(9), entry(9));

        // One more would fit into the eighth that is left free.
        assertThat(kept(9)).containsExactly(1, 4, 5, 6, 7, 8, 9);
        cache.put(key(10), entry(10));
        assertThat(kept(10)).containsExactly(1, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void theLimitHoldsWhateverIsPut() throws IOException {
        long limit = 20 * ENTRY_BYTES + 100;
        for (int i = 1; i <= 60; i++) {
            FeatureCache one = cache(limit);
            FeatureCache other = cache(limit);
            one.put(key(2 * i), entry(i));
            other.put(key(2 * i + 1), List.of(entry(i).get(0), entry(i + 1).get(0)));
            assertThat(bytes()).isLessThanOrEqualTo(limit);
        }
        assertThat(bytes()).isGreaterThan(limit / 2);
    }

    @Test
    void whatDoesNotFitIsRefusedAndThrowsNothingOut() throws IOException {
        FeatureCache cache = cache(2 * ENTRY_BYTES);
        cache.put(key(1), entry(1));

        cache.put(key(2), List.of(FeatureMatrix.of(100, 100, new float[10_000])));

        assertThat(kept(2)).containsExactly(1);
    }

    @Test
    void puttingAgainCountsOnce() throws IOException {
        FeatureCache cache = cache(3 * ENTRY_BYTES);
        cache.put(key(1), entry(1));
        for (int i = 0; i < 20; i++) {
            cache.put(key(2), entry(2));
        }

        assertThat(kept(2)).containsExactly(1, 2);
    }

    @Test
    void aSizeLeftUnknownByAKilledProcessIsCountedAnew() throws IOException {
        cache(8 * ENTRY_BYTES).put(key(1), entry(1));
        cache(8 * ENTRY_BYTES).put(key(2), entry(2));
        for (byte[] left : List.of(new byte[0], new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, new byte[] {1, 2})) {
            Files.write(folder.resolve("cache/.lock"), left);
            cache(8 * ENTRY_BYTES).put(key(3), entry(3));

            assertThat(Files.readAllBytes(folder.resolve("cache/.lock")))
                    .isEqualTo(ByteBuffer.allocate(8).putLong(3 * ENTRY_BYTES).array());
        }
    }

    @Test
    void draftsOfKilledProcessesAreRemovedWhenTheyAreOld() throws IOException {
        FeatureCache cache = cache(ENTRY_BYTES);
        cache.put(key(1), entry(1));
        Path old = Files.createFile(file(1).resolveSibling(".tmp-old"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path young = Files.createFile(file(1).resolveSibling(".tmp-young"));

        cache.put(key(2), entry(2));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void aFolderThatCannotBeUsedKeepsNothingAndThrowsNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));
        FeatureCache cache = FileSystemFeatureCache.at(file, 1_000_000);

        cache.put(key(1), entry(1));

        assertThat(cache.get(key(1))).isEmpty();
        assertThat(file).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "..", "ab", "../../../../../../../../../../../../../../../../../../../../../etc",
        "ABCDEF0000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000000000",
        "٠000000000000000000000000000000000000000000000000000000000000000",
    })
    void whatIsNoKeyIsRefused(String key) {
        String message = "a key of the feature cache is 64 lower-case hexadecimal digits, but was '" + key + "'";
        assertThatThrownBy(() -> cache(1).get(key)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
        assertThatThrownBy(() -> cache(1).put(key, entry(1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void noWindowsAndNoRoomAreRefused() {
        assertThatThrownBy(() -> cache(1).put(key(1), List.of()))
                .hasMessage("there are no windows to be kept under " + key(1));
        assertThatThrownBy(() -> FileSystemFeatureCache.at(folder, 0))
                .hasMessage("maximumBytes of the feature cache must be at least 1, but was 0");
    }

    @Test
    void threadsShareItAndFindWholeEntriesOnly() throws Exception {
        FeatureCache cache = cache(10 * ENTRY_BYTES);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                FeatureCache own = thread % 2 == 0 ? cache : cache(10 * ENTRY_BYTES);
                running.add(threads.submit(() -> work(own, 60)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(bytes()).isBetween(1L, 10L * ENTRY_BYTES);
        assertThat(drafts()).isEmpty();
    }

    @Test
    void processesShareItAndAKilledOneHarmsNobody() throws Exception {
        Process other = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Xmx64m",
                "-cp", System.getProperty("java.class.path"),
                FileSystemFeatureCacheTest.class.getName(), folder.resolve("cache").toString())
                .redirectErrorStream(true).start();
        try (BufferedReader output = other.inputReader(UTF_8)) {
            assertThat(output.readLine()).isEqualTo("working");
            work(cache(10 * ENTRY_BYTES), 200);
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }

        work(cache(10 * ENTRY_BYTES), 20);
        assertThat(bytes()).isBetween(1L, 10L * ENTRY_BYTES);
    }

    /** The other process: puts and gets until it is killed. */
    public static void main(String[] arguments) {
        FeatureCache cache = FileSystemFeatureCache.at(Path.of(arguments[0]), 10 * ENTRY_BYTES);
        work(cache, 1);
        System.out.println("working");
        while (true) {
            work(cache, 100);
        }
    }

    private static void work(FeatureCache cache, int rounds) {
        for (int round = 0; round < rounds; round++) {
            int number = 1 + round % 30;
            cache.put(key(number), entry(number));
            Optional<List<FeatureMatrix>> found = cache.get(key(1 + (round * 7) % 30));
            found.ifPresent(windows -> {
                if (!windows.equals(entry((int) windows.get(0).value(0, 0)))) {
                    throw new AssertionError("an entry that nobody put");
                }
            });
        }
    }

    private FeatureCache cache(long limit) {
        return FileSystemFeatureCache.at(folder.resolve("cache"), limit);
    }

    private static String key(int number) {
        return String.format(Locale.ROOT, "%064x", number);
    }

    private static List<FeatureMatrix> entry(int number) {
        float[] values = new float[100];
        values[0] = number;
        return List.of(FeatureMatrix.of(10, 10, values));
    }

    private Path file(int number) {
        return folder.resolve("cache").resolve("00").resolve(key(number) + ".features");
    }

    private List<Integer> kept(int upTo) {
        return Stream.iterate(1, n -> n + 1).limit(upTo).filter(n -> Files.exists(file(n))).toList();
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".features")).mapToLong(file -> {
                try {
                    return Files.size(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).sum();
        }
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(".tmp-")).toList();
        }
    }
}
