package io.github.spirabr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Runs the command in a second Java process where this one cannot read names of files: Java takes their encoding from the
 * locale when it starts, and that of cron jobs and containers often knows ASCII alone. The second one runs under
 * {@code C.UTF-8}, with the same arguments, input, output and exit code.
 */
final class SecondJava {

    /** Set for the second one: the id of the process that waits for it. */
    private static final String WAITING = "SPIRA_WAITING_PROCESS";

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private SecondJava() {}

    /** Returns whether file names can be read only by a second Java process. Called once, at the start. */
    static boolean isNeeded() {
        String waiting = System.getenv(WAITING);
        if (waiting != null) {
            // Does not outlive the first one, which may be killed.
            ProcessHandle.of(Long.parseLong(waiting)).ifPresentOrElse(
                    first -> first.onExit().thenRun(() -> Runtime.getRuntime().halt(Spira.INTERRUPTED)),
                    () -> Runtime.getRuntime().halt(Spira.INTERRUPTED));
            return false;
        }
        return !"UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"))
                && !System.getProperty("os.name").startsWith("Windows")
                && Files.isReadable(COMMAND_LINE);
    }

    /** Runs the command, and returns its exit code. */
    static int run() throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("exec");
        for (byte[] word : words(Files.readAllBytes(COMMAND_LINE))) {
            script.append(' ').append(quoted(word));
        }
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script.toString()).inheritIO();
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put(WAITING, Long.toString(ProcessHandle.current().pid()));
        Process second = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(second), "spira-second"));
        return second.waitFor();
    }

    /** Hands on what ends this one, and waits for its last words. */
    private static void end(Process second) {
        second.destroy();
        try {
            second.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<byte[]> words(byte[] line) {
        List<byte[]> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == 0) {
                words.add(Arrays.copyOfRange(line, from, i));
                from = i + 1;
            }
        }
        return words;
    }

    /** Limited to ASCII, the only text that this Java could pass on. */
    private static String quoted(byte[] word) {
        StringBuilder plain = new StringBuilder();
        StringBuilder octal = new StringBuilder();
        boolean ascii = true;
        for (byte one : word) {
            ascii &= one > 0;
            plain.append(one == '\'' ? "'\\''" : String.valueOf((char) one));
            octal.append(String.format(Locale.ROOT, "\\%03o", one & 0xFF));
        }
        return ascii ? "'" + plain + "'" : "\"$(printf '" + octal + "')\"";
    }
}
