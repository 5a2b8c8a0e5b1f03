package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.CacheFolder;
import io.github.spirabr.config.Experiment.CheckpointFolder;
import io.github.spirabr.config.Experiment.DecisionChoice;
import io.github.spirabr.config.Experiment.EventFolder;
import io.github.spirabr.config.Experiment.NoiseFiles;
import io.github.spirabr.config.Experiment.PreprocessingSteps;
import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.config.Experiment.StoredWeights;
import io.github.spirabr.config.YamlNode.Group;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.storage.EventFormat;
import io.github.spirabr.core.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the nodes of a file into an experiment, and reports all faults. Used once, by one thread. */
final class ExperimentReader {

    static final String LISTED = "listed";
    static final ComponentDescription LISTED_SPLIT = new ComponentDescription(LISTED, Map.of());

    static final ComponentDescription MEAN = Aggregation.mean().description();
    /** The probes that run unless a file says otherwise. */
    static final List<ComponentDescription> PROBES =
            Stream.of("noise-only", "level", "band-width", "codec", "metadata-only", "matched-subjects")
                    .map(type -> new ComponentDescription(type, Map.of()))
                    .toList();

    private static final List<String> NAMES = List.of(
            "modelName", "models", "seed", "threads", "cacheBytes", "recordings", "noises", "pretrained", "reader",
            "preprocessing", "evaluation", "probes", "split", "rejections", "decision", "aggregation", "qualityLimits",
            "model", "training", "checkpoints", "featureCache", "audioCache", "events", "work");

    private static final Path NO_PATH = Path.of("");
    private static final StoragePlace NO_PLACE = StoragePlace.at(NO_PATH);

    /** A receiver of faults: the path of a setting, and a sentence with this path. */
    interface FaultSink {
        void fault(String path, String message);
    }

    private final ExperimentSections sections;
    private final List<ComponentDescription> usualProbes;

    /** Reads a file where these types of probes are known. */
    ExperimentReader(Group root, FaultSink faults, Set<String> probes) {
        this(root, faults, probes, null);
    }

    private ExperimentReader(Group root, FaultSink faults, Set<String> probes, @Nullable ExperimentOutline outline) {
        this.sections = new ExperimentSections(root, faults, outline);
        this.usualProbes = PROBES.stream().filter(probe -> probes.contains(probe.type())).toList();
    }

    /** Describes every key that is read. */
    static void describe(ExperimentOutline outline) {
        new ExperimentReader(new Group(new Position("", 0, 0), Map.of()), (path, message) -> {}, Set.of(), outline).read();
    }

