package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log is quiet unless somebody wants to know, and never stands between the lines of a result. */
@Tag("slow")
class LogTest {

    @TempDir
    private Path folder;

    /** A run that starts, and ends as none of its recordings can be read. */
    @ParameterizedTest
    @CsvSource({"--stacktrace,false", "-v,true", "--log-level debug,true", "--log-level error,false"})
    void itSaysAsMuchAsIsAskedFor(String options, boolean told) throws IOException, InterruptedException {
        StringBuilder manifest = new StringBuilder("file_path,class\n");
        for (int i = 0; i < 10; i++) {
            Files.writeString(folder.resolve("text" + i + ".wav"), "this is no audio but a text of some length " + i);
            manifest.append("text").append(i).append(".wav,").append(i % 2).append('\n');
        }
        Path file = Files.writeString(folder.resolve("metadata.csv"), manifest);
        List<String> command = ProcessOutput.spira("run", file, "--models", folder.resolve("models"));
        command.addAll(List.of(options.split(" ")));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String err = Files.readString(folder.resolve("err"));
        assertThat(process.exitValue()).as(err).isEqualTo(1);
        assertThat(err).contains("spira: ", "text0.wav");
        String starts = "(?s).*\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d INFO TrainingPipeline - run [0-9a-f]{12}: starts .*";
        assertThat(err.matches(starts)).as(err).isEqualTo(told);
        assertThat(err.contains(": ends before its work is done")).as(err).isEqualTo(told);
        assertThat(Files.readString(folder.resolve("out"))).doesNotContain("TrainingPipeline - ");
    }
}
