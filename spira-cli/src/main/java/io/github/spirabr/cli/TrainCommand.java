package io.github.spirabr.cli;

import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingSummary;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code spira train}: an experiment's second stage. */
@Command(
        name = "train",
        description = "Trains the network of an experiment on the features that 'spira features' left in the work store, and leaves it "
                + "there. The same command resumes an interrupted training. Exit code 3 if it is trained already.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira train experiment.yaml",
            "  spira train experiment.yaml --set training.epochs=50 --work s3://hospital/work"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    @Mixin
    private ExperimentStage stage = new ExperimentStage();

    @Override
    public Integer call() {
        return stage.run(TrainingPipeline::train, StageJson::training, TrainCommand::print);
    }

    private static void print(PrintWriter out, TrainingSummary trained) {
        EpochSummary best = trained.epochs().get(trained.bestEpoch() - 1);
        out.printf(Locale.ROOT, "Best epoch: %d of %d, validation loss %.4f, validation accuracy %.3f%n",
                trained.bestEpoch(), trained.epochs().size(), best.validationLoss(), best.validationAccuracy());
    }
}
