package io.github.spirabr.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command as somebody at a terminal runs it, by the program {@code script} of util-linux. */
final class PseudoTerminal {

    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final int CONTROL_C = 3;

    private PseudoTerminal() {}

    /** Starts the command; the test is skipped where there is no {@code script}. */
    static ProcessOutput spira(String... arguments) throws IOException {
        assumeTrue(Files.isExecutable(SCRIPT), "there is no " + SCRIPT + "; install util-linux");
        assumeTrue(!ignoresInterrupts(), "this process ignores SIGINT, as background jobs do; run it in the foreground");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "io.github.spirabr.cli.Spira"));
        words.addAll(List.of(arguments));
        String command = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "-qec", command, "/dev/null");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return ProcessOutput.of(builder);
    }

    /** Returns whether SIGINT is ignored by this process, and so by those that it starts. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    /** Presses Ctrl-C. */
    static void interrupt(ProcessOutput command) throws IOException {
        OutputStream keys = command.process().getOutputStream();
        keys.write(CONTROL_C);
        keys.flush();
    }
}
