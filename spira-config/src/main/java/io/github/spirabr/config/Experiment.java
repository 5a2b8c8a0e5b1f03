package io.github.spirabr.config;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.pipeline.TaskTraining;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.storage.EventFormat;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of an experiment file: the parts, with their settings. {@link ExperimentParts} makes the parts; an experiment
 * alone opens nothing. Paths are absolute. Immutable.
 */
public final class Experiment {

    private final RecordingLists recordings;
    private final Map<String, NoiseFiles> noises;
    private final Map<String, StoredWeights> pretrained;
    private final ComponentDescription reader;
    private final PreprocessingSteps preprocessing;
    private final List<ComponentDescription> evaluation;
    private final List<ComponentDescription> probes;
    private final ComponentDescription split;
    private final RejectionPolicy rejections;
    private final DecisionChoice decision;
    private final ComponentDescription aggregation;
    private final QualityLimits qualityLimits;
    private final ComponentDescription model;
    private final ComponentDescription training;
    private final Optional<CheckpointFolder> checkpoints;
    private final Optional<CacheFolder> featureCache;
    private final Optional<CacheFolder> audioCache;
    private final Optional<EventFolder> events;
    private final Optional<StoragePlace> work;
    private final StoragePlace models;
    private final String modelName;
    private final Target target;
    private final boolean labelsBySession;
    private final boolean baseline;
    private final List<String> tasks;
    private final TaskTraining.Fusion fusion;
    private final long seed;
    private final OptionalInt threads;
    private final OptionalLong cacheBytes;

    /** Copies maps and lists; integers of settings become {@code int} where they fit, and -0.0 becomes 0.0. */
    private Experiment(Builder builder) {
        recordings = Objects.requireNonNull(builder.recordings, "recordings");
        noises = Collections.unmodifiableMap(new LinkedHashMap<>(builder.noises));
        pretrained = Collections.unmodifiableMap(new LinkedHashMap<>(builder.pretrained));
        reader = normal(Objects.requireNonNull(builder.reader, "reader"));
        preprocessing = Objects.requireNonNull(builder.preprocessing, "preprocessing");
        evaluation = normal(builder.evaluation);
        probes = normal(builder.probes);
        split = normal(Objects.requireNonNull(builder.split, "split"));
        rejections = Objects.requireNonNull(builder.rejections, "rejections");
        decision = Objects.requireNonNull(builder.decision, "decision");
        aggregation = normal(Objects.requireNonNull(builder.aggregation, "aggregation"));
        qualityLimits = Objects.requireNonNull(builder.qualityLimits, "qualityLimits");
        model = normal(Objects.requireNonNull(builder.model, "model"));
        training = normal(Objects.requireNonNull(builder.training, "training"));
        checkpoints = builder.checkpoints;
        featureCache = builder.featureCache;
        audioCache = builder.audioCache;
        events = builder.events;
        work = builder.work;
        models = Objects.requireNonNull(builder.models, "models");
        modelName = Objects.requireNonNull(builder.modelName, "modelName");
        target = builder.target;
        labelsBySession = builder.labelsBySession;
        baseline = builder.baseline;
        tasks = List.copyOf(builder.tasks);
        fusion = builder.fusion;
        seed = builder.seed;
        threads = builder.threads;
        cacheBytes = builder.cacheBytes;
    }

