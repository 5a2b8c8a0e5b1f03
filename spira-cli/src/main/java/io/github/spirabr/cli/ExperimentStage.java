package io.github.spirabr.cli;

import io.github.spirabr.core.pipeline.TrainingPipeline;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Base of the commands that run a single stage: the experiment, its options, and how the outcome is told. */
final class ExperimentStage {

    @Parameters(paramLabel = "EXPERIMENT", showDefaultValue = Visibility.NEVER, description = "An experiment (.yaml or .yml).")
    private Path experiment;

    @Mixin
    private StageOptions options = new StageOptions();

    @Mixin
    private Output output = new Output();

    Output output() {
        return output;
    }

    StagedRun staged() {
        return options.staged(experiment);
    }

    /** Runs the stage and prints its outcome; gives the exit code. */
    <T> int run(Function<TrainingPipeline, T> stage, Function<T, ?> json, BiConsumer<PrintWriter, T> text) {
        return staged().run(output.err(), stage,
                outcome -> output.print(() -> json.apply(outcome), out -> text.accept(out, outcome)));
    }
}