    /** Reads the experiment, which must not be used if there were faults. */
    Experiment read() {
        refuseUnknownNames();
        RecordingLists recordings = sections.required("recordings", "where recordings are listed",
                        settings -> RecordingsSection.read(sections, settings))
                .orElse(new RecordingLists(Optional.empty(), Map.of(), Optional.empty(), "", "", Optional.empty()));
        Map<String, NoiseFiles> noises = noises();
        Map<String, StoredWeights> pretrained = pretrained();
        ComponentDescription reader = sections.requiredPart("reader", "what decodes recordings");
        PreprocessingSteps steps = preprocessing();
        List<ComponentDescription> evaluation = sections.parts("evaluation", sections.root.get("evaluation"));
        List<ComponentDescription> probes = sections.partsOr("probes", usualProbes);
        ComponentDescription split = split(recordings);
        RejectionPolicy rejections = sections.optional("rejections", settings -> new RejectionPolicy(
                        settings.number("largestShare", RejectionPolicy.standard().largestShare()),
                        settings.number("largestClassGap", RejectionPolicy.standard().largestClassGap())))
                .orElse(RejectionPolicy.standard());
        DecisionChoice decision = sections.optional("decision", ExperimentReader::decision).orElse(DecisionChoice.STANDARD);
        ComponentDescription aggregation = sections.partOr("aggregation", MEAN);
        QualityLimits quality = sections.optional("qualityLimits", ExperimentReader::quality).orElse(QualityLimits.standard());
        ComponentDescription model = sections.requiredPart("model", "the network");
        ComponentDescription training = sections.requiredPart("training", "what fits the network");
        Optional<CheckpointFolder> checkpoints = sections.optional("checkpoints", settings ->
                new CheckpointFolder(sections.file("checkpoints", settings, "folder"), atLeastOne(settings, "keep", 2)));
        Optional<CacheFolder> features = cache("featureCache");
        Optional<CacheFolder> audio = cache("audioCache");
        Optional<EventFolder> events = sections.optional("events", settings ->
                new EventFolder(sections.file("events", settings, "folder"), formats(settings)));
        Optional<StoragePlace> work = sections.optional("work", settings -> place("work", settings));
        StoragePlace models = sections.required("models", "where models are saved", settings -> place("models", settings))
                .orElse(NO_PLACE);
        return new Experiment(recordings, noises, pretrained, reader, steps, evaluation, probes, split, rejections, decision,
                aggregation, quality, model, training, checkpoints, features, audio, events, work, models,
                sections.top("modelName", ExperimentReader::modelName).orElse("spira"),
                sections.top("seed", settings -> settings.longInteger("seed")).orElse(0L),
                sections.top("threads", settings -> atLeastOne(settings, "threads", 1))
                        .map(OptionalInt::of).orElse(OptionalInt.empty()),
                sections.top("cacheBytes", ExperimentReader::cacheBytes).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private Optional<CacheFolder> cache(String name) {
        return sections.optional(name, settings -> new CacheFolder(sections.file(name, settings, "folder"), bytes(settings)));
    }

    private static Set<EventFormat> formats(Settings settings) {
        Map<String, EventFormat> known = new LinkedHashMap<>();
        Stream.of(EventFormat.values()).forEach(format -> known.put(Settings.nameOf(format), format));
        Set<EventFormat> formats = EnumSet.noneOf(EventFormat.class);
        for (String name : settings.strings("formats", List.copyOf(known.keySet()))) {
            if (!known.containsKey(name)) {
                throw new InvalidSettingException("formats", "must be some of " + known.keySet() + ", but was " + name);
            }
            formats.add(known.get(name));
        }
        if (formats.isEmpty()) {
            throw new InvalidSettingException("formats", "must be at least one of " + known.keySet() + ", but was none");
        }
        return formats;
    }

    private static long cacheBytes(Settings settings) {
        long bytes = settings.longInteger("cacheBytes");
        if (bytes < 0) {
            throw new InvalidSettingException("cacheBytes", "must be at least 0, but was " + bytes);
        }
        return bytes;
    }

    private static QualityLimits quality(Settings settings) {
        QualityLimits standard = QualityLimits.standard();
        return new QualityLimits(
                settings.number("clippedWarning", standard.clippedWarning()),
                settings.number("clippedLimit", standard.clippedLimit()),
                settings.number("silentWarning", standard.silentWarning()),
                settings.number("silentLimit", standard.silentLimit()));
    }

    private StoragePlace place(String path, Settings settings) {
        return optionalPlace(path, settings).orElseThrow(() -> new IllegalArgumentException(
                "must have a folder or an address, but has neither; give one of them"));
    }

    private Optional<StoragePlace> optionalPlace(String path, Settings settings) {
        boolean folder = settings.has("folder");
        boolean address = settings.has("address");
        if (folder && address) {
            throw new IllegalArgumentException("must have a folder or an address, but has both; remove one of them (an"
                    + " empty value removes that of another file)");
        }
        if (folder) {
            String text = settings.string("folder");
            if (Storage.isAddress(text)) {
                throw new InvalidSettingException(
                        "folder", "must be a folder, but was the address '" + text + "'; give it as address");
            }
            return Optional.of(StoragePlace.at(sections.file(path, settings, "folder")));
        }
        return address ? Optional.of(address(settings.string("address"))) : Optional.empty();
    }

    private static StoragePlace address(String text) {
        if (!Storage.isAddress(text)) {
            throw new InvalidSettingException(
                    "address", "must be an address such as s3://BUCKET/PREFIX, but was '" + text + "'; give one, or a folder");
        }
        return ExperimentSections.address("address", text);
    }

    private Map<String, StoredWeights> pretrained() {
        return sections.named("pretrained", this::storedWeights);
    }

    private StoredWeights storedWeights(String path, Settings settings) {
        Optional<StoragePlace> models = optionalPlace(path, settings);
        Optional<String> name = settings.has("modelName") ? Optional.of(modelName(settings)) : Optional.empty();
        OptionalInt version = settings.has("version")
                ? OptionalInt.of(atLeastOne(settings, "version", 1)) : OptionalInt.empty();
        Optional<String> alias = settings.has("alias") ? Optional.of(settings.string("alias")) : Optional.empty();
        if (version.isPresent() == alias.isPresent()) {
            throw new IllegalArgumentException("must have a version or an alias, but has "
                    + (alias.isPresent() ? "both" : "neither") + "; give one of them");
        }
        return new StoredWeights(models, name, version, alias);
    }

    private static DecisionChoice decision(Settings settings) {
        OperatingPoint.Rule rule =
                settings.choice("operatingPoint", OperatingPoint.Rule.class, OperatingPoint.Rule.FIXED);
        OperatingPoint point = switch (rule) {
            case FIXED -> OperatingPoint.fixed(settings.number("threshold", Evaluator.DEFAULT_THRESHOLD));
            case YOUDEN -> OperatingPoint.youden();
            case SENSITIVITY -> OperatingPoint.sensitivityOf(settings.number("sensitivity"));
        };
        Abstention abstention = switch (settings.choice("abstention", Abstention.Rule.class, Abstention.Rule.NONE)) {
            case NONE -> Abstention.NONE;
            case ACCURACY -> Abstention.accuracyOf(settings.number("accuracy"));
            case COVERAGE -> Abstention.coverageOf(settings.number("coverage"));
        };
        return new DecisionChoice(point, settings.bool("calibrate", false), abstention);
    }

    private void refuseUnknownNames() {
        if (sections.outline != null) {
            return;
        }
        Map<String, Object> names = new LinkedHashMap<>();
        sections.root.entries().keySet().forEach(name -> names.put(name, name));
        sections.section("", names, settings -> NAMES.stream().filter(settings::has).count());
    }

    private static String modelName(Settings settings) {
        String name = settings.string("modelName", "spira");
        try {
            return ModelVersion.requireName(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("modelName", e.getMessage());
        }
    }

    private static int atLeastOne(Settings settings, String name, int byDefault) {
        int value = settings.integer(name, byDefault);
        if (value < 1) {
            throw new InvalidSettingException(name, "must be at least 1, but was " + value);
        }
        return value;
    }

    private static long bytes(Settings settings) {
        long bytes = settings.has("maximumBytes") ? settings.longInteger("maximumBytes") : 10L << 30;
        if (bytes < 1) {
            throw new InvalidSettingException("maximumBytes", "must be at least 1, but was " + bytes);
        }
        return bytes;
    }

    private Map<String, NoiseFiles> noises() {
        return sections.named("noises", this::noiseFiles);
    }

    private NoiseFiles noiseFiles(String path, Settings settings) {
        Optional<Path> list = sections.optionalFile(path, settings, "list");
        Optional<String> column = settings.has("column") ? Optional.of(settings.string("column")) : Optional.empty();
        Optional<Path> folder = sections.optionalFile(path, settings, "root");
        List<Path> files = new ArrayList<>();
        if (settings.has("files")) {
            List<String> names = settings.strings("files");
            for (int i = 0; i < names.size(); i++) {
                files.add(sections.resolve(path + ".files[" + i + "]", "files[" + i + "]", names.get(i)));
            }
        }
        OptionalDouble share = settings.has("trainingShare")
                ? OptionalDouble.of(settings.number("trainingShare"))
                : OptionalDouble.empty();
        long seed = settings.has("seed") ? settings.longInteger("seed") : 0;
        if (list.isEmpty() && files.isEmpty()) {
            throw new IllegalArgumentException(
                    "must have list or files, but has neither; give a CSV file of noises, or name them");
        }
        if (share.isPresent() && !(share.getAsDouble() > 0 && share.getAsDouble() < 1)) {
            throw new InvalidSettingException("trainingShare", "must be above 0 and below 1, but was " + share.getAsDouble());
        }
        return new NoiseFiles(list, column, folder, files, share, seed);
    }

    private PreprocessingSteps preprocessing() {
        YamlNode node = sections.root.get("preprocessing");
        if (sections.outline == null && !(node instanceof Group)) {
            sections.faults.fault("preprocessing", node == null
                    ? "preprocessing is missing; it says how waveforms become the network's input"
                    : "preprocessing must be a group with window and extract, but is " + node.kind());
            return new PreprocessingSteps(List.of(), ExperimentSections.NONE, ExperimentSections.NONE, List.of());
        }
        if (node instanceof Group group) {
            Map<String, Object> names = new LinkedHashMap<>();
            group.entries().keySet().forEach(name -> names.put(name, name));
            sections.section("preprocessing", names, settings ->
                    Stream.of("transform", "augment", "window", "extract", "augmentFeatures").map(settings::has).toList());
        }
        return new PreprocessingSteps(
                sections.parts("preprocessing.transform", sections.node("preprocessing.transform")),
                sections.parts("preprocessing.augment", sections.node("preprocessing.augment")),
                sections.part("preprocessing.window", sections.node("preprocessing.window"), "how recordings are cut"),
                sections.part("preprocessing.extract", sections.node("preprocessing.extract"), "which features are made"),
                sections.parts("preprocessing.augmentFeatures", sections.node("preprocessing.augmentFeatures")));
    }

    private ComponentDescription split(RecordingLists recordings) {
        YamlNode node = sections.root.get("split");
        if (sections.outline != null) {
            sections.outline.part("split", "");
        }
        boolean bySide = !recordings.sides().isEmpty();
        if (node == null) {
            return bySide
                    ? LISTED_SPLIT
                    : new ComponentDescription("subjects", Map.of());
        }
        ComponentDescription split = sections.part("split", node, "");
        if (bySide && !split.equals(LISTED_SPLIT)) {
            sections.faults.fault(
                    "split", "split: must be listed, because each set has its own manifest; remove it, or give one manifest");
        } else if (!bySide && split.type().equals(LISTED)) {
            sections.faults.fault(
                    "split", "split: 'listed' needs recordings.training, recordings.validation and recordings.test");
        }
        return split;
    }
}
