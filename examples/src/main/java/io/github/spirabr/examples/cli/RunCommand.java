package io.github.spirabr.examples.cli;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.fingerprint.BandFingerprinter;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.pipeline.Prediction;
import io.github.spirabr.core.pipeline.Predictor;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.model.Adam;
import io.github.spirabr.model.Dl4jTrainer;
import io.github.spirabr.model.Noam;
import io.github.spirabr.model.SpiraConv;
import io.github.spirabr.report.run.RunReport;
import io.github.spirabr.storage.fs.config.Experiment;
import io.github.spirabr.storage.fs.config.ExperimentFile;
import io.github.spirabr.storage.fs.config.ExperimentParts;
import io.github.spirabr.storage.fs.manifest.CsvManifest;
import io.github.spirabr.storage.fs.registry.FileSystemCheckpointStore;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira run}: trains, evaluates and saves a model, and asks it about one recording. */
@Command(
        name = "run",
        description = "Runs the experiment that a YAML file says; or trains a SpiraConv V2 on the recordings of a CSV "
                + "manifest. Either way the model is evaluated on subjects that it has not heard, saved, and asked about one "
                + "of their recordings.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira run experiment.yaml",
            "  spira run experiment.yaml --set training.epochs=5 --set seed=7",
            "  spira run data/metadata.csv --epochs 30 --checkpoints checkpoints"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            showDefaultValue = Visibility.NEVER,
            description = "An experiment (.yaml or .yml), which takes --set and no other option, or a "
                    + "manifest: a CSV file with the columns file_path (relative to the file) and class (0 control, 1 patient), "
                    + "and best also subject: without it each recording counts as a subject of its own.")
    private Path file;

    @Option(names = "--again",
            description = "Train even if a saved model is of the same settings, recordings and library already.")
    private boolean again;

    @Option(names = "--report", paramLabel = "FILE", showDefaultValue = Visibility.NEVER,
            description = "Write the report there, too: a page that tells the time and the machine as well, which the one that is "
                    + "saved with the model does not.")
    private @Nullable Path report;

    @Option(names = "--set", paramLabel = "PATH=VALUE", showDefaultValue = Visibility.NEVER,
            description = "Lay a setting over the experiment's, such as training.epochs=5; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--models", paramLabel = "FOLDER", description = "Where models are saved.")
    private Path models = Path.of("models");

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name.")
    private String name = "spira";

    @Option(names = "--test-subjects", paramLabel = "SUBJECT", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Hold out these subjects for the test; needs --validation-subjects. "
                    + "By default 60, 20 and 20 %% of the subjects are drawn for training, validation and test.")
    private Set<String> testSubjects = new TreeSet<>();

    @Option(names = "--validation-subjects", paramLabel = "SUBJECT", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Choose the best epoch by these subjects; needs --test-subjects.")
    private Set<String> validationSubjects = new TreeSet<>();

    @Option(names = "--epochs", paramLabel = "N", description = "How often each recording is learned from.")
    private int epochs = 30;

    @Option(names = "--batch-size", paramLabel = "N", description = "Recordings for each update of the weights.")
    private int batchSize = 8;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Of Adam, at the schedule's peak.")
    private double learningRate = 1e-3;

    @Option(names = "--weight-decay", paramLabel = "DECAY", description = "Of Adam, added to the gradient.")
    private double weightDecay = 0.01;

    @Option(names = "--warmup", paramLabel = "STEPS", description = "Steps until the Noam schedule's peak.")
    private int warmup = 100;

    @Option(names = "--checkpoints", paramLabel = "FOLDER", showDefaultValue = Visibility.NEVER,
            description = "Keep checkpoints there after every epoch and every 50 steps, and take up a run that was broken "
                    + "off: start it again with the same options. Removed when the model is saved.")
    private @Nullable Path checkpoints;

    @Option(names = "--max-rejected", paramLabel = "SHARE",
            description = "Stop if more than this share of the recordings cannot be used; otherwise go on without them. "
                    + "0 bears none.")
    private double maxRejected = RejectionPolicy.standard().largestShare();

    @Option(names = "--seed", paramLabel = "SEED", description = "All random draws derive from it.")
    private long seed = 42;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that read audio.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        refuseOptionsOfTheOtherKind();
        return isExperiment() ? runExperiment() : runManifest();
    }

    private boolean isExperiment() {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private void refuseOptionsOfTheOtherKind() {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            boolean ofExperiments = option.longestName().equals("--set");
            boolean ofBoth = Set.of("--stacktrace", "--log-level", "--verbose", "--again", "--report").contains(option.longestName());
            if (!ofBoth && ofExperiments != isExperiment()) {
                throw new ParameterException(spec.commandLine(), isExperiment()
                        ? option.longestName() + " is for a manifest; an experiment takes settings, such as --set seed=1"
                        : "--set is for an experiment (.yaml); a manifest takes options, such as --seed 1");
            }
        }
    }

    private Integer runExperiment() {
        ExperimentFile experimentFile = ExperimentFile.at(file);
        for (String setting : settings) {
            experimentFile = experimentFile.set(setting);
        }
        Experiment experiment = experimentFile.read();
        ExperimentParts parts = ExperimentParts.of(experiment);
        return run(parts.applyTo(TrainingPipeline.builder()), FileSystemModelRepository.at(experiment.models()));
    }

    private Integer runManifest() {
        ModelRepository repository = FileSystemModelRepository.at(models);
        return run(pipeline(repository), repository);
    }

    private Integer run(TrainingPipeline.Builder pipeline, ModelRepository repository) {
        pipeline.audit(SplitAudit.of(new BandFingerprinter()));
        PrintWriter out = spec.commandLine().getOut();
        Optional<ReportFile> page = Optional.ofNullable(report).map(ReportFile::page);
        Optional<ModelVersion> done = again ? Optional.empty() : pipeline.build().findDone();
        if (done.isPresent()) {
            out.println(done.get() + " in " + repository.location(done.get()) + " is of these settings, recordings and this"
                    + " library already; nothing to do (--again trains it once more)");
            return Spira.NOTHING_TO_DO;
        }
        RunReport reporter = new RunReport();
        Occasion occasion = Occasion.now();
        TrainingRun run;
        try (ConsoleProgress progress = ConsoleProgress.to(out)) {
            run = pipeline.reporter(reporter).listener(progress).build().run();
        }
        new RunSummary(out).print(run);
        page.ifPresent(file -> {
            file.write(reporter.html(run.findings(), occasion.tell(run)));
            out.println("Report with time and machine: " + file);
        });
        predictOne(out, repository, run);
        return 0;
    }

    private TrainingPipeline.Builder pipeline(ModelRepository repository) {
        TrainingPipeline.Builder builder = TrainingPipeline.builder()
                .recordings(CsvManifest.at(file))
                .reader(FfmpegAudioReader.builder().sampleRate(16_000).build())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1)))
                        .extract(Mfcc.builder().coefficients(40).melBands(40).fftSize(1200).windowLength(400)
                                .hopLength(160).build())
                        .build())
                .split(splitter())
                .rejections(new RejectionPolicy(maxRejected, RejectionPolicy.standard().largestClassGap()))
                .model(SpiraConv.v2())
                .trainer(Dl4jTrainer.builder()
                        .optimizer(Adam.of(learningRate).withWeightDecay(weightDecay))
                        .schedule(Noam.warmup(warmup))
                        .epochs(epochs)
                        .batchSize(batchSize)
                        .checkpointEverySteps(50)
                        .build())
                .models(repository)
                .modelName(name)
                .seed(seed)
                .threads(threads);
        if (checkpoints != null) {
            builder.checkpoints(FileSystemCheckpointStore.at(checkpoints));
        }
        return builder;
    }

    private Splitter splitter() {
        if (testSubjects.isEmpty() && validationSubjects.isEmpty()) {
            return SubjectSplit.of(0.6, 0.2, 0.2);
        }
        if (testSubjects.isEmpty() || validationSubjects.isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "--test-subjects and --validation-subjects go together: name at least one subject for each");
        }
        return SubjectSplit.holdingOut(validationSubjects, testSubjects);
    }

    /** By the stored model, opened afresh. */
    private static void predictOne(PrintWriter out, ModelRepository repository, TrainingRun run) {
        Recording first = run.split().test().recordings().get(0);
        try (Predictor predictor = Predictor.open(repository, run.model())) {
            Prediction prediction = predictor.predict(first.id(), first.audio());
            out.println();
            out.println("The saved model on a recording that it has not heard (truth: " + first.label() + "):");
            PredictCommand.print(out, prediction);
        }
        out.flush();
    }
}