    static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that begins with the values of this experiment. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.recordings = recordings;
        builder.noises = noises;
        builder.pretrained = pretrained;
        builder.reader = reader;
        builder.preprocessing = preprocessing;
        builder.evaluation = evaluation;
        builder.probes = probes;
        builder.split = split;
        builder.rejections = rejections;
        builder.decision = decision;
        builder.aggregation = aggregation;
        builder.qualityLimits = qualityLimits;
        builder.model = model;
        builder.training = training;
        builder.checkpoints = checkpoints;
        builder.featureCache = featureCache;
        builder.audioCache = audioCache;
        builder.events = events;
        builder.work = work;
        builder.models = models;
        builder.modelName = modelName;
        builder.target = target;
        builder.labelsBySession = labelsBySession;
        builder.baseline = baseline;
        builder.tasks = tasks;
        builder.fusion = fusion;
        builder.seed = seed;
        builder.threads = threads;
        builder.cacheBytes = cacheBytes;
        return builder;
    }

    /**
     * Returns the experiment of a pipeline: a file of it, see {@link ExperimentFile#write}, gives the same pipeline again.
     * Reports and audits of the pipeline belong to the program that runs it, and are not part of an experiment.
     *
     * @throws IllegalArgumentException if parts of the pipeline cannot be named in a file; the message lists all of them
     */
    public static Experiment of(TrainingPipeline pipeline) {
        return of(pipeline, Map.of(), Map.of());
    }

    /**
     * Returns the experiment of a pipeline whose parts use noises or stored weights.
     *
     * @param noises files of the sets of noises, which a pipeline knows by their names alone
     * @param pretrained stored models of the weights, which a pipeline knows by their names alone
     * @throws IllegalArgumentException if parts of the pipeline cannot be named in a file; the message lists all of them
     */
    public static Experiment of(
            TrainingPipeline pipeline, Map<String, NoiseFiles> noises, Map<String, StoredWeights> pretrained) {
        return new DescribedPipeline(pipeline.describe()).experiment(noises, pretrained);
    }

    /** Returns the lists of recordings. */
    public RecordingLists recordings() {
        return recordings;
    }

    /** Returns the sets of noises by the names that settings use. */
    public Map<String, NoiseFiles> noises() {
        return noises;
    }

    /** Returns the weights of stored models by the names that settings use. */
    public Map<String, StoredWeights> pretrained() {
        return pretrained;
    }

    /** Returns the {@link io.github.spirabr.core.audio.AudioReader}. */
    public ComponentDescription reader() {
        return reader;
    }

    /** Returns the steps from waveforms to the network's input. */
    public PreprocessingSteps preprocessing() {
        return preprocessing;
    }

    /** Returns the {@link io.github.spirabr.core.preprocessing.EvaluationProtocol}s, in their order. */
    public List<ComponentDescription> evaluation() {
        return evaluation;
    }

    /** Returns the {@link io.github.spirabr.core.probe.Probe}s, in their order. */
    public List<ComponentDescription> probes() {
        return probes;
    }

    /** Returns the {@link io.github.spirabr.core.dataset.Splitter}; {@code listed} if each set has its own manifest. */
    public ComponentDescription split() {
        return split;
    }

    /** Returns the tolerated share of unusable recordings. */
    public RejectionPolicy rejections() {
        return rejections;
    }

    /** Returns the choice of threshold, calibration and inconclusive band. */
    public DecisionChoice decision() {
        return decision;
    }

    /** Returns the {@link io.github.spirabr.core.model.Aggregation}. */
    public ComponentDescription aggregation() {
        return aggregation;
    }

    /** Returns the levels above which the model warns of a recording or gives no answer. */
    public QualityLimits qualityLimits() {
        return qualityLimits;
    }

    /** Returns the {@link io.github.spirabr.core.model.ModelFactory}. */
    public ComponentDescription model() {
        return model;
    }

    /** Returns the {@link io.github.spirabr.core.model.ModelTrainer}. */
    public ComponentDescription training() {
        return training;
    }

    /** Returns the folder of the checkpoints that an interrupted run resumes from, if any. */
    public Optional<CheckpointFolder> checkpoints() {
        return checkpoints;
    }

    /** Returns the folder that keeps features from run to run, if any. */
    public Optional<CacheFolder> featureCache() {
        return featureCache;
    }

    /** Returns the folder that keeps copies of recordings of a bucket, if any. */
    public Optional<CacheFolder> audioCache() {
        return audioCache;
    }

    /** Returns the folder that the events of a training are written to, if any. */
    public Optional<EventFolder> events() {
        return events;
    }

    /** Returns the work store, which keeps the outcome of each stage, if any. */
    public Optional<StoragePlace> work() {
        return work;
    }

    /** Returns the place where models are saved. */
    public StoragePlace models() {
        return models;
    }

    /** Returns the name under which the model is saved. */
    public String modelName() {
        return modelName;
    }

    /** Returns the condition that the model detects, with the names of its classes. */
    public Target target() {
        return target;
    }

    /** Returns whether the class of a subject may change between its sessions. */
    public boolean labelsBySession() {
        return labelsBySession;
    }

    /** Returns whether logistic regression on speech statistics is trained beside the network, and compared with it. */
    public boolean baseline() {
        return baseline;
    }

    /** Returns the tasks, each of which gets a model of its own; empty if there is one model of all recordings. */
    public List<String> tasks() {
        return tasks;
    }

    /** Returns the rule that fuses the answers of the tasks' models. */
    public TaskTraining.Fusion fusion() {
        return fusion;
    }

    /** Returns the seed from which all random draws derive. */
    public long seed() {
        return seed;
    }

    /** Returns the number of threads that read and extract; one for each processor if empty. */
    public OptionalInt threads() {
        return threads;
    }

    /** Returns the size of decoded audio and features kept in memory, at least 0; a quarter of the heap if empty. */
    public OptionalLong cacheBytes() {
        return cacheBytes;
    }

    private List<Object> values() {
        return List.of(
                recordings,
                noises,
                pretrained,
                reader,
                preprocessing,
                evaluation,
                probes,
                split,
                rejections,
                decision,
                aggregation,
                qualityLimits,
                model,
                training,
                checkpoints,
                featureCache,
                audioCache,
                events,
                work,
                models,
                modelName,
                target,
                labelsBySession,
                baseline,
                tasks,
                fusion,
                seed,
                threads,
                cacheBytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Experiment that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "Experiment" + values();
    }

    private static List<ComponentDescription> normal(List<ComponentDescription> parts) {
        return parts.stream().map(Experiment::normal).toList();
    }

    /** Makes descriptions equal that differ in the type of integers only, which a file does not distinguish. */
    private static ComponentDescription normal(ComponentDescription part) {
        Map<String, Object> settings = new LinkedHashMap<>();
        part.settings().forEach((name, value) -> settings.put(name, normal(value)));
        return new ComponentDescription(part.type(), settings);
    }

    private static Object normal(Object value) {
        if (value instanceof List<?> values) {
            return values.stream().map(Experiment::normal).toList();
        }
        if (value instanceof Double number && number == 0) {
            return 0.0;
        }
        return value instanceof Long number && number.intValue() == number ? (Object) number.intValue() : value;
    }

    /** A builder of an {@link Experiment}. Each method replaces a value. Not thread-safe. */
    public static final class Builder {

        private @Nullable RecordingLists recordings;
        private Map<String, NoiseFiles> noises = Map.of();
        private Map<String, StoredWeights> pretrained = Map.of();
        private @Nullable ComponentDescription reader;
        private @Nullable PreprocessingSteps preprocessing;
        private List<ComponentDescription> evaluation = List.of();
        private List<ComponentDescription> probes = List.of();
        private @Nullable ComponentDescription split;
        private @Nullable RejectionPolicy rejections;
        private @Nullable DecisionChoice decision;
        private @Nullable ComponentDescription aggregation;
        private @Nullable QualityLimits qualityLimits;
        private @Nullable ComponentDescription model;
        private @Nullable ComponentDescription training;
        private Optional<CheckpointFolder> checkpoints = Optional.empty();
        private Optional<CacheFolder> featureCache = Optional.empty();
        private Optional<CacheFolder> audioCache = Optional.empty();
        private Optional<EventFolder> events = Optional.empty();
        private Optional<StoragePlace> work = Optional.empty();
        private @Nullable StoragePlace models;
        private @Nullable String modelName;
        private Target target = Target.STANDARD;
        private boolean labelsBySession;
        private boolean baseline = true;
        private List<String> tasks = List.of();
        private TaskTraining.Fusion fusion = TaskTraining.Fusion.MEAN_LOG_ODDS;
        private long seed;
        private OptionalInt threads = OptionalInt.empty();
        private OptionalLong cacheBytes = OptionalLong.empty();

        private Builder() {}

        /** Sets {@link Experiment#recordings}. */
        public Builder recordings(RecordingLists recordings) {
            this.recordings = recordings;
            return this;
        }

        /** Sets {@link Experiment#noises}. */
        public Builder noises(Map<String, NoiseFiles> noises) {
            this.noises = noises;
            return this;
        }

        /** Sets {@link Experiment#pretrained}. */
        public Builder pretrained(Map<String, StoredWeights> pretrained) {
            this.pretrained = pretrained;
            return this;
        }

        /** Sets {@link Experiment#reader}. */
        public Builder reader(ComponentDescription reader) {
            this.reader = reader;
            return this;
        }

        /** Sets {@link Experiment#preprocessing}. */
        public Builder preprocessing(PreprocessingSteps preprocessing) {
            this.preprocessing = preprocessing;
            return this;
        }

        /** Sets {@link Experiment#evaluation}. */
        public Builder evaluation(List<ComponentDescription> evaluation) {
            this.evaluation = evaluation;
            return this;
        }

        /** Sets {@link Experiment#probes}. */
        public Builder probes(List<ComponentDescription> probes) {
            this.probes = probes;
            return this;
        }

        /** Sets {@link Experiment#split}. */
        public Builder split(ComponentDescription split) {
            this.split = split;
            return this;
        }

        /** Sets {@link Experiment#rejections}. */
        public Builder rejections(RejectionPolicy rejections) {
            this.rejections = rejections;
            return this;
        }

        /** Sets {@link Experiment#decision}. */
        public Builder decision(DecisionChoice decision) {
            this.decision = decision;
            return this;
        }

        /** Sets {@link Experiment#aggregation}. */
        public Builder aggregation(ComponentDescription aggregation) {
            this.aggregation = aggregation;
            return this;
        }

        /** Sets {@link Experiment#qualityLimits}. */
        public Builder qualityLimits(QualityLimits qualityLimits) {
            this.qualityLimits = qualityLimits;
            return this;
        }

        /** Sets {@link Experiment#model}. */
        public Builder model(ComponentDescription model) {
            this.model = model;
            return this;
        }

        /** Sets {@link Experiment#training}. */
        public Builder training(ComponentDescription training) {
            this.training = training;
            return this;
        }

        /** Sets {@link Experiment#checkpoints}. */
        public Builder checkpoints(Optional<CheckpointFolder> checkpoints) {
            this.checkpoints = checkpoints;
            return this;
        }

        /** Sets {@link Experiment#featureCache}. */
        public Builder featureCache(Optional<CacheFolder> featureCache) {
            this.featureCache = featureCache;
            return this;
        }

        /** Sets {@link Experiment#audioCache}. */
        public Builder audioCache(Optional<CacheFolder> audioCache) {
            this.audioCache = audioCache;
            return this;
        }

        /** Sets {@link Experiment#events}. */
        public Builder events(Optional<EventFolder> events) {
            this.events = events;
            return this;
        }

        /** Sets {@link Experiment#work}. */
        public Builder work(Optional<StoragePlace> work) {
            this.work = work;
            return this;
        }

        /** Sets {@link Experiment#models}. */
        public Builder models(StoragePlace models) {
            this.models = models;
            return this;
        }

        /** Sets {@link Experiment#modelName}. */
        public Builder modelName(String modelName) {
            this.modelName = modelName;
            return this;
        }

        /** Sets {@link Experiment#target}; by default {@link Target#STANDARD}. */
        public Builder target(Target target) {
            this.target = target;
            return this;
        }

        /** Sets {@link Experiment#baseline}; by default true. */
        public Builder baseline(boolean enabled) {
            this.baseline = enabled;
            return this;
        }

        /** Sets {@link Experiment#labelsBySession}; by default false. */
        public Builder labelsBySession(boolean enabled) {
            this.labelsBySession = enabled;
            return this;
        }

        /** Sets {@link Experiment#tasks} and {@link Experiment#fusion}; by default there is one model of all recordings. */
        public Builder tasks(List<String> tasks, TaskTraining.Fusion fusion) {
            this.tasks = tasks;
            this.fusion = fusion;
            return this;
        }

        /** Sets {@link Experiment#seed}. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Sets {@link Experiment#threads}. */
        public Builder threads(OptionalInt threads) {
            this.threads = threads;
            return this;
        }

        /** Sets {@link Experiment#cacheBytes}. */
        public Builder cacheBytes(OptionalLong cacheBytes) {
            this.cacheBytes = cacheBytes;
            return this;
        }

        /** Returns the experiment. */
        public Experiment build() {
            return new Experiment(this);
        }
    }

    /**
     * The lists of recordings: one manifest, or one for each set of the split, or a list without a header for each class, or
     * all recordings of a bucket.
     *
     * @param manifest the one manifest; empty if there are others
     * @param sides the manifests of all sides, or none
     * @param classes the lists of both classes, or none
     * @param listing the bucket whose keys name subjects and labels, if that is where recordings are listed
     * @param layout further settings by name, as {@link io.github.spirabr.core.storage.ManifestFormat#LAYOUT} declares them: the
     *     root, columns, words
     */
    public record RecordingLists(
            Optional<StoragePlace> manifest,
            Map<Side, StoragePlace> sides,
            Map<Label, Path> classes,
            Optional<KeyListing> listing,
            Map<String, Object> layout) {

        /** Copies the maps; the columns of files and classes have their usual names unless the layout names them. */
        public RecordingLists {
            sides = Map.copyOf(sides);
            classes = Map.copyOf(classes);
            Map<String, Object> named = new HashMap<>(Map.of("fileColumn", "file_path", "classColumn", "class"));
            named.putAll(layout);
            layout = Map.copyOf(named);
        }

        /** Lists all recordings in one manifest of the usual layout. */
        public RecordingLists(StoragePlace manifest) {
            this(Optional.of(manifest), Map.of(), Map.of(), Optional.empty(), Map.of());
        }

        /** Returns the place that relative paths of audio files start from; each manifest's own folder if empty. */
        public Optional<StoragePlace> root() {
            return text("root").map(StoragePlace::new);
        }

        Optional<String> text(String setting) {
            return Optional.ofNullable(layout.get(setting)).map(Object::toString);
        }
    }

    /**
     * All recordings below an address.
     *
     * @param place address, such as {@code s3://bucket/recordings}
     * @param keyPattern regular expression of the keys below it, with the groups {@code subject} and {@code label}
     * @param ignorePattern regular expression of the keys that are left out
     */
    public record KeyListing(StoragePlace place, String keyPattern, Optional<String> ignorePattern) {}

    /**
     * Audio files of noises.
     *
     * @param list CSV file that names them, if any
     * @param column column of that file, which then has a header; without it the file has no header and one column
     * @param root folder that the list's relative paths start from; the list's own folder if empty
     * @param files further audio files
     * @param trainingShare share of the noises for training, if the set is split into {@code name/training} and {@code
     *     name/evaluation}
     * @param seed seed of that split
     * @param ambient whether each run takes the recordings of its training subjects' rooms, in place of files
     */
    public record NoiseFiles(
            Optional<Path> list,
            Optional<String> column,
            Optional<Path> root,
            List<Path> files,
            OptionalDouble trainingShare,
            long seed,
            boolean ambient) {

        /** Copies the files. */
        public NoiseFiles {
            files = List.copyOf(files);
        }

        /** Names files. */
        public NoiseFiles(Optional<Path> list, Optional<String> column, Optional<Path> root, List<Path> files,
                OptionalDouble trainingShare, long seed) {
            this(list, column, root, files, trainingShare, seed, false);
        }
    }

    /**
     * Weights that a training starts from: of a stored model, named by its number or by an alias, or of a file.
     *
     * @param models its repository; that of the experiment's models if empty
     * @param modelName its name; that of the experiment's models if empty
     * @param version its number, if that names it
     * @param alias its alias, such as {@code champion}, if that names it
     * @param file a safetensors file, if the weights are of no stored model
     */
    public record StoredWeights(
            Optional<StoragePlace> models,
            Optional<String> modelName,
            OptionalInt version,
            Optional<String> alias,
            Optional<Path> file) {}

    /**
     * The steps from waveforms to the network's input, in their order.
     *
     * @param transform {@link io.github.spirabr.core.preprocessing.WaveformTransform}s
     * @param augment {@link io.github.spirabr.core.preprocessing.Augmentation}s
     * @param window a {@link io.github.spirabr.core.preprocessing.Windowing} or {@link
     *     io.github.spirabr.core.preprocessing.UnfittedWindowing}
     * @param extract a {@link io.github.spirabr.core.preprocessing.FeatureExtractor}
     * @param augmentFeatures {@link io.github.spirabr.core.preprocessing.FeatureAugmentation}s
     */
    public record PreprocessingSteps(
            List<ComponentDescription> transform,
            List<ComponentDescription> augment,
            ComponentDescription window,
            ComponentDescription extract,
            List<ComponentDescription> augmentFeatures) {

        /** Copies the lists; numbers as in {@link Experiment}. */
        public PreprocessingSteps {
            transform = normal(transform);
            augment = normal(augment);
            window = normal(window);
            extract = normal(extract);
            augmentFeatures = normal(augmentFeatures);
        }

        /** Has no transforms. */
        public PreprocessingSteps(
                List<ComponentDescription> augment,
                ComponentDescription window,
                ComponentDescription extract,
                List<ComponentDescription> augmentFeatures) {
            this(List.of(), augment, window, extract, augmentFeatures);
        }
    }

    /**
     * The way from a model's probabilities to decisions, chosen on the validation set.
     *
     * @param operatingPoint choice of the threshold
     * @param calibrate whether probabilities are calibrated
     * @param abstention choice of the inconclusive band
     */
    public record DecisionChoice(OperatingPoint operatingPoint, boolean calibrate, Abstention abstention) {

        /** A threshold of 0.5, without calibration and without an inconclusive band. */
        public static final DecisionChoice STANDARD =
                new DecisionChoice(OperatingPoint.fixed(0.5), false, Abstention.NONE);
    }

    /**
     * A folder of checkpoints.
     *
     * @param keep number of checkpoints kept, at least 1
     */
    public record CheckpointFolder(Path folder, int keep) {}

    /**
     * A folder of a cache.
     *
     * @param maximumBytes size of all entries together, at least 1
     */
    public record CacheFolder(Path folder, long maximumBytes) {}

    /**
     * A folder of event files.
     *
     * @param formats at least one
     */
    public record EventFolder(Path folder, Set<EventFormat> formats) {

        /** Copies the formats. */
        public EventFolder {
            formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
        }
    }
}
