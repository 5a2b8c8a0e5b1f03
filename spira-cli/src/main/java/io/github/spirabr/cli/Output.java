package io.github.spirabr.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The output of a command, as text or as JSON. */
final class Output {

    @Option(names = "--json", description = "Print JSON in place of text.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Prints the one that was asked for. */
    void print(Supplier<?> value, Consumer<PrintWriter> text) {
        if (json) {
            Json.print(out(), value.get());
        } else {
            text.accept(out());
        }
        out().flush();
    }
}
