package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.core.dataset.Folds;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.RepeatedFindings;
import io.github.spirabr.core.pipeline.RepeatedTraining;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.storage.fs.registry.FileSystemCheckpointStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
                + "its metrics is luck. Each model is saved under a name of its own, such as spira-fold-1-seed-7.",
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

    @Parameters(paramLabel = "FILE", showDefaultValue = Visibility.NEVER, description = "An experiment (.yaml or .yml).")
    private Path file;

    @Mixin
    private SettingsOption settings = new SettingsOption();

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

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (folds != null && leaveOut != null) {
            throw new ParameterException(spec.commandLine(), "--folds and --leave-out are two ways to split; give one of them");
        }
        Experiment experiment = settings.read(file);
        ConsoleProgress progress = ConsoleProgress.to(output.err());
        RepeatProgress shown = new RepeatProgress(output.err(), progress, atATime > 1);
        Optional<RepeatedFindings> findings = StopSignal.during(
                new PipelineListener() {}, progress, output.err(), stop -> trainings(experiment, shown, stop).run());
        findings.ifPresent(found -> output.print(() -> tree(found), out -> print(out, found)));
        return findings.isPresent() ? 0 : Spira.INTERRUPTED;
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
        return splits.isPresent()
                ? trainings.folds(parts.recordings(), splits.get(), experiment.seed())
                : trainings.split(parts.split(), experiment.seed());
    }

    private Optional<Folds> splits() {
        if (folds != null) {
            return Optional.of(Folds.bySubject(folds));
        }
        return Optional.ofNullable(leaveOut).map(column -> Folds.leaveOneOut(column, VALIDATION));
    }

    /** Trainings at the same time must not share checkpoints and event files. */
    private static TrainingPipeline.Builder builder(
            Experiment experiment, ExperimentParts parts, RepeatedTraining.Training training) {
        TrainingPipeline.Builder builder = parts.applyTo(TrainingPipeline.builder());
        experiment.checkpoints().ifPresent(checkpoints -> builder.checkpoints(FileSystemCheckpointStore
                .at(checkpoints.folder().resolve(training.modelName())).keeping(checkpoints.keep())));
        return builder;
    }

    private static Map<String, Object> tree(RepeatedFindings findings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("seeds", findings.seeds());
        tree.put("folds", findings.folds());
        tree.put("models", findings.runs().stream().map(run -> run.model().toString()).toList());
        Map<String, Object> figures = new LinkedHashMap<>();
        MetricEstimates together = findings.ensembleMetrics();
        for (MetricEstimates.Spread spread : findings.spread()) {
            MetricEstimate ensemble = together.metric(spread.metric());
            Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("mean", known(spread.mean()));
            figure.put("standardDeviation", known(spread.standardDeviation()));
            figure.put("lower", known(spread.lower()));
            figure.put("upper", known(spread.upper()));
            figure.put("ensemble", known(ensemble.value()));
            figure.put("ensembleLower", known(ensemble.lower()));
            figure.put("ensembleUpper", known(ensemble.upper()));
            figures.put(spread.metric().name().toLowerCase(Locale.ROOT), figure);
        }
        tree.put("figures", figures);
        return tree;
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static void print(PrintWriter out, RepeatedFindings findings) {
        MetricEstimates together = findings.ensembleMetrics();
        out.printf(Locale.ROOT, "%d trainings: %d folds, seeds %s%n", findings.runs().size(), findings.folds(), findings.seeds());
        for (TrainingRun run : findings.runs()) {
            out.printf("  %-28s probes: %s%n", run.model(), run.probeSummary());
        }
        out.printf("%-26s %-8s %-10s %-20s %s%n", "by recording", "mean", "deviation", "95 % interval", "all models together");
        for (MetricEstimates.Spread spread : findings.spread()) {
            MetricEstimate ensemble = together.metric(spread.metric());
            out.printf(Locale.ROOT, "  %-24s %-8s %-10s %-20s %s%n",
                    spread.metric().name().toLowerCase(Locale.ROOT).replace('_', ' '), number(spread.mean()),
                    number(spread.standardDeviation()), interval(spread.lower(), spread.upper()),
                    number(ensemble.value()) + " (" + interval(ensemble.lower(), ensemble.upper()) + ")");
        }
        out.println(findings.folds() > 1
                ? "  intervals over folds, widened since folds share what they train on; together: by bootstrap over subjects"
                : "  intervals over seeds: the luck of training alone; together: by bootstrap over subjects");
    }

    private static String interval(double lower, double upper) {
        return Double.isNaN(lower) ? "-" : number(lower) + " to " + number(upper);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
