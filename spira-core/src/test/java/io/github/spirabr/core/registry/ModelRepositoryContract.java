package io.github.spirabr.core.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ModelRepository} keeps. An adapter's test extends this class and says how its
 * registry is opened.
 */
@Timeout(120)
public abstract class ModelRepositoryContract {

    /** The name of the model in most tests. */
    protected static final String NAME = "respiratory-insufficiency";

    private static final int THREADS = 8;

    /**
     * Opens one more handle to the registry of the running test, as another process would. The
     * registry holds nothing when a test begins.
     */
    protected abstract ModelRepository open();

    /** An artifact of three files, one of them empty; equal seeds give equal artifacts. */
    protected static ModelArtifact artifact(long seed) {
        return artifact(seed, 20_000);
    }

    private static ModelArtifact artifact(long seed, int size) {
        byte[] weights = new byte[size];
        new Random(seed).nextBytes(weights);
        return ModelArtifact.of(Map.of(
                "weights.bin", weights,
                "notes.txt", new byte[0],
                "settings.json", ("{\"seed\": " + seed + ", \"note\": \"gravação\"}\n").getBytes(UTF_8)));
    }

    @Test
    void whatIsSavedIsLoaded() {
        ModelArtifact saved = artifact(1);

        ModelVersion version = open().save(NAME, saved);

        assertThat(version).isEqualTo(new ModelVersion(NAME, 1));
        assertThat(open().load(version)).isEqualTo(saved);
    }

    @Test
    void everyLegalFileNameIsKept() {
        byte[] content = {1, 2, 3};
        ModelArtifact saved = ModelArtifact.of(Map.of(
                "manifest.json", content, "files", content, "0", content, "a-b_c.d", content,
                "x".repeat(100), content));
        ModelRepository repository = open();

        assertThat(repository.load(repository.save(NAME, saved))).isEqualTo(saved);
    }

    @Test
    void filesOfEqualContentAreKeptApart() {
        ModelArtifact saved = ModelArtifact.of(Map.of("a", new byte[] {7}, "b", new byte[] {7}));
        ModelRepository repository = open();

        assertThat(repository.load(repository.save(NAME, saved))).isEqualTo(saved);
    }

    @Test
    void versionsAreCountedFromOne() {
        ModelRepository repository = open();

        for (int number = 1; number <= 12; number++) {
            assertThat(repository.save(NAME, artifact(number))).isEqualTo(new ModelVersion(NAME, number));
        }

        assertThat(repository.versions(NAME)).isEqualTo(versionsUpTo(12));
    }

    @Test
    void theLatestVersionIsTheNewest() {
        ModelRepository repository = open();
        assertThat(repository.latest(NAME)).isEmpty();

        repository.save(NAME, artifact(1));
        repository.save(NAME, artifact(2));

        assertThat(repository.latest(NAME)).contains(new ModelVersion(NAME, 2));
        assertThat(repository.load(repository.latest(NAME).orElseThrow())).isEqualTo(artifact(2));
    }

    @Test
    void aSecondSaveLeavesTheFirstVersionAlone() {
        ModelRepository repository = open();
        ModelVersion first = repository.save(NAME, artifact(1));

        repository.save(NAME, artifact(2));
        repository.save(NAME, artifact(1));

        assertThat(repository.load(first)).isEqualTo(artifact(1));
        assertThat(repository.versions(NAME)).hasSize(3);
    }

    @Test
    void aLoadedArtifactIsACopy() {
        ModelRepository repository = open();
        ModelVersion version = repository.save(NAME, artifact(1));

        repository.load(version).file("weights.bin")[0]++;

        assertThat(repository.load(version)).isEqualTo(artifact(1));
    }

    @Test
    void anUnknownNameHasNoVersions() {
        assertThat(open().versions("nobody-saved-this")).isEmpty();
        assertThat(open().latest("nobody-saved-this")).isEmpty();
    }

