package io.github.spirabr.examples.cli;

import io.github.spirabr.core.pipeline.TrainingPipeline;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira publish}: an experiment's last stage. */
@Command(
        name = "publish",
        description = "Saves the model of an experiment, with all that 'spira features', 'spira train' and 'spira evaluate' left in the "
                + "work store, as the next version. Exit code 3 if it is saved already, and has the alias.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira publish experiment.yaml",
            "  spira publish experiment.yaml --models s3://hospital/models --alias challenger"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class PublishCommand implements Callable<Integer> {

    @Parameters(paramLabel = "EXPERIMENT", showDefaultValue = Visibility.NEVER, description = "An experiment (.yaml or .yml).")
    private Path experiment;

    @Mixin
    private StageOptions options = new StageOptions();

    @Option(names = "--json", description = "Print JSON in place of text.")
    private boolean json;

    @Option(names = "--alias", paramLabel = "ALIAS", showDefaultValue = Visibility.NEVER,
            description = "Give the model this alias, such as challenger.")
    private @Nullable String alias;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        StagedRun staged = options.staged(experiment);
        boolean[] moved = {false};
        int code = staged.run(spec.commandLine().getErr(), TrainingPipeline::publish, run -> {
            moved[0] = staged.giveAlias(alias, run.model());
            if (json) {
                Json.print(out, StageJson.run(run));
                return;
            }
            out.println("Saved: " + run.model() + " in " + run.location());
            if (moved[0]) {
                out.println("Alias " + alias + ": " + run.model());
            }
            out.flush();
        });
        return code == Spira.NOTHING_TO_DO && moved[0] ? 0 : code;
    }
}
