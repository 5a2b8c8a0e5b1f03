package io.github.spirabr.cli;

import io.github.spirabr.core.SpiraException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The {@code spira} command. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing to do, 130 asked to end. */
@Command(
        name = "spira",
        description = "Trains models that detect respiratory insufficiency from speech, and asks them. "
                + "For research; no medical device.",
        subcommands = {
            InspectCommand.class,
            FeaturesCommand.class,
            PlotCommand.class,
            RunCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            PublishCommand.class,
            RepeatCommand.class,
            RetrainCommand.class,
            SubjectCommand.class,
            ImportConfigCommand.class,
            SchemaCommand.class,
            PredictCommand.class,
            ServeCommand.class,
            ModelsCommand.class,
            DoctorCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:Failed; the error stream says what and why.",
            "2:Wrong usage.",
            "3:Nothing to do: what was asked for is there already.",
            "130, 143:Asked to end, by Ctrl-C or SIGTERM; the same command goes on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira doctor",
            "  spira run experiment.yaml",
            "  spira predict recordings/ --alias champion --json",
            "Every command explains itself with --help."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Spira.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Spira implements Runnable {

    /** Exit code of a command that found its work done. */
    static final int NOTHING_TO_DO = 3;

    /** Exit code of a command that was asked to end, as shells have it for Ctrl-C. */
    static final int INTERRUPTED = 130;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure, too.")
    private boolean stackTrace;

    // Methods come in no order of their own: without "order" the help would change from start to start.
    @Option(names = "--log-level", order = 1, scope = ScopeType.INHERIT, paramLabel = "LEVEL",
            description = "What the log on the error stream tells: ${COMPLETION-CANDIDATES}; by default warnings and errors.")
    private void logFrom(LogLevel level) {
        logLevel = level;
    }

    @Option(names = {"-v", "--verbose"}, order = 2, scope = ScopeType.INHERIT, description = "The same as --log-level info.")
    private void logMore(boolean wanted) {
        if (wanted) {
            logLevel = LogLevel.info;
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    /** That of the last option about it. */
    private @Nullable LogLevel logLevel;

    private Spira() {}

    /** Runs a command and exits with its code. */
    @SuppressWarnings("DefaultCharset") // that of the console
    public static void main(String[] arguments) {
        Extensions.load();
        System.exit(execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine command = commandLine().setOut(out).setErr(err);
        Spira spira = command.getCommand();
        command.setExecutionStrategy(parsed -> {
            if (spira.logLevel != null) {
                spira.logLevel.apply();
            }
            return new CommandLine.RunLast().execute(parsed);
        });
        command.setExecutionExceptionHandler((failure, failed, parsed) -> {
            failed.getErr().println("spira: " + message(failure));
            if (spira.stackTrace) {
                failure.printStackTrace(failed.getErr());
            }
            return 1;
        });
        return command.execute(arguments);
    }

    /** All commands, of which none is run yet. */
    static CommandLine commandLine() {
        return new CommandLine(new Spira());
    }

    private static String message(Exception failure) {
        boolean speaksForItself = failure instanceof SpiraException || failure instanceof IllegalArgumentException;
        if (speaksForItself && failure.getMessage() != null) {
            return failure.getMessage();
        }
        return "unexpected " + failure + " (run again with --stacktrace and report it)";
    }

    @Override
    public void run() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        command.usage(command.getOut());
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Spira.class.getPackage().getImplementationVersion();
            return new String[] {"spira " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
