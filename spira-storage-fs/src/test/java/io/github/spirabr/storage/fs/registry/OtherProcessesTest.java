package io.github.spirabr.storage.fs.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The registry between processes: two that save at once, one that is killed, one that may write no more. */
@Timeout(120)
@Tag("slow")
class OtherProcessesTest {

    private static final String NAME = "shared";

    @TempDir
    Path root;

    @Test
    void twoProcessesNeverGetOneNumber() throws Exception {
        int saves = 20;
        int size = 40_000;
        ModelRepository repository = FileSystemModelRepository.at(root);
        Process other = SavingProcess.start(root, NAME, saves, size);
        List<Integer> numbers = new ArrayList<>();
        try (BufferedReader output = other.inputReader(UTF_8)) {
            // The first line tells that the other one has started, so that both save at the same time.
            numbers.add(savedNumber(Objects.requireNonNull(output.readLine())));
            for (int seed = 100; seed < 100 + saves; seed++) {
                numbers.add(repository.save(NAME, SavingProcess.artifact(seed, size)).number());
            }
            output.lines().forEach(line -> numbers.add(savedNumber(line)));
        } finally {
            other.destroyForcibly().waitFor();
        }

        assertThat(numbers).containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, 2 * saves).boxed().toList());
        assertEveryVersionLoads(repository);
        assertThat(drafts()).isEmpty();
    }

    @RepeatedTest(6)
    void aKilledProcessLeavesWholeVersionsOnly(RepetitionInfo repetition) throws Exception {
        Process other = SavingProcess.start(root, NAME, 10_000, 6_000_000);
        try (BufferedReader output = other.inputReader(UTF_8)) {
            assertThat(savedNumber(Objects.requireNonNull(output.readLine()))).isEqualTo(1);
            if (repetition.getCurrentRepetition() % 2 == 0) {
                awaitDraft(other);
            } else {
                awaitFolder(other, root.resolve(NAME).resolve("00000" + (2 + repetition.getCurrentRepetition())));
            }
        } finally {
            other.destroyForcibly().waitFor();
        }

        ModelRepository repository = FileSystemModelRepository.at(root);
        int newest = repository.latest(NAME).orElseThrow().number();
        assertEveryVersionLoads(repository);
        assertThat(repository.save(NAME, SavingProcess.artifact(1, 10))).isEqualTo(new ModelVersion(NAME, newest + 1));
        assertEveryVersionLoads(repository);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no ulimit to stand for a full disk")
    void aFailedWriteLeavesNothing() throws Exception {
        List<String> command = SavingProcess.command(root, NAME, 2, 6_000_000);
        // The shell's limit on the size of a file stands for a disk that fills up while a file is written.
        List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -f 1000; exec \"$@\"", "sh"));
        limited.addAll(command);
        Process other = new ProcessBuilder(limited).redirectErrorStream(true).start();
        List<String> lines;
        try (BufferedReader output = other.inputReader(UTF_8)) {
            lines = output.lines().toList();
        } finally {
            other.destroyForcibly().waitFor();
        }

        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("failed model " + NAME + " could not be saved in " + root.resolve(NAME) + ": ")
                .endsWith("; check the folder, its permissions and the free space"));
        assertThat(root.resolve(NAME)).isEmptyDirectory();
    }

    /** Returns in the instant in which a version appears, which is when it might not be whole. */
    private static void awaitFolder(Process process, Path folder) {
        while (!Files.exists(folder)) {
            assertThat(process.isAlive()).as("the process that saves is alive").isTrue();
        }
    }

    /** Returns while a version is being written, under the name of a draft. */
    private void awaitDraft(Process process) throws IOException {
        while (drafts().isEmpty()) {
            assertThat(process.isAlive()).as("the process that saves is alive").isTrue();
        }
    }

    private static int savedNumber(String line) {
        assertThat(line).startsWith("saved ");
        return Integer.parseInt(line.substring("saved ".length()));
    }

    private static void assertEveryVersionLoads(ModelRepository repository) {
        List<ModelVersion> versions = repository.versions(NAME);
        assertThat(versions).extracting(ModelVersion::number)
                .isEqualTo(IntStream.rangeClosed(1, versions.size()).boxed().toList());
        assertThat(versions).allSatisfy(version ->
                assertThat(repository.load(version).fileNames()).containsExactly("a.bin", "b.bin"));
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> entries = Files.list(root.resolve(NAME))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(".tmp-")).toList();
        }
    }
}
