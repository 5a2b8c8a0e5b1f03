package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.cli.serve.SmallModels;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A command as a process: its standard output, its exit code, and the locale that it is started under. */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, disabledReason = "devices and locales of Linux")
class ProcessTest {

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    private Outcome spira(File out, String... arguments) throws IOException, InterruptedException {
        return run(out, List.of(), arguments);
    }

    private Outcome run(File out, List<String> shell, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(shell);
        command.addAll(ProcessOutput.spira((Object[]) arguments));
        File err = folder.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().keySet().removeAll(List.of("LANG", "LC_CTYPE", "JAVA_TOOL_OPTIONS"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), out.isFile() ? Files.readString(out.toPath()) : "",
                Files.readString(err.toPath(), StandardCharsets.UTF_8));
    }

    @Test
    void outputThatIsNotWrittenIsAFailure() throws Exception {
        File full = new File("/dev/full");
        assumeTrue(full.exists(), "there is no /dev/full");
        for (String command : List.of("schema", "--help", "doctor")) {
            Outcome outcome = spira(full, command);
            assertThat(outcome.err()).as(command).startsWith("spira: standard output could not be written: ").hasLineCount(1);
            assertThat(outcome.code()).as(command).isEqualTo(1);
        }
    }

    @Test
    void namesOfFilesAreUtf8UnderAnyLocale() throws Exception {
        Path models = folder.resolve("models");
        SmallModels.train(FileSystemModelRepository.at(models));
        // The shell makes the names and hands them on; this Java may know ASCII alone, too.
        String voices = "cd '" + folder + "' && mkdir -p voz"
                + " && one=\"$(printf 'voz/grava\\303\\247\\303\\243o jos\\303\\251.ogg')\""
                + " && two=\"$(printf 'voz/grava\\303\\247\\303\\243o jos\\303\\250.ogg')\""
                + " && cp '" + SmallModels.recordings().get(0).toAbsolutePath() + "' \"$one\" && cp \"$one\" \"$two\" && ";
        File out = folder.resolve("out").toFile();
        Outcome listed = run(out, List.of("/bin/sh", "-c", voices + "exec \"$@\" voz", "sh"),
                "predict", "--json", "--models", models.toString());
        assertThat(listed.code()).as(listed.err()).isZero();
        assertThat(listed.out()).contains("\"voz/gravação josé.ogg\"", "\"voz/gravação josè.ogg\"").hasLineCount(2);
        Outcome named = run(out, List.of("/bin/sh", "-c", voices + "exec \"$@\" \"$two\"", "sh"),
                "predict", "--json", "--models", models.toString());
        assertThat(named.out()).as(named.err()).contains("\"voz/gravação josè.ogg\"").hasLineCount(1);
    }
}
