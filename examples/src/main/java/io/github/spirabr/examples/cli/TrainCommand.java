package io.github.spirabr.examples.cli;

import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.training.EpochSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira train}: an experiment's second stage. */
@Command(
        name = "train",
        description = "Trains the network of an experiment on the features that 'spira features' left in the work store, and leaves it "
                + "there. A training that was broken off is taken up by the same command. Exit code 3 if it is trained already.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira train experiment.yaml",
            "  spira train experiment.yaml --set training.epochs=50 --work s3://hospital/work"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "EXPERIMENT", showDefaultValue = Visibility.NEVER, description = "An experiment (.yaml or .yml).")
    private Path experiment;

    @Mixin
    private StageOptions options = new StageOptions();

    @Option(names = "--json", description = "Print JSON in place of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return options.staged(experiment).run(spec.commandLine().getErr(), TrainingPipeline::train, trained -> {
            if (json) {
                Json.print(out, StageJson.training(trained));
                return;
            }
            EpochSummary best = trained.epochs().get(trained.bestEpoch() - 1);
            out.printf(Locale.ROOT, "Best epoch: %d of %d, validation loss %.4f, validation accuracy %.3f%n",
                    trained.bestEpoch(), trained.epochs().size(), best.validationLoss(), best.validationAccuracy());
            out.flush();
        });
    }
}