    @Test
    void loadingAnUnknownVersionSaysWhatThereIs() {
        ModelRepository repository = open();
        repository.save(NAME, artifact(1));

        assertThatThrownBy(() -> repository.load(new ModelVersion(NAME, 2)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining(NAME + " version 2")
                .hasMessageContaining("1");
    }

    @Test
    void loadingAnUnknownNameNamesIt() {
        assertThatThrownBy(() -> open().load(new ModelVersion("nobody-saved-this", 1)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining("nobody-saved-this version 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ".", "..", "../other", "a/b", "a\\b", "Upper", "-a", ".hidden", "a b", "ação", "a\nb"
    })
    void namesThatCouldLeaveTheRegistryAreRefused(String name) {
        ModelRepository repository = open();

        assertThatThrownBy(() -> repository.save(name, artifact(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.versions(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> repository.latest(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void modelsOfDifferentNamesAreIndependent() {
        ModelRepository repository = open();

        repository.save("a", artifact(1));
        repository.save("a", artifact(2));
        ModelVersion other = repository.save("a-b", artifact(3));

        assertThat(other).isEqualTo(new ModelVersion("a-b", 1));
        assertThat(repository.versions("a")).containsExactly(new ModelVersion("a", 1), new ModelVersion("a", 2));
        assertThat(repository.versions("a-b")).containsExactly(other);
        assertThat(repository.load(other)).isEqualTo(artifact(3));
    }

    @Test
    void theLocationNamesModelAndVersion() {
        ModelRepository repository = open();
        ModelVersion version = repository.save(NAME, artifact(1));

        assertThat(repository.location(version)).contains(NAME).contains("000001");
    }

    @Test
    void concurrentSavesGetConsecutiveNumbers() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Callable<ModelVersion>> saves = new ArrayList<>();
        for (int seed = 1; seed <= THREADS; seed++) {
            ModelArtifact saved = artifact(seed);
            ModelRepository repository = open();
            saves.add(() -> {
                start.await();
                ModelVersion version = repository.save(NAME, saved);
                assertThat(repository.load(version)).isEqualTo(saved);
                return version;
            });
        }

        List<ModelVersion> saved = inParallel(saves, start);

        assertThat(saved).containsExactlyInAnyOrderElementsOf(versionsUpTo(THREADS));
        assertThat(open().versions(NAME)).isEqualTo(versionsUpTo(THREADS));
        for (ModelVersion version : saved) {
            assertThat(open().load(version).fileNames()).hasSize(3);
        }
    }

    @Test
    void threadsShareOneHandle() throws Exception {
        ModelRepository repository = open();
        List<Callable<ModelVersion>> saves = new ArrayList<>();
        IntStream.range(0, THREADS).forEach(thread -> saves.add(() -> repository.save(NAME, artifact(1))));

        List<ModelVersion> saved = inParallel(saves, new CountDownLatch(1));

        assertThat(saved).containsExactlyInAnyOrderElementsOf(versionsUpTo(THREADS));
    }

    @Test
    void aReaderDuringSavesSeesWholeVersionsOnly() throws Exception {
        int saves = 25;
        int size = 500_000;
        AtomicBoolean done = new AtomicBoolean();
        ModelRepository writer = open();
        ModelRepository reader = open();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = thread.submit(() -> {
                try {
                    for (int seed = 1; seed <= saves; seed++) {
                        writer.save(NAME, artifact(seed, size));
                    }
                } finally {
                    done.set(true);
                }
            });
            int loaded = 0;
            boolean last;
            do {
                last = done.get();
                List<ModelVersion> seen = reader.versions(NAME);
                // A version is loaded in the instant in which it appears: that is when it might not be whole.
                if (seen.size() > loaded) {
                    loaded = seen.size();
                    assertThat(reader.load(seen.get(loaded - 1)).file("weights.bin")).hasSize(size);
                    assertThat(seen).isEqualTo(versionsUpTo(loaded));
                }
            } while (!last);
            writing.get();
        } finally {
            thread.shutdownNow();
        }

        assertThat(reader.versions(NAME)).hasSize(saves);
    }

    /** Versions 1 to a number of the model {@link #NAME}. */
    protected static List<ModelVersion> versionsUpTo(int number) {
        return IntStream.rangeClosed(1, number).mapToObj(each -> new ModelVersion(NAME, each)).toList();
    }

    private static List<ModelVersion> inParallel(List<Callable<ModelVersion>> saves, CountDownLatch start)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(saves.size());
        try {
            List<Future<ModelVersion>> running = saves.stream().map(threads::submit).toList();
            start.countDown();
            List<ModelVersion> saved = new ArrayList<>();
            for (Future<ModelVersion> each : running) {
                saved.add(each.get());
            }
            return saved;
        } finally {
            threads.shutdownNow();
        }
    }
}
