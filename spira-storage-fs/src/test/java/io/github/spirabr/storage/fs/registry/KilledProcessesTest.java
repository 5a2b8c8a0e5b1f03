package io.github.spirabr.storage.fs.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that saves and promotes is killed at random points, {@code -Dspira.kills=} times (6). What
 * it was told to be done is done; the rest is there whole or not at all; and whoever comes next waits
 * for no lock.
 */
@Timeout(1800)
@Tag("slow")
class KilledProcessesTest {

    private static final String NAME = "shared";
    private static final int KILLS = Integer.getInteger("spira.kills", 6);

    @TempDir
    Path root;

    @Test
    void nothingIsLostAndNothingIsHalf() throws Exception {
        Random random = new Random(Long.getLong("spira.seed", 20260301));
        ModelRepository repository = FileSystemModelRepository.at(root);
        int versions = 0;
        int moves = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            int size = 10 + random.nextInt(2_000_000);
            List<String> told = runAndKill(size, random.nextInt(6));

            List<ModelVersion> found = repository.versions(NAME);
            assertThat(found).extracting(ModelVersion::number)
                    .isEqualTo(IntStream.rangeClosed(1, found.size()).boxed().toList());
            List<AliasChange> history = repository.history(NAME, "champion");
            int saved = (int) told.stream().filter(line -> line.startsWith("saved ")).count();
            int promoted = (int) told.stream().filter(line -> line.startsWith("promoted ")).count();
            // At most one of each was done and could not be told any more.
            assertThat(found.size() - versions).isBetween(saved, saved + 1);
            assertThat(history.size() - moves).isBetween(promoted, promoted + 1);
            for (ModelVersion version : found.subList(versions, found.size())) {
                assertThat(repository.load(version).fileNames()).containsExactly("a.bin", "b.bin");
            }
            assertThat(history).extracting(AliasChange::to).isEqualTo(
                    IntStream.rangeClosed(1, history.size()).boxed().toList());

            versions = repository.save(NAME, SavingProcess.artifact(kill, 100)).number();
            assertThat(versions).isEqualTo(found.size() + 1);
            for (int number = history.size() + 1; number <= versions; number++) {
                Optional<ModelVersion> champion = repository.find(NAME, "champion");
                repository.promote("champion", new ModelVersion(NAME, number), champion, "after the kill");
            }
            moves = repository.history(NAME, "champion").size();
            assertThat(moves).isEqualTo(versions);
        }
    }

    /** Kills a process after some further lines; what it told until then, the last line perhaps cut. */
    private List<String> runAndKill(int size, int lines) throws Exception {
        Process process = SavingProcess.startPromoting(root, NAME, size);
        StringBuilder told = new StringBuilder();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (int line = 0; line <= lines; line++) {
                told.append(Objects.requireNonNull(output.readLine())).append('\n');
            }
            // By its handle, which leaves its output to be read.
            process.toHandle().destroyForcibly();
            for (int character = output.read(); character >= 0; character = output.read()) {
                told.append((char) character);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(told).startsWith("saved ");
        return told.substring(0, told.lastIndexOf("\n")).lines().collect(Collectors.toList());
    }
}
