package io.github.spirabr.cli;

import io.github.spirabr.core.pipeline.TrainingPipeline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code spira evaluate}: an experiment's third stage. */
@Command(
        name = "evaluate",
        description = "Evaluates the network that 'spira train' left in the work store on the test set, and runs the probes on its "
                + "answers. Exit code 3 if that is done already; the metrics are printed either way.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira evaluate experiment.yaml",
            "  spira evaluate experiment.yaml --set decision.operatingPoint=youden"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private ExperimentStage stage = new ExperimentStage();

    @Override
    public Integer call() {
        return stage.run(TrainingPipeline::evaluate, StageJson::findings, (out, findings) -> new RunSummary(out).print(findings));
    }
}
