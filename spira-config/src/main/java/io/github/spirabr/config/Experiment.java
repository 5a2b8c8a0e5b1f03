package io.github.spirabr.config;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.storage.EventFormat;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The content of an experiment file: the parts, with their settings. {@link ExperimentParts} makes the parts; an experiment
 * alone opens nothing. Paths are absolute. Immutable.
 *
 * @param recordings lists of recordings
 * @param noises sets of noises by the names that settings use
 * @param pretrained weights of stored models by the names that settings use
 * @param reader an {@link io.github.spirabr.core.audio.AudioReader}
 * @param preprocessing steps from waveforms to the network's input
 * @param evaluation {@link io.github.spirabr.core.preprocessing.EvaluationProtocol}s, in their order
 * @param probes {@link io.github.spirabr.core.probe.Probe}s, in their order
 * @param split a {@link io.github.spirabr.core.dataset.Splitter}; {@code listed} where each set has its own manifest
 * @param rejections share of unusable recordings that is tolerated
 * @param decision choice of threshold, calibration and inconclusive band
 * @param aggregation an {@link io.github.spirabr.core.model.Aggregation}
 * @param qualityLimits levels above which the model warns of a recording or gives no answer
 * @param model a {@link io.github.spirabr.core.model.ModelFactory}
 * @param training a {@link io.github.spirabr.core.model.ModelTrainer}
 * @param checkpoints folder of the checkpoints that an interrupted run resumes from, if any
 * @param featureCache folder that keeps features from run to run, if any
 * @param audioCache folder that keeps copies of recordings of a bucket, if any
 * @param events folder that the events of a training are written to, if any
 * @param work work store, where stages leave their outcomes, so that each is done once; if any
 * @param models place where models are saved
 * @param modelName name under which the model is saved
 * @param seed seed from which all random draws derive
 * @param threads number of threads that read and extract; one for each processor if empty
 * @param cacheBytes size of decoded audio and features kept in memory, at least 0; a quarter of the heap if empty
 */
public record Experiment(
        RecordingLists recordings,
        Map<String, NoiseFiles> noises,
        Map<String, StoredWeights> pretrained,
        ComponentDescription reader,
        PreprocessingSteps preprocessing,
        List<ComponentDescription> evaluation,
        List<ComponentDescription> probes,
        ComponentDescription split,
        RejectionPolicy rejections,
        DecisionChoice decision,
        ComponentDescription aggregation,
        QualityLimits qualityLimits,
        ComponentDescription model,
        ComponentDescription training,
        Optional<CheckpointFolder> checkpoints,
        Optional<CacheFolder> featureCache,
        Optional<CacheFolder> audioCache,
        Optional<EventFolder> events,
        Optional<StoragePlace> work,
        StoragePlace models,
        String modelName,
        long seed,
        OptionalInt threads,
        OptionalLong cacheBytes) {

    /** Copies maps and lists; integers of settings become {@code int} where they fit, and -0.0 becomes 0.0. */
    public Experiment {
        noises = Collections.unmodifiableMap(new LinkedHashMap<>(noises));
        pretrained = Collections.unmodifiableMap(new LinkedHashMap<>(pretrained));
        reader = normal(reader);
        evaluation = normal(evaluation);
        probes = normal(probes);
        split = normal(split);
        aggregation = normal(aggregation);
        model = normal(model);
        training = normal(training);
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

    /**
     * The lists of recordings: one manifest, or one for each set of the split, or a list without a header for each class, or
     * all recordings of a bucket.
     *
     * @param manifest the one manifest; empty if there are others
     * @param sides the manifests of all sides, or none
     * @param classes the lists of both classes, or none
     * @param listing the bucket whose keys name subjects and labels, if that is where recordings are listed
     * @param root place that relative paths of audio files start from; each manifest's own folder if empty
     * @param fileColumn column of the audio files' paths
     * @param classColumn column of the classes
     * @param words words that stand for a class, for those classes that have others than {@code 0} and {@code 1}
     * @param missingWords words that stand for a missing value; the usual ones if empty
     * @param subjectColumn column of the subjects, which then must exist; {@code subject} if empty, where it exists
     * @param subjectPattern regular expression whose first group finds subjects in paths, in place of a column
     */
    public record RecordingLists(
            Optional<StoragePlace> manifest,
            Map<Side, StoragePlace> sides,
            Map<Label, Path> classes,
            Optional<KeyListing> listing,
            Optional<StoragePlace> root,
            String fileColumn,
            String classColumn,
            Map<Label, List<String>> words,
            Optional<List<String>> missingWords,
            Optional<String> subjectColumn,
            Optional<String> subjectPattern) {

        /** Copies the maps. */
        public RecordingLists {
            sides = Map.copyOf(sides);
            classes = Map.copyOf(classes);
            Map<Label, List<String>> copies = new EnumMap<>(Label.class);
            words.forEach((label, its) -> copies.put(label, List.copyOf(its)));
            words = Collections.unmodifiableMap(copies);
            missingWords = missingWords.map(List::copyOf);
        }

        /** Lists manifests with the classes 0 and 1, and subjects, if any, in a column. */
        public RecordingLists(
                Optional<StoragePlace> manifest,
                Map<Side, StoragePlace> sides,
                Optional<StoragePlace> root,
                String fileColumn,
                String classColumn,
                Optional<String> subjectColumn) {
            this(manifest, sides, Map.of(), Optional.empty(), root, fileColumn, classColumn, Map.of(),
                    Optional.empty(), subjectColumn, Optional.empty());
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
     */
    public record NoiseFiles(
            Optional<Path> list,
            Optional<String> column,
            Optional<Path> root,
            List<Path> files,
            OptionalDouble trainingShare,
            long seed) {

        /** Copies the files. */
        public NoiseFiles {
            files = List.copyOf(files);
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
