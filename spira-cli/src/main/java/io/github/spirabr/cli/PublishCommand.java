package io.github.spirabr.cli;

import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private ExperimentStage stage = new ExperimentStage();

    @Option(names = "--alias", paramLabel = "ALIAS", showDefaultValue = Visibility.NEVER,
            description = "Give the model this alias, such as challenger.")
    private @Nullable String alias;

    @Override
    public Integer call() {
        StagedRun staged = stage.staged();
        boolean[] moved = {false};
        int code = staged.run(stage.output().err(), TrainingPipeline::publish, run -> {
            moved[0] = staged.giveAlias(alias, run.model());
            stage.output().print(() -> StageJson.run(run), out -> print(out, run, moved[0]));
        });
        return code == Spira.NOTHING_TO_DO && moved[0] ? 0 : code;
    }

    private void print(PrintWriter out, TrainingRun run, boolean moved) {
        out.println("Saved: " + run.model() + " in " + run.location());
        if (moved) {
            out.println("Alias " + alias + ": " + run.model());
        }
    }
}
