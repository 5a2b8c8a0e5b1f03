package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.config.SweepFile;
import io.github.spirabr.config.SweepPlan;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.sweep.Sweep;
import io.github.spirabr.core.sweep.SweepFindings;
import io.github.spirabr.core.sweep.Trial;
import io.github.spirabr.report.run.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spira sweep}: one experiment with many settings; the validation set chooses, and the test set answers once. */
@Command(
        name = "sweep",
        description = "Trains an experiment with many settings, compares them on the validation set or on inner folds, and "
                + "trains and tests the best of them once. Nothing but the winner answers to the test set. The same command "
                + "resumes an interrupted sweep and finds completed trainings again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira sweep sweep.yaml",
            "  spira sweep sweep.yaml --at-a-time 2 --out results",
            "A sweep is a file such as:",
            "  experiment: experiment.yaml",
            "  space:",
            "    training.batchSize: [8, 16]",
            "    training.optimizer.learningRate: {from: 0.0001, to: 0.01, scale: log, steps: 3}",
            "  strategy: {type: successive-halving, leastEpochs: 5, epochs: 45}"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class SweepCommand implements Callable<Integer> {

    /** Ends the name of the place of completed trainings, beside the models. */
    private static final String WORK = "-sweep";

    @Parameters(paramLabel = "FILE", showDefaultValue = Visibility.NEVER, description = "A sweep (.yaml or .yml).")
    private Path file;

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--at-a-time", paramLabel = "N", description = "Trainings that run at the same time.")
    private int atATime = 1;

    @Option(names = "--out", paramLabel = "FOLDER", showDefaultValue = Visibility.NEVER,
            description = "Write points.csv, winner.yaml and report.html there; by default to NAME-sweep beside the file.")
    private @Nullable Path out;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        SweepPlan plan = settings.apply(SweepFile.at(file).read());
        Experiment experiment = plan.experiment();
        SweepFiles files = new SweepFiles(out == null
                ? file.toAbsolutePath().resolveSibling(experiment.modelName() + WORK) : out);
        experiment.models().models().requireWritable();
        ConsoleProgress progress = ConsoleProgress.to(output.err());
        SweepProgress shown = new SweepProgress(progress, output.err(), plan.metric());
        Optional<SweepFindings> findings = StopSignal.during(
                new PipelineListener() {}, progress, output.err(), stop -> sweep(plan, experiment, shown, stop).run());
        if (findings.isEmpty()) {
            return Spira.INTERRUPTED;
        }
        files.write(experiment.modelName(), findings.get(), winner(plan, findings.get(), files.folder()));
        SweepSummary summary = new SweepSummary(findings.get(), files);
        output.print(summary::json, summary::print);
        return 0;
    }

    private Sweep sweep(SweepPlan plan, Experiment experiment, SweepProgress shown, PipelineListener stop) {
        List<Long> seeds = plan.seeds().isEmpty() ? List.of(experiment.seed()) : plan.seeds();
        // That of the split as well, so that the winner's file alone gives the winner again.
        long first = seeds.get(0);
        ExperimentParts base = ExperimentParts.of(experiment);
        Sweep.Builder sweep = Sweep.builder()
                .pipeline(trial -> builder(plan.experiment(trial)).listener(stop.andThen(shown.listener(trial))))
                .strategy(plan.strategy())
                .metric(plan.metric())
                .seeds(seeds.stream().mapToLong(Long::longValue).toArray())
                .atATime(atATime)
                .listener(shown);
        plan.settings().forEach(sweep::addSetting);
        return (plan.folds().isPresent()
                ? sweep.innerFolds(base.recordings(), base.split(), first, plan.folds().getAsInt())
                : sweep.split(base.split(), first)).build();
    }

    private static TrainingPipeline.Builder builder(Experiment experiment) {
        TrainingPipeline.Builder builder = ExperimentParts.of(experiment).applyTo(TrainingPipeline.builder())
                .addReporter(new RunReport());
        if (experiment.work().isEmpty()) {
            // A stopped sweep finds its completed trainings again here.
            experiment.models().beside(WORK).workOf(builder);
        }
        return builder;
    }

    /** Returns the experiment of the winner, as a file that trains it again. */
    private static String winner(SweepPlan plan, SweepFindings findings, Path folder) {
        Trial trial = findings.winningTrial();
        return ExperimentFile.text(plan.experiment(trial).toBuilder().seed(trial.seed()).build(), folder);
    }
}
