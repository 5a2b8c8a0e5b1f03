package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.pipeline.TaskFindings;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.report.run.RunReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira run}: trains, evaluates and saves a model, and asks it about one recording. */
@Command(
        name = "run",
        description = "Runs the experiment that a YAML file says; or trains a SpiraConv V2 on the recordings of "
                + "manifests. Either way the model is evaluated on held-out subjects and saved, and predicts one "
                + "of their recordings.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira run experiment.yaml",
            "  spira run experiment.yaml --set training.epochs=5 --set seed=7",
            "  spira run experiment.yaml --work s3://hospital/work --models s3://hospital/models --alias challenger",
            "  spira run data/metadata.csv --epochs 30 --checkpoints checkpoints",
            "  spira run covid.csv healthy.csv --class-column diagnosis --control-words healthy --patient-words covid"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            showDefaultValue = Visibility.NEVER,
            description = "An experiment (.yaml or .yml), or a list of recordings, such as a CSV file with the columns file_path "
                    + "(relative to the file) and class (0 control, 1 patient), and best also subject: without it each recording counts as a "
                    + "subject of its own; - for standard input. Several manifests count together.")
    private List<String> files = List.of();

    @Option(names = "--again",
            description = "Train even if a saved model is of the same settings, recordings and library already.")
    private boolean again;

    @Mixin
    private Output output = new Output();

    @Option(names = "--report", paramLabel = "FILE", showDefaultValue = Visibility.NEVER,
            description = "Write the report there, too: a page that tells the time and the machine as well, which the one that is "
                    + "saved with the model does not.")
    private @Nullable Path report;

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--models", paramLabel = "PLACE", showDefaultValue = Visibility.NEVER,
            description = "Where models are saved: a folder, or s3://BUCKET/PREFIX. By default what the experiment says; for a "
                    + "manifest the folder models.")
    private @Nullable String models;

    @Option(names = "--work", paramLabel = "PLACE", showDefaultValue = Visibility.NEVER,
            description = "Where stages leave what comes after them, so that each is done once: a folder, or s3://BUCKET/PREFIX. "
                    + "By default what the experiment says, if anything.")
    private @Nullable String work;

    @Option(names = "--alias", paramLabel = "ALIAS", showDefaultValue = Visibility.NEVER,
            description = "Give the model this alias, such as challenger.")
    private @Nullable String alias;

    @Mixin
    private ManifestColumns columns = new ManifestColumns();

    @Mixin
    private ManifestOptions manifest = new ManifestOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (files.size() > 1 && isExperiment()) {
            throw new ParameterException(spec.commandLine(),
                    "an experiment is run alone, but there are " + files.size() + " parameters; remove the others");
        }
        refuseOptionsOfTheOtherKind();
        return isExperiment() ? runExperiment() : runManifests();
    }

    private boolean isExperiment() {
        return files.stream().anyMatch(file -> StageOptions.isExperiment(Path.of(file)));
    }

    private void refuseOptionsOfTheOtherKind() {
        Map<String, OptionSpec> ofManifests = spec.mixins().get("manifest").optionsMap();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            boolean wrong = isExperiment()
                    ? ofManifests.containsKey(option.longestName()) : option.longestName().equals("--set");
            if (wrong) {
                throw new ParameterException(spec.commandLine(), isExperiment()
                        ? option.longestName() + " is for a manifest; an experiment takes settings, such as --set seed=1"
                        : "--set is for an experiment (.yaml); a manifest takes options, such as --seed 1");
            }
        }
    }

    private Integer runExperiment() {
        Path file = Path.of(files.get(0));
        Experiment experiment = settings.read(file, columns);
        return experiment.tasks().isEmpty()
                ? run(StagedRun.of(experiment, models, work, again))
                : run(new TaskRun(experiment, file, models, work, again));
    }

    private Integer run(TaskRun tasks) {
        if (alias != null) {
            throw new ParameterException(spec.commandLine(),
                    "--alias is for one model, but the experiment has tasks, which have a model each; use spira models promote");
        }
        Optional<ReportFile> page = Optional.ofNullable(report).map(ReportFile::page);
        Optional<TaskFindings> findings = tasks.run(output.err());
        if (findings.isEmpty()) {
            return Spira.INTERRUPTED;
        }
        page.ifPresent(one -> one.write(tasks.page()));
        output.print(() -> tasks.json(findings.get()), out -> tasks.print(out, findings.get()));
        return 0;
    }

    private Integer runManifests() {
        String place = models == null ? "models" : models;
        ModelRepository repository = Locations.models(place);
        Map<String, RecordingSource> sources = new LinkedHashMap<>();
        files.forEach(file -> sources.put(file, columns.recordings(file)));
        if (files.size() == 1 && !columns.layout().isEmpty()) {
            output.err().print("In an experiment file:\n" + columns.section(files.get(0)));
        }
        return run(StagedRun.of(manifest.pipeline(ListedTogether.source(sources), repository), repository, work, again));
    }

    private Integer run(StagedRun staged) {
        Optional<ReportFile> page = Optional.ofNullable(report).map(ReportFile::page);
        ModelRepository repository = staged.models();
        Optional<ModelVersion> done = again ? Optional.empty() : staged.findDone();
        if (done.isPresent()) {
            boolean moved = staged.giveAlias(alias, done.get());
            page.ifPresent(file -> file.writeStored(repository, done.get()));
            String location = repository.location(done.get());
            output.print(() -> StageJson.model(done.get(), location), out -> {
                out.println(done.get() + " in " + location + " is of these settings, recordings and this"
                        + " library already; nothing to do (--again trains it again)");
                tellAlias(out, moved, done.get());
            });
            return moved ? 0 : Spira.NOTHING_TO_DO;
        }
        Occasion occasion = Occasion.now();
        return staged.run(output.err(), TrainingPipeline::run, run -> {
            boolean moved = staged.giveAlias(alias, run.model());
            page.ifPresent(file -> file.write(new RunReport().html(run, occasion.tell(run))));
            output.print(() -> StageJson.run(run), out -> {
                new RunSummary(out).print(run);
                page.ifPresent(file -> out.println("Report with time and machine: " + file));
                tellAlias(out, moved, run.model());
                predictOne(out, repository, run);
            });
        });
    }

    private void tellAlias(PrintWriter out, boolean moved, ModelVersion version) {
        if (moved) {
            out.println("Alias " + alias + ": " + version);
        }
    }

    /** Asks the stored model, opened again from the repository. */
    private static void predictOne(PrintWriter out, ModelRepository repository, TrainingRun run) {
        Recording first = run.split().test().recordings().get(0);
        try (Predictor predictor = Predictor.open(repository, run.model())) {
            Prediction prediction = predictor.predict(first.id(), first.audio());
            out.println();
            out.println("The saved model on a held-out recording (label: " + first.label() + "):");
            PredictCommand.print(out, prediction);
        }
    }
}
