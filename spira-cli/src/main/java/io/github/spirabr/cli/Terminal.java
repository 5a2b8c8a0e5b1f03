package io.github.spirabr.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** The terminal that a person reads, if there is one. */
final class Terminal {

    /** One column less than the usual 80: some terminals begin a new line after the last one. */
    static final int COLUMNS = 79;

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    private Terminal() {}

    /** Returns whether the error stream, where progress is shown, is a terminal. */
    static boolean readsErrors() {
        return isTerminal(2);
    }

    /** Returns standard output; for a terminal with lines of at most {@link #COLUMNS} columns. */
    static PrintWriter lines(PrintWriter out) {
        return isTerminal(1) ? new PrintWriter(new WrappedLines(out, COLUMNS), false) : out;
    }

    /** Returns the error stream; for a terminal with lines of at most {@link #COLUMNS} columns. */
    static PrintWriter errorLines(PrintWriter err) {
        return readsErrors() ? new PrintWriter(new WrappedLines(err, COLUMNS), true) : err;
    }

    /** Returns a word in yellow; as it is if the error stream is no terminal, or NO_COLOR is set. */
    static String yellow(String word) {
        return readsErrors() && Ansi.AUTO.enabled() ? Ansi.ON.string("@|yellow " + word + "|@") : word;
    }

    private static boolean isTerminal(int stream) {
        Path file = OPEN_FILES.resolve(Integer.toString(stream));
        try {
            String target = Files.readSymbolicLink(file).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return hasConsole();
        }
    }

    /** From JDK 22 on there is a console without a terminal, too, which then says so. */
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
