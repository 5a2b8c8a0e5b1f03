package io.github.spirabr.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Several commands of {@code spira} in one process, which costs less than a process for each. */
final class SpiraCommands {

    /** Stands between two commands. */
    static final String THEN = "then";

    private SpiraCommands() {}

    /** Runs the commands one after the other, and ends with the code of the first that fails. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>();
        int code = 0;
        for (int i = 0; i <= arguments.length && code == 0; i++) {
            if (i < arguments.length && !arguments[i].equals(THEN)) {
                command.add(arguments[i]);
            } else {
                code = Spira.execute(out, out, command.toArray(new String[0]));
                command.clear();
            }
        }
        System.exit(code);
    }
}
