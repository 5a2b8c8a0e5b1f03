package io.github.spirabr.storage.fs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import io.github.spirabr.core.model.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemCheckpointStoreTest {

    @TempDir
    private Path folder;

    private Path root;
    private FileSystemCheckpointStore store;

    @BeforeEach
    void open() {
        root = folder.resolve("run");
        store = FileSystemCheckpointStore.at(root);
    }

    private static Checkpoint checkpoint(long step) {
        return new Checkpoint(step, Map.of("weights.f32", new byte[] {(byte) step, 2, 3}, "state", new byte[] {9}));
    }

    private static void assertStep(CheckpointStore.Found found, long step) {
        assertThat(found.checkpoint().step()).isEqualTo(step);
        assertThat(found.checkpoint().files()).containsOnlyKeys("weights.f32", "state");
        assertThat(found.checkpoint().files().get("weights.f32")).isEqualTo(new byte[] {(byte) step, 2, 3});
    }

    @Test
    void theNewestIsFoundAndTheOldestGo() throws IOException {
        assertThat(store.latest()).isEmpty();
        for (long step : new long[] {5, 20, 100}) {
            store.save(checkpoint(step));
        }
        CheckpointStore.Found found = store.latest().orElseThrow();
        assertStep(found, 100);
        assertThat(found.damaged()).isEmpty();
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("step-000000020", "step-000000100");
        }
        store.clear();
        assertThat(root).doesNotExist();
        assertThat(store.latest()).isEmpty();
    }

    @Test
    void runsOfOtherSettingsFindNothingOfEachOther() {
        CheckpointStore one = store.ofRun("0123456789abcdef0123");
        CheckpointStore other = store.ofRun("fedcba98765432100123");
        one.save(checkpoint(5));
        assertThat(other.latest()).isEmpty();
        other.save(checkpoint(7));
        assertStep(one.latest().orElseThrow(), 5);
        assertThat(root.resolve("run-0123456789abcdef")).isNotEmptyDirectory();
        one.clear();
        assertStep(other.latest().orElseThrow(), 7);
        other.clear();
        assertThat(root).doesNotExist();
    }

    @Test
    void checkpointsOfAnOlderVersionAreFoundWhereTheyLie() {
        store.save(checkpoint(5));
        assertStep(store.ofRun("0123456789abcdef0123").latest().orElseThrow(), 5);
    }

    @Test
    void aDamagedOneIsPassedOverAndToldOf() throws IOException {
        store.save(checkpoint(5));
        store.save(checkpoint(6));
        Files.write(root.resolve("step-000000006/files/weights.f32"), new byte[] {6, 2, 4});
        CheckpointStore.Found found = store.latest().orElseThrow();
        assertStep(found, 5);
        assertThat(found.damaged()).singleElement().asString().contains("step 6", "SHA-256");
        Files.delete(root.resolve("step-000000005/manifest.json"));
        assertThatThrownBy(store::latest)
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("step 6")
                .hasMessageContaining("step 5")
                .hasMessageContaining("remove the folder to start anew");
    }

    @Test
    void aStepThatIsThereIsReplaced() throws IOException {
        store.save(checkpoint(5));
        Files.write(root.resolve("step-000000005/files/state"), new byte[0]);
        store.save(checkpoint(5));
        assertStep(store.latest().orElseThrow(), 5);
    }

    @Test
    void draftsOfAKilledProcessAreNoCheckpoints() throws IOException {
        Files.createDirectories(root.resolve(".tmp-x/files"));
        assertThat(store.latest()).isEmpty();
        store.save(checkpoint(1));
        assertStep(store.latest().orElseThrow(), 1);
        store.clear();
        assertThat(root).doesNotExist();
    }

    @Test
    void otherFilesOfTheFolderStay() throws IOException {
        store.save(checkpoint(1));
        Files.writeString(root.resolve("notes.txt"), "mine");
        store.clear();
        assertThat(store.latest()).isEmpty();
        assertThat(root.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(root, "a file in its place");
        assertThatThrownBy(() -> store.save(checkpoint(1)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(root.toString())
                .hasMessageContaining("free space");
        assertThatThrownBy(() -> store.keeping(0)).hasMessageContaining("at least 1 checkpoint");
    }

    private static Checkpoint checkpoint(long step, boolean best) {
        return new Checkpoint(step, best, Map.of("weights.f32", new byte[] {(byte) step}));
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theBestAndEveryFewStepsAreKeptWhereAskedFor() throws IOException {
        FileSystemCheckpointStore keeping = FileSystemCheckpointStore.at(root).keeping(1).keepingBest().keepingEvery(40);
        keeping.save(checkpoint(10, true));
        keeping.save(checkpoint(20, true));
        keeping.save(checkpoint(30, false));
        keeping.save(checkpoint(40, false));
        keeping.save(checkpoint(50, false));
        assertThat(folders()).containsExactly("step-000000020-best", "step-000000040", "step-000000050");
        keeping.save(checkpoint(60, true));
        assertThat(folders()).containsExactly("step-000000040", "step-000000060-best");
        CheckpointStore.Found found = keeping.latest().orElseThrow();
        assertThat(found.checkpoint().step()).isEqualTo(60);
        assertThat(found.checkpoint().best()).isTrue();
        assertThatThrownBy(() -> keeping.keepingEvery(0)).hasMessageContaining("every 1 step or more, but was 0");
        keeping.clear();
        assertThat(root).doesNotExist();
    }

    @Test
    void aStepThatTurnsOutToBeTheBestIsThereOnce() throws IOException {
        FileSystemCheckpointStore keeping = FileSystemCheckpointStore.at(root).keepingBest();
        keeping.save(checkpoint(10, false));
        keeping.save(checkpoint(10, true));
        assertThat(folders()).containsExactly("step-000000010-best");
    }

    @Test
    void aCheckpointIsNeverSeenHalfWrittenUnderItsFinalName() throws Exception {
        // Deeplearning4j writes a checkpoint straight to its final name.
        byte[] bytes = new byte[200_000];
        // None is removed, so that a slow reader does not lose what it reads.
        FileSystemCheckpointStore all = store.keeping(30);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch firstSaved = new CountDownLatch(1);
        try {
            Future<?> saving = executor.submit(() -> {
                for (int step = 1; step <= 30; step++) {
                    all.save(new Checkpoint(step, Map.of("weights.f32", bytes, "best.f32", bytes)));
                    firstSaved.countDown();
                }
            });
            firstSaved.await();
            while (!saving.isDone()) {
                CheckpointStore.Found found = FileSystemCheckpointStore.at(root).latest().orElseThrow();
                assertThat(found.damaged()).isEmpty();
                assertThat(found.checkpoint().files().get("best.f32")).hasSize(bytes.length);
            }
            saving.get();
        } finally {
            executor.shutdownNow();
        }
        assertThat(all.latest().orElseThrow().checkpoint().step()).isEqualTo(30);
    }

    @Test
    void theFirstCheckpointNeedsNeitherFolderNorFile() {
        // Published: the path of a checkpoint was checked for existence before it was written.
        FileSystemCheckpointStore deep = FileSystemCheckpointStore.at(root.resolve("not/there/yet"));
        deep.save(checkpoint(1));
        assertStep(deep.latest().orElseThrow(), 1);
    }
}
