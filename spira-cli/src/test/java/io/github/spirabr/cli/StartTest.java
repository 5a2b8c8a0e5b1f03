package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that compute nothing load neither the libraries of networks nor those of audio, so that they start fast. */
@Tag("slow")
class StartTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "models list", "inspect --help", "predict --help", "import-config --help", "run --help"})
    void nothingNativeIsLoaded(String command) throws IOException, InterruptedException {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xlog:class+load:file=" + folder.resolve("classes"),
                "-cp", System.getProperty("java.class.path"), Spira.class.getName()));
        java.addAll(List.of(command.split(" ")));
        Process process = new ProcessBuilder(java).directory(folder.toFile()).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        List<String> classes = Files.readAllLines(folder.resolve("classes"));
        assertThat(classes).hasSizeGreaterThan(500);
        assertThat(classes).filteredOn(line -> line.matches(
                        ".*\\] (org\\.nd4j|org\\.deeplearning4j|org\\.bytedeco|org\\.apache\\.batik|com\\.fasterxml\\.jackson\\.databind)\\..*"))
                .isEmpty();
    }
}
