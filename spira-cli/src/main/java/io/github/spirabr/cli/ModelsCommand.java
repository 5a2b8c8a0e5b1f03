package io.github.spirabr.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code spira models}: looks into a folder of models, and moves aliases. */
@Command(
        name = "models",
        description = "Lists, shows, compares and exports saved models, writes out their reports, verifies and deletes them, and moves "
                + "aliases such as champion.",
        subcommands = {
            ListModelsCommand.class,
            ShowModelCommand.class,
            CompareModelsCommand.class,
            ReportCommand.class,
            PromoteModelCommand.class,
            RollBackModelCommand.class,
            TagModelCommand.class,
            ExportModelCommand.class,
            DeleteModelCommand.class,
            VerifyModelsCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        command.usage(command.getOut());
    }
}
