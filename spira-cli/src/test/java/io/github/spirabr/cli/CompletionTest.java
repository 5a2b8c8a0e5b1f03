package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script in the shells that it is for. */
class CompletionTest {

    @TempDir
    private Path folder;

    private Path script = Path.of("");

    private record Outcome(int code, String out) {}

    @BeforeEach
    void generate() throws IOException {
        StringWriter out = new StringWriter();
        int code = Spira.execute(new PrintWriter(out), new PrintWriter(new StringWriter()), "generate-completion");
        assertThat(code).isZero();
        script = Files.writeString(folder.resolve("completion"), out.toString());
    }

    private Outcome shell(String name, String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin", name)) || Files.isExecutable(Path.of("/usr/bin", name)), name + " is not at hand");
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), out);
    }

    @Test
    void bashTakesTheScript() throws IOException, InterruptedException {
        assertThat(shell("bash", "--norc", "-n", script.toString())).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void zshTakesTheScript() throws IOException, InterruptedException {
        assertThat(shell("zsh", "-f", "-n", script.toString())).isEqualTo(new Outcome(0, ""));
    }

    /** What the shell calls when somebody presses the tabulator key; outside of that, its builtin compopt complains. */
    @ParameterizedTest
    @CsvSource({
        "pre,predict",
        "models r,rollback",
        "models promote --al,--alias",
        "inspect --js,--json",
        "import-config --t,--to"
    })
    void bashCompletes(String typed, String expected) throws IOException, InterruptedException {
        String[] words = typed.split(" ");
        String ask = "source " + script + "; COMP_WORDS=(spira " + typed + "); COMP_CWORD=" + words.length
                + "; _complete_spira 2>/dev/null; echo \"${COMPREPLY[@]}\"";
        Outcome outcome = shell("bash", "--norc", "-c", ask);
        assertThat(outcome.code()).as(outcome.out()).isZero();
        assertThat(outcome.out().strip().split("\\s+")).contains(expected).allSatisfy(
                word -> assertThat(word).startsWith(words[words.length - 1]));
    }
}
