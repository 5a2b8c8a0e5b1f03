package io.github.spirabr.examples.cli;

import io.github.spirabr.core.pipeline.TrainingPipeline;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira evaluate}: an experiment's third stage. */
@Command(
        name = "evaluate",
        description = "Asks the network that 'spira train' left in the work store about the held-out recordings, and looks behind its "
                + "answers. Exit code 3 if that is done already; the figures are printed either way.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira evaluate experiment.yaml",
            "  spira evaluate experiment.yaml --set decision.operatingPoint=youden"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

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
        return options.staged(experiment).run(spec.commandLine().getErr(), TrainingPipeline::evaluate, findings -> {
            if (json) {
                Json.print(out, StageJson.findings(findings));
            } else {
                new RunSummary(out).print(findings);
            }
        });
    }
}
