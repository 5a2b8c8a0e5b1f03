package io.github.spirabr.examples.cli;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.probe.UsualProbes;
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
import io.github.spirabr.storage.fs.manifest.CsvManifest;
import io.github.spirabr.storage.fs.registry.FileSystemCheckpointStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
            "  spira run experiment.yaml --work s3://hospital/work --models s3://hospital/models --alias challenger",
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

    @Option(names = "--json", description = "Print JSON in place of text.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", showDefaultValue = Visibility.NEVER,
            description = "Write the report there, too: a page that tells the time and the machine as well, which the one that is "
                    + "saved with the model does not.")
    private @Nullable Path report;

    @Option(names = "--set", paramLabel = "PATH=VALUE", showDefaultValue = Visibility.NEVER,
            description = "Lay a setting over the experiment's, such as training.epochs=5; may be repeated.")
    private List<String> settings = new ArrayList<>();

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

    @Option(names = "--no-probes",
            description = "Do not look behind the model's figures, which takes about as long as eight evaluations.")
    private boolean noProbes;

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
        return StageOptions.isExperiment(file);
    }

    private void refuseOptionsOfTheOtherKind() {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            boolean ofExperiments = option.longestName().equals("--set");
            boolean ofBoth = Set.of("--stacktrace", "--log-level", "--verbose", "--again", "--json", "--models", "--work", "--alias", "--report")
                    .contains(option.longestName());
            if (!ofBoth && ofExperiments != isExperiment()) {
                throw new ParameterException(spec.commandLine(), isExperiment()
                        ? option.longestName() + " is for a manifest; an experiment takes settings, such as --set seed=1"
                        : "--set is for an experiment (.yaml); a manifest takes options, such as --seed 1");
            }
        }
    }

    private Integer runExperiment() {
        return run(StagedRun.of(file, settings, models, work, again));
    }

    private Integer runManifest() {
        String place = models == null ? "models" : models;
        ModelRepository repository = Locations.models(place);
        return run(StagedRun.of(pipeline(repository), repository, work, again));
    }

    private Integer run(StagedRun staged) {
        PrintWriter out = spec.commandLine().getOut();
        Optional<ReportFile> page = Optional.ofNullable(report).map(ReportFile::page);
        ModelRepository repository = staged.models();
        Optional<ModelVersion> done = again ? Optional.empty() : staged.findDone();
        if (done.isPresent()) {
            boolean moved = staged.giveAlias(alias, done.get());
            page.ifPresent(file -> file.writeStored(repository, done.get()));
            String location = repository.location(done.get());
            if (json) {
                Json.print(out, StageJson.model(done.get(), location));
            } else {
                out.println(done.get() + " in " + location + " is of these settings, recordings and this"
                        + " library already; nothing to do (--again trains it once more)");
                tellAlias(out, moved, done.get());
            }
            return moved ? 0 : Spira.NOTHING_TO_DO;
        }
        Occasion occasion = Occasion.now();
        return staged.run(spec.commandLine().getErr(), TrainingPipeline::run, run -> {
            boolean moved = staged.giveAlias(alias, run.model());
            page.ifPresent(file -> file.write(new RunReport().html(run.findings(), occasion.tell(run))));
            if (json) {
                Json.print(out, StageJson.run(run));
                return;
            }
            new RunSummary(out).print(run);
            page.ifPresent(file -> out.println("Report with time and machine: " + file));
            tellAlias(out, moved, run.model());
            predictOne(out, repository, run);
        });
    }

    private void tellAlias(PrintWriter out, boolean moved, ModelVersion version) {
        if (moved) {
            out.println("Alias " + alias + ": " + version);
        }
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
        if (!noProbes) {
            UsualProbes.all().forEach(builder::probe);
        }
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
