package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.core.dataset.Folds;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.RepeatedFindings;
import io.github.spirabr.core.pipeline.RepeatedTraining;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.report.run.RunReport;
import io.github.spirabr.storage.fs.registry.FileSystemCheckpointStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira repeat}: one experiment with several seeds, on several folds, or both. */
@Command(
        name = "repeat",
        description = "Trains the experiment that a YAML file says with several seeds, on several folds, or both: how much of "
                + "its metrics is luck. Each model is saved under a name of its own, such as spira-fold-1-seed-7. The same command "
                + "resumes an interrupted run and finds completed trainings again.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira repeat experiment.yaml --seeds 1,2,3",
            "  spira repeat experiment.yaml --folds 5 --at-a-time 2",
            "  spira repeat experiment.yaml --leave-out hospital --seeds 1,2 --json"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class RepeatCommand implements Callable<Integer> {

    private static final double VALIDATION = 0.2;
    private static final long MEGABYTE = 1L << 20;
    /** Ends the name of the place of completed trainings, beside the models. */
    private static final String WORK = "-repeat";

    @Parameters(paramLabel = "FILE", showDefaultValue = Visibility.NEVER, description = "An experiment (.yaml or .yml).")
    private Path file;

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private ManifestColumns columns = new ManifestColumns();

    @Option(names = "--seeds", paramLabel = "SEED", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Train once with each of these seeds; by default with the experiment's own.")
    private List<Long> seeds = new ArrayList<>();

    @Option(names = "--folds", paramLabel = "K", showDefaultValue = Visibility.NEVER,
            description = "Test on each of so many folds of subjects, at least 3, in place of the experiment's split.")
    private @Nullable Integer folds;

    @Option(names = "--leave-out", paramLabel = "COLUMN", showDefaultValue = Visibility.NEVER,
            description = "Test on each value of a column, such as a hospital's, in place of the experiment's split.")
    private @Nullable String leaveOut;

    @Option(names = "--at-a-time", paramLabel = "N", description = "Trainings that run at the same time.")
    private int atATime = 1;

    @Option(names = "--memory-each", paramLabel = "MEGABYTES", showDefaultValue = Visibility.NEVER,
            description = "What a training needs of the heap: no more run at the same time than have room.")
    private long memoryEach;

    @Option(names = "--out", paramLabel = "FOLDER", showDefaultValue = Visibility.NEVER,
            description = "Write answers.csv, metrics.csv and report.html there; by default to NAME-repeat beside the experiment.")
    private @Nullable Path out;

    @Option(names = "--again", description = "Train again what is completed.")
    private boolean again;

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (folds != null && leaveOut != null) {
            throw new ParameterException(spec.commandLine(), "--folds and --leave-out are two ways to split; give one of them");
        }
        Experiment experiment = settings.read(file, columns);
        RepeatFiles files = new RepeatFiles(out == null
                ? file.toAbsolutePath().resolveSibling(experiment.modelName() + "-repeat") : out);
        ConsoleProgress progress = ConsoleProgress.to(output.err());
        RepeatProgress shown = new RepeatProgress(output.err(), progress);
        Optional<RepeatedFindings> findings = StopSignal.during(
                new PipelineListener() {}, progress, output.err(), stop -> trainings(experiment, shown, stop).run());
        if (findings.isEmpty()) {
            return Spira.INTERRUPTED;
        }
        files.write(experiment.modelName(), findings.get());
        RepeatSummary summary = new RepeatSummary(findings.get(), files, leaveOut);
        output.print(summary::json, summary::print);
        return 0;
    }

    private RepeatedTraining trainings(Experiment experiment, RepeatProgress shown, PipelineListener stop) {
        ExperimentParts parts = ExperimentParts.of(experiment);
        RepeatedTraining trainings = RepeatedTraining
                .of(experiment.modelName(), training -> builder(experiment, parts, training)
                        .listener(parts.listener(training.modelName()).andThen(stop).andThen(shown.next(training.modelName()))))
                .seeds(seeds.isEmpty()
                        ? new long[] {experiment.seed()}
                        : seeds.stream().mapToLong(Long::longValue).toArray())
                .atATime(atATime, memoryEach * MEGABYTE);
        Optional<Folds> splits = splits();
        RepeatedTraining all = splits.isPresent()
                ? trainings.folds(parts.recordings(), splits.get(), experiment.seed())
                : trainings.split(parts.split(), experiment.seed());
        shown.atATime(all.workers());
        return all;
    }

    private Optional<Folds> splits() {
        if (folds != null) {
            return Optional.of(Folds.bySubject(folds));
        }
        return Optional.ofNullable(leaveOut).map(column -> Folds.leaveOneOut(column, VALIDATION));
    }

    /** Trainings at the same time must not share checkpoints and event files. */
    private TrainingPipeline.Builder builder(
            Experiment experiment, ExperimentParts parts, RepeatedTraining.Training training) {
        TrainingPipeline.Builder builder = parts.applyTo(TrainingPipeline.builder()).addReporter(new RunReport()).rerun(again);
        if (experiment.work().isEmpty()) {
            // A stopped repetition finds its completed trainings again here.
            builder.workStore(experiment.models().beside(WORK).models());
        }
        experiment.checkpoints().ifPresent(checkpoints -> builder.checkpoints(FileSystemCheckpointStore
                .at(checkpoints.folder().resolve(training.modelName())).keeping(checkpoints.keep())));
        return builder;
    }
}
