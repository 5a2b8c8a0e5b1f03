package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a process writes, line by line as it comes. */
final class ProcessOutput implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;
    private final StringBuilder text = new StringBuilder();

    private ProcessOutput(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a process whose errors go to its output. */
    static ProcessOutput of(ProcessBuilder builder) throws IOException {
        return new ProcessOutput(builder.redirectErrorStream(true).start());
    }

    /** Starts {@code spira} in a process of its own. */
    static ProcessOutput start(Object... arguments) throws IOException {
        return of(new ProcessBuilder(spira(arguments)));
    }

    /** Runs {@code spira} in a process of its own, which must succeed, and returns all that it wrote. */
    static String finish(Object... arguments) throws IOException, InterruptedException {
        try (ProcessOutput run = start(arguments)) {
            String output = run.toEnd();
            assertThat(run.process.exitValue()).as(output).isZero();
            return output;
        }
    }

    /** Returns the command line that runs {@code spira} in a process of its own, on the class path of this one. */
    static List<String> spira(Object... arguments) {
        return java(Spira.class, arguments);
    }

    /** Returns the command line that runs a program in a process of its own, on the class path of this one. */
    static List<String> java(Class<?> program, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), program.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }

    Process process() {
        return process;
    }

    /** Waits until the process writes a line with this text; fails if it ends before. */
    void awaitLine(String part) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(part)) {
            text.append(line).append('\n');
            line = lines.readLine();
        }
        assertThat(line).as("a line with '%s' in the output: %s", part, text).isNotNull();
        text.append(line).append('\n');
    }

    /** Waits until the process writes a line with this text, kills it, and returns all that it wrote so far. */
    String killAt(String part) throws IOException, InterruptedException {
        awaitLine(part);
        process.destroyForcibly().waitFor();
        return text.toString();
    }

    /** Waits for the end of the process and returns all that it wrote. */
    String toEnd() throws IOException, InterruptedException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            text.append(line).append('\n');
        }
        process.waitFor();
        return text.toString();
    }

    /** Kills the process if it is still there. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
