package io.github.spirabr.cli;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.probe.UsualProbes;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.storage.fs.registry.FileSystemCheckpointStore;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.Noam;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a run on manifests, which say what an experiment file says otherwise. */
final class ManifestOptions {

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name.")
    private String name = "spira";

    @Option(names = "--test-subjects", paramLabel = "SUBJECT", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Hold out these subjects for the test; needs --validation-subjects. "
                    + "By default 60, 20 and 20 %% of the subjects are drawn for training, validation and test.")
    private Set<String> testSubjects = new TreeSet<>();

    @Option(names = "--validation-subjects", paramLabel = "SUBJECT", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Choose the best epoch by these subjects; needs --test-subjects.")
    private Set<String> validationSubjects = new TreeSet<>();

    @Option(names = "--epochs", paramLabel = "N", description = "Number of passes over the training set.")
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
            description = "Store checkpoints there after every epoch and every 50 steps. The same options resume an "
                    + "interrupted run. Removed when the model is saved.")
    private @Nullable Path checkpoints;

    @Option(names = "--max-rejected", paramLabel = "SHARE",
            description = "Stop if more than this share of the recordings is unusable; otherwise leave them out. "
                    + "0 tolerates none.")
    private double maxRejected = RejectionPolicy.standard().largestShare();

    @Option(names = "--no-probes",
            description = "Skip the probes, which take about as long as eight evaluations.")
    private boolean noProbes;

    @Option(names = "--seed", paramLabel = "SEED", description = "All random draws derive from it.")
    private long seed = 42;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that read audio.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Returns the pipeline of a SpiraConv V2 on recordings. */
    TrainingPipeline.Builder pipeline(RecordingSource recordings, ModelRepository repository) {
        TrainingPipeline.Builder builder = TrainingPipeline.builder()
                .recordings(recordings)
                .reader(FfmpegAudioReader.builder().sampleRate(16_000).build())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1)))
                        .extract(Mfcc.builder().coefficients(40).melBands(40).fftSize(1200).windowLength(400)
                                .hopLength(160).build())
                        .build())
                .split(splitter())
                .rejections(new RejectionPolicy(maxRejected, RejectionPolicy.standard().largestClassGap()))
                .model(SpiraConv.v2())
                .trainer(Trainer.builder()
                        .optimizer(Adam.of(learningRate).withWeightDecay(weightDecay))
                        .schedule(Noam.warmup(warmup))
                        .epochs(epochs)
                        .batchSize(batchSize)
                        .checkpointEverySteps(50)
                        .build())
                .models(repository)
                .modelName(name)
                .seed(seed)
                .parallelism(Parallelism.of(threads));
        if (!noProbes) {
            UsualProbes.all().forEach(builder::addProbe);
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
}
