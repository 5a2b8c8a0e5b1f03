package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that commands write has the permissions that the user's umask leaves, so that colleagues can read it. */
@Tag("slow")
@Timeout(900)
class UmaskTest {

    @TempDir
    private Path folder;

    private void commands(String umask, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
        command.addAll(ProcessOutput.java(SpiraCommands.class, arguments));
        try (ProcessOutput run = ProcessOutput.of(new ProcessBuilder(command))) {
            String output = run.toEnd();
            assertThat(run.process().exitValue()).as(output).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"022, rw-r--r--, rwxr-xr-x", "027, rw-r-----, rwxr-x---"})
    void isThatOfEveryFileAndFolder(String umask, String files, String folders) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
        Path made = folder.resolve("made");
        Path experiment = Files.writeString(folder.resolve("experiment.yaml"), """
                models: {folder: made/models}
                work: {folder: made/work}
                checkpoints: {folder: made/checkpoints}
                featureCache: {folder: made/features}
                audioCache: {folder: made/audio}
                events: {folder: made/events}
                recordings: {manifest: %s}
                training: {type: dl4j, epochs: 1, batchSize: 8}
                probes: []
                """.formatted(Path.of("examples/demo/metadata.csv").toAbsolutePath()) + SmallExperiment.PARTS);
        commands(umask,
                "run", experiment, "--alias", "champion", SpiraCommands.THEN,
                "repeat", experiment, "--seeds", "1", "--out", made.resolve("often"), SpiraCommands.THEN,
                "models", "report", "spira", "1", "--models", made.resolve("models"), "--out", made.resolve("report.html"),
                SpiraCommands.THEN,
                "schema", "--to", made.resolve("schema.json"), SpiraCommands.THEN,
                "features", "examples/demo/audio/subject-01-1.wav", "--out", made.resolve("arrays"));
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Path one : all(made)) {
            String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(one));
            if (!permissions.equals(Files.isDirectory(one) ? folders : files)) {
                wrong.put(made.relativize(one).toString(), permissions);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(all(made)).extracting(one -> one.getFileName().toString())
                .contains("weights.safetensors", "catalog.json", "answers.csv", "report.html", "schema.json");
    }

    private static List<Path> all(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.collect(Collectors.toList());
        }
    }
}
