package io.github.spirabr.cli;

import io.github.spirabr.config.InvalidExperimentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code spira} command. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing to do, 130 asked to end. */
@Command(
        name = "spira",
        description = "Trains models that detect a condition, such as respiratory insufficiency, from speech, and asks them. "
                + "For research; no medical device.",
        subcommands = {
            InspectCommand.class,
            ConvertCommand.class,
            FeaturesCommand.class,
            PlotCommand.class,
            RunCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            PublishCommand.class,
            TestCommand.class,
            RepeatCommand.class,
            SweepCommand.class,
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
            "2:Wrong usage: an option, or a setting in a file.",
            "3:Nothing to do: the result exists already.",
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

    /** Exit code of a command that failed. */
    static final int FAILED = 1;

    /** Exit code of a wrong option, and of a wrong setting in a file: the same command fails again. */
    static final int WRONG_USAGE = 2;

    /** Exit code of a command that found its work done. */
    static final int NOTHING_TO_DO = 3;

    /** Exit code of a command that was asked to end, as shells have it for Ctrl-C. */
    static final int INTERRUPTED = 130;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure, too.")
    private boolean stackTrace;

    // Methods come in no order of their own: without "order" the help would change from start to start.
    @Option(names = "--log-level", order = 1, scope = ScopeType.INHERIT, paramLabel = "LEVEL",
            description = "Level of the log on the error stream: ${COMPLETION-CANDIDATES}; by default warnings and errors.")
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
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (SecondJava.isNeeded()) {
            System.exit(SecondJava.run());
        }
        PrintWriter err = Terminal.errorLines(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(execute(StandardOutput.writer(), err, arguments));
    }

    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine command = commandLine().setOut(out).setErr(err);
        Spira spira = command.getCommand();
        try {
            Extensions.load();
            int code = execute(command, spira, arguments);
            out.flush();
            return code;
        } catch (StandardOutput.LostException | IllegalArgumentException | Error e) {
            return spira.fail(err, e);
        }
    }

    private static int execute(CommandLine command, Spira spira, String... arguments) {
        command.setExecutionStrategy(parsed -> {
            if (spira.logLevel != null) {
                spira.logLevel.apply();
            }
            try {
                return new CommandLine.RunLast().execute(parsed);
            } catch (StandardOutput.LostException e) {
                return spira.fail(command.getErr(), e);
            }
        });
        command.setExecutionExceptionHandler((failure, failed, parsed) -> spira.fail(failed.getErr(), failure));
        return command.execute(arguments);
    }

    private int fail(PrintWriter err, Throwable failure) {
        err.println("spira: " + Failures.sentence(failure));
        if (stackTrace) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof InvalidExperimentException ? WRONG_USAGE : FAILED;
    }

    /** All commands, of which none is run yet. */
    static CommandLine commandLine() {
        return new CommandLine(new Spira());
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
