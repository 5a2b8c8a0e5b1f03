package io.github.spirabr.storage.fs.config;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsOutline;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.training.Aggregation;
import io.github.spirabr.storage.fs.config.Experiment.CheckpointFolder;
import io.github.spirabr.storage.fs.config.Experiment.DecisionChoice;
import io.github.spirabr.storage.fs.config.Experiment.FeatureFolder;
import io.github.spirabr.storage.fs.config.Experiment.NoiseFiles;
import io.github.spirabr.storage.fs.config.Experiment.PreprocessingSteps;
import io.github.spirabr.storage.fs.config.Experiment.RecordingLists;
import io.github.spirabr.storage.fs.config.Experiment.StoredWeights;
import io.github.spirabr.storage.fs.config.YamlNode.Group;
import io.github.spirabr.storage.fs.config.YamlNode.Items;
import io.github.spirabr.storage.fs.config.YamlNode.Scalar;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the nodes of a file into an experiment, and tells what is no experiment. Used once, by one thread. */
final class ExperimentReader {

    static final String LISTED = "listed";
    static final ComponentDescription LISTED_SPLIT = new ComponentDescription(LISTED, Map.of());

    static final ComponentDescription MEAN = Aggregation.mean().description();
    /** What is looked into unless a file says otherwise. */
    static final List<ComponentDescription> PROBES =
            Stream.of("noise-only", "level", "band-width", "codec", "metadata-only", "matched-subjects")
                    .map(type -> new ComponentDescription(type, Map.of()))
                    .toList();

    private static final List<String> NAMES = List.of(
            "modelName", "models", "seed", "threads", "cacheBytes", "recordings", "noises", "pretrained", "reader", "preprocessing", "evaluation",
            "probes", "split", "rejections", "decision", "aggregation", "qualityLimits", "model", "training", "checkpoints", "featureCache",
            "work");

    private static final ComponentDescription NONE = new ComponentDescription("", Map.of());
    private static final String TYPE = "type";
    private static final Path NO_PATH = Path.of("");
    private static final StoragePlace NO_PLACE = StoragePlace.folder(NO_PATH);

    /** Gets the path of a setting, and a sentence that holds it. */
    interface FaultSink {
        void fault(String path, String message);
    }

    private final Group root;
    private final FaultSink faults;
    private final List<ComponentDescription> usualProbes;
    /** Told of all that would be read, when that is wished for in place of an experiment. */
    private final @Nullable ExperimentOutline outline;

    /** @param probes the types of probes that there are */
    ExperimentReader(Group root, FaultSink faults, Set<String> probes) {
        this(root, faults, probes, null);
    }

    private ExperimentReader(Group root, FaultSink faults, Set<String> probes, @Nullable ExperimentOutline outline) {
        this.root = root;
        this.faults = faults;
        this.usualProbes = PROBES.stream().filter(probe -> probes.contains(probe.type())).toList();
        this.outline = outline;
    }

    /** Tells of every key that is read. */
    static void describe(ExperimentOutline outline) {
        new ExperimentReader(new Group(new Position("", 0, 0), Map.of()), (path, message) -> {}, Set.of(), outline).read();
    }

    /** The experiment; where there were faults, it must not be used. */
    Experiment read() {
        refuseUnknownNames();
        RecordingLists recordings = required("recordings", "where recordings are listed", this::recordings)
                .orElse(new RecordingLists(Optional.empty(), Map.of(), Optional.empty(), "", "", Optional.empty()));
        Map<String, NoiseFiles> noises = noises();
        Map<String, StoredWeights> pretrained = pretrained();
        ComponentDescription reader = requiredPart("reader", "what decodes recordings");
        PreprocessingSteps steps = preprocessing();
        List<ComponentDescription> evaluation = parts("evaluation", root.get("evaluation"));
        List<ComponentDescription> probes = partsOr("probes", usualProbes);
        ComponentDescription split = split(recordings);
        RejectionPolicy rejections = group("rejections").flatMap(values -> section("rejections", values, settings ->
                        new RejectionPolicy(
                                settings.number("largestShare", RejectionPolicy.standard().largestShare()),
                                settings.number("largestClassGap", RejectionPolicy.standard().largestClassGap()))))
                .orElse(RejectionPolicy.standard());
        DecisionChoice decision = group("decision")
                .flatMap(values -> section("decision", values, ExperimentReader::decision)).orElse(DecisionChoice.STANDARD);
        ComponentDescription aggregation = partOr("aggregation", MEAN);
        QualityLimits quality = group("qualityLimits").flatMap(values ->
                section("qualityLimits", values, ExperimentReader::quality)).orElse(QualityLimits.STANDARD);
        ComponentDescription model = requiredPart("model", "the network");
        ComponentDescription training = requiredPart("training", "what fits the network");
        Optional<CheckpointFolder> checkpoints = group("checkpoints").flatMap(values -> section("checkpoints", values,
                settings -> new CheckpointFolder(file("checkpoints", settings, "folder"), atLeastOne(settings, "keep", 2))));
        Optional<FeatureFolder> cache = group("featureCache").flatMap(values -> section("featureCache", values,
                settings -> new FeatureFolder(file("featureCache", settings, "folder"), bytes(settings))));
        Optional<StoragePlace> work = group("work").flatMap(values ->
                section("work", values, settings -> place("work", settings)));
        StoragePlace models = required("models", "where models are saved", settings -> place("models", settings))
                .orElse(NO_PLACE);
        return new Experiment(recordings, noises, pretrained, reader, steps, evaluation, probes, split, rejections, decision,
                aggregation, quality, model, training, checkpoints, cache, work, models,
                top("modelName", ExperimentReader::modelName).orElse("spira"),
                top("seed", settings -> settings.longInteger("seed")).orElse(0L),
                top("threads", settings -> atLeastOne(settings, "threads", 1)).map(OptionalInt::of).orElse(OptionalInt.empty()),
                top("cacheBytes", ExperimentReader::cacheBytes).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static long cacheBytes(Settings settings) {
        long bytes = settings.longInteger("cacheBytes");
        if (bytes < 0) {
            throw new InvalidSettingException("cacheBytes", bytes + " is below 0");
        }
        return bytes;
    }

    private static QualityLimits quality(Settings settings) {
        QualityLimits standard = QualityLimits.STANDARD;
        return new QualityLimits(
                settings.number("clippedWarning", standard.clippedWarning()),
                settings.number("clippedLimit", standard.clippedLimit()),
                settings.number("silentWarning", standard.silentWarning()),
                settings.number("silentLimit", standard.silentLimit()));
    }

    private StoragePlace place(String path, Settings settings) {
        return optionalPlace(path, settings).orElseThrow(() -> new IllegalArgumentException(
                "neither folder nor address is given; give one of them"));
    }

    private Optional<StoragePlace> optionalPlace(String path, Settings settings) {
        boolean folder = settings.has("folder");
        boolean address = settings.has("address");
        if (folder && address) {
            throw new IllegalArgumentException("folder and address are two places; give one of them"
                    + ", and remove one that another file gives by an empty value");
        }
        if (folder) {
            String text = settings.string("folder");
            if (StoragePlace.isAddress(text)) {
                throw new InvalidSettingException("folder", "'" + text + "' is an address and no folder; give it as address");
            }
            return Optional.of(StoragePlace.folder(file(path, settings, "folder")));
        }
        return address ? Optional.of(address(settings.string("address"))) : Optional.empty();
    }

    private static StoragePlace address(String text) {
        if (!StoragePlace.isAddress(text)) {
            throw new InvalidSettingException(
                    "address", "'" + text + "' is no address such as s3://BUCKET/PREFIX; give one, or a folder");
        }
        StoragePlace place = new StoragePlace(text);
        try {
            place.check();
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("address", e.getMessage());
        }
        return place;
    }

    private Map<String, StoredWeights> pretrained() {
        return named("pretrained", this::storedWeights);
    }

    private StoredWeights storedWeights(String path, Settings settings) {
        Optional<StoragePlace> models = optionalPlace(path, settings);
        Optional<String> name = settings.has("modelName") ? Optional.of(modelName(settings)) : Optional.empty();
        OptionalInt version = settings.has("version")
                ? OptionalInt.of(atLeastOne(settings, "version", 1)) : OptionalInt.empty();
        Optional<String> alias = settings.has("alias") ? Optional.of(settings.string("alias")) : Optional.empty();
        if (version.isPresent() == alias.isPresent()) {
            throw new IllegalArgumentException("either version or alias names the model; found "
                    + (alias.isPresent() ? "both" : "none") + " of them");
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
        if (outline != null) {
            return;
        }
        Map<String, Object> names = new LinkedHashMap<>();
        root.entries().keySet().forEach(name -> names.put(name, name));
        section("", names, settings -> NAMES.stream().filter(settings::has).count());
    }

    /** A single value at the top, if it is there. */
    private <T> Optional<T> top(String name, Function<Settings, T> reader) {
        YamlNode node = root.get(name);
        if (outline != null) {
            outline.optional(SettingsOutline.of(reader));
            return Optional.empty();
        }
        if (node == null) {
            return Optional.empty();
        }
        Map<String, Object> value = new LinkedHashMap<>();
        value.put(name, node instanceof Scalar scalar ? scalar.value() : node.kind());
        return section("", value, reader);
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
            throw new InvalidSettingException(name, value + " is below 1");
        }
        return value;
    }

    private static long bytes(Settings settings) {
        long bytes = settings.has("maximumBytes") ? settings.longInteger("maximumBytes") : 10L << 30;
        if (bytes < 1) {
            throw new InvalidSettingException("maximumBytes", bytes + " is below 1");
        }
        return bytes;
    }

    private RecordingLists recordings(Settings settings) {
        Map<Side, Path> sides = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            optionalFile("recordings", settings, Settings.nameOf(side)).ifPresent(path -> sides.put(side, path));
        }
        Optional<Path> manifest = optionalFile("recordings", settings, "manifest");
        Optional<Path> folder = optionalFile("recordings", settings, "root");
        String file = settings.string("fileColumn", "file_path");
        String label = settings.string("classColumn", "class");
        Optional<String> subject =
                settings.has("subjectColumn") ? Optional.of(settings.string("subjectColumn")) : Optional.empty();
        Map<Label, Path> classes = new EnumMap<>(Label.class);
        Map<Label, List<String>> words = new EnumMap<>(Label.class);
        for (Label one : Label.values()) {
            String name = Settings.nameOf(one);
            optionalFile("recordings", settings, name + "s").ifPresent(path -> classes.put(one, path));
            if (settings.has(name + "Words")) {
                words.put(one, settings.strings(name + "Words"));
            }
        }
        Optional<String> pattern = settings.has("subjectPattern")
                ? Optional.of(settings.string("subjectPattern")) : Optional.empty();
        requireOneKind(manifest, sides, classes);
        if (!classes.isEmpty() && (!words.isEmpty() || subject.isPresent())) {
            throw new IllegalArgumentException("controlWords, patientWords and subjectColumn are for manifests with a header;"
                    + " lists of controls and patients have none (subjects can be found by a subjectPattern)");
        }
        RecordingLists lists =
                new RecordingLists(manifest, sides, classes, folder, file, label, words, subject, pattern);
        if (!words.isEmpty() || pattern.isPresent()) {
            // Their faults show here, before any file is opened.
            ListedRecordings.of(lists);
        }
        return lists;
    }

    private static void requireOneKind(Optional<Path> manifest, Map<Side, Path> sides, Map<Label, Path> classes) {
        long kinds = manifest.stream().count() + (sides.isEmpty() ? 0 : 1) + (classes.isEmpty() ? 0 : 1);
        boolean whole = (sides.isEmpty() || sides.size() == Side.values().length)
                && (classes.isEmpty() || classes.size() == Label.values().length);
        if (kinds != 1 || !whole) {
            throw new IllegalArgumentException("either manifest is given, or all of training, validation and test, or both of"
                    + " controls and patients; found "
                    + (kinds > 0 ? given(manifest, sides, classes) : "none of them"));
        }
    }

    private static String given(Optional<Path> manifest, Map<Side, Path> sides, Map<Label, Path> classes) {
        List<String> given = new ArrayList<>();
        manifest.ifPresent(path -> given.add("manifest"));
        sides.keySet().forEach(side -> given.add(Settings.nameOf(side)));
        classes.keySet().forEach(label -> given.add(Settings.nameOf(label) + "s"));
        return String.join(", ", given);
    }

    private Map<String, NoiseFiles> noises() {
        return named("noises", this::noiseFiles);
    }

    /** Sets of one kind, each under a name of its own that settings use. */
    private <T> Map<String, T> named(String kind, BiFunction<String, Settings, T> reader) {
        Map<String, T> sets = new LinkedHashMap<>();
        YamlNode node = root.get(kind);
        if (outline != null) {
            section(kind + ".*", Map.of(), settings -> reader.apply(kind + ".*", settings));
        }
        if (node == null) {
            return sets;
        }
        if (!(node instanceof Group group)) {
            faults.fault(kind, kind + " must be a group of named sets, but is " + node.kind());
            return sets;
        }
        for (String name : group.entries().keySet()) {
            String path = kind + "." + name;
            if (!name.matches("[A-Za-z0-9_-]+")) {
                faults.fault(path, path + ": '" + name + "' is no name of a set; use letters, digits, '_' and '-'");
                continue;
            }
            group(path).flatMap(values -> section(path, values, settings -> reader.apply(path, settings)))
                    .ifPresent(set -> sets.put(name, set));
        }
        return sets;
    }

    private NoiseFiles noiseFiles(String path, Settings settings) {
        Optional<Path> list = optionalFile(path, settings, "list");
        Optional<String> column = settings.has("column") ? Optional.of(settings.string("column")) : Optional.empty();
        Optional<Path> folder = optionalFile(path, settings, "root");
        List<Path> files = new ArrayList<>();
        if (settings.has("files")) {
            List<String> names = settings.strings("files");
            for (int i = 0; i < names.size(); i++) {
                files.add(resolve(path + ".files[" + i + "]", "files[" + i + "]", names.get(i)));
            }
        }
        OptionalDouble share = settings.has("trainingShare")
                ? OptionalDouble.of(settings.number("trainingShare"))
                : OptionalDouble.empty();
        long seed = settings.has("seed") ? settings.longInteger("seed") : 0;
        if (list.isEmpty() && files.isEmpty()) {
            throw new IllegalArgumentException("neither list nor files is given; give a CSV file of noises, or name them");
        }
        if (share.isPresent() && !(share.getAsDouble() > 0 && share.getAsDouble() < 1)) {
            throw new InvalidSettingException("trainingShare", share.getAsDouble() + " is not above 0 and below 1");
        }
        return new NoiseFiles(list, column, folder, files, share, seed);
    }

    private PreprocessingSteps preprocessing() {
        YamlNode node = root.get("preprocessing");
        if (outline == null && !(node instanceof Group)) {
            faults.fault("preprocessing", node == null
                    ? "preprocessing is missing; it says how waveforms become the network's input"
                    : "preprocessing must be a group with window and extract, but is " + node.kind());
            return new PreprocessingSteps(List.of(), NONE, NONE, List.of());
        }
        if (node instanceof Group group) {
            Map<String, Object> names = new LinkedHashMap<>();
            group.entries().keySet().forEach(name -> names.put(name, name));
            section("preprocessing", names, settings ->
                    Stream.of("transform", "augment", "window", "extract", "augmentFeatures").map(settings::has).toList());
        }
        return new PreprocessingSteps(
                parts("preprocessing.transform", node("preprocessing.transform")),
                parts("preprocessing.augment", node("preprocessing.augment")),
                part("preprocessing.window", node("preprocessing.window"), "how recordings are cut"),
                part("preprocessing.extract", node("preprocessing.extract"), "which features are made"),
                parts("preprocessing.augmentFeatures", node("preprocessing.augmentFeatures")));
    }

    private ComponentDescription split(RecordingLists recordings) {
        YamlNode node = root.get("split");
        if (outline != null) {
            outline.part("split", "");
        }
        boolean bySide = !recordings.sides().isEmpty();
        if (node == null) {
            return bySide
                    ? LISTED_SPLIT
                    : new ComponentDescription("subjects", Map.of());
        }
        ComponentDescription split = part("split", node, "");
        if (bySide && !split.equals(LISTED_SPLIT)) {
            faults.fault("split", "split: recordings are listed by side already; remove the split, or give one manifest");
        } else if (!bySide && split.type().equals(LISTED)) {
            faults.fault("split", "split: 'listed' needs recordings.training, recordings.validation and recordings.test");
        }
        return split;
    }

    private ComponentDescription partOr(String name, ComponentDescription byDefault) {
        return root.get(name) == null && outline == null ? byDefault : part(name, root.get(name), "");
    }

    private List<ComponentDescription> partsOr(String name, List<ComponentDescription> byDefault) {
        return root.get(name) == null && outline == null ? byDefault : parts(name, root.get(name));
    }

    private ComponentDescription requiredPart(String name, String what) {
        return part(name, root.get(name), what);
    }

    private List<ComponentDescription> parts(String path, @Nullable YamlNode node) {
        if (outline != null) {
            outline.parts(path);
        }
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof Items items)) {
            faults.fault(path, path + " must be a list of parts, but is " + node.kind());
            return List.of();
        }
        List<ComponentDescription> parts = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            parts.add(part(path + "[" + i + "]", items.nodes().get(i), ""));
        }
        return parts;
    }

    private ComponentDescription part(String path, @Nullable YamlNode node, String what) {
        if (outline != null) {
            outline.part(path, what);
        }
        if (node == null) {
            faults.fault(path, path + " is missing; it says " + what);
            return NONE;
        }
        if (!(node instanceof Group group)) {
            faults.fault(path, path + " must be a group of a type and its settings, but is " + node.kind());
            return NONE;
        }
        if (!(group.get(TYPE) instanceof Scalar type) || type.value() == null) {
            faults.fault(path, path + ".type is missing; it names the kind of part");
            return NONE;
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        flatten(path, "", group, settings);
        settings.remove(TYPE);
        return new ComponentDescription(type.value().toString(), settings);
    }

    private void flatten(String path, String prefix, Group group, Map<String, Object> settings) {
        group.entries().forEach((name, entry) -> {
            String full = prefix + name;
            String here = path + "." + full;
            if (entry.value() instanceof Group inner) {
                flatten(path, full + ".", inner, settings);
            } else if (entry.value() instanceof Items items) {
                flatten(path, full, items, settings);
            } else if (entry.value() instanceof Scalar scalar && scalar.value() != null) {
                settings.put(full, scalar.value());
            } else {
                faults.fault(here, here + " has no value; give it one or remove the line");
            }
        });
    }

    /** Groups in a list are parts within a part; their settings are named by their place: {@code name.0.type}. */
    private void flatten(String path, String full, Items items, Map<String, Object> settings) {
        boolean parts = !items.nodes().isEmpty() && items.nodes().stream().allMatch(Group.class::isInstance);
        if (!parts) {
            settings.put(full, values(path + "." + full, items));
            return;
        }
        for (int i = 0; i < items.nodes().size(); i++) {
            flatten(path, full + "." + i + ".", (Group) items.nodes().get(i), settings);
        }
    }

    private List<Object> values(String path, Items items) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            if (items.nodes().get(i) instanceof Scalar scalar && scalar.value() != null) {
                values.add(scalar.value());
            } else {
                String here = path + "[" + i + "]";
                faults.fault(here, here + " must be a single value, but is " + items.nodes().get(i).kind());
            }
        }
        return List.copyOf(values);
    }

    /** The settings below a path of groups, if it is there. */
    private Optional<Map<String, Object>> group(String path) {
        YamlNode node = node(path);
        if (outline != null) {
            return Optional.of(Map.of());
        }
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof Group group)) {
            faults.fault(path, path + " must be a group of settings, but is " + node.kind());
            return Optional.empty();
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        flatten(path, "", group, settings);
        return Optional.of(settings);
    }

    private <T> Optional<T> required(String name, String what, Function<Settings, T> reader) {
        if (outline != null) {
            outline.needed(name, what);
        } else if (root.get(name) == null) {
            faults.fault(name, name + " is missing; it says " + what);
            return Optional.empty();
        }
        return group(name).flatMap(values -> section(name, values, reader));
    }

    private <T> Optional<T> section(String path, Map<String, Object> values, Function<Settings, T> reader) {
        if (outline != null) {
            outline.section(path, SettingsOutline.of(reader));
            return Optional.empty();
        }
        try {
            return Optional.of(Settings.read(path, values, reader));
        } catch (ComponentException e) {
            e.faults().forEach(fault -> faults.fault(fault.path(), fault.message()));
            return Optional.empty();
        }
    }

    private Optional<Path> optionalFile(String path, Settings settings, String name) {
        return settings.has(name) ? Optional.of(file(path, settings, name)) : Optional.empty();
    }

    private Path file(String path, Settings settings, String name) {
        return resolve(path + "." + name, name, settings.string(name));
    }

    /** Relative to the folder of the file that says it. */
    private Path resolve(String path, String name, String text) {
        try {
            return node(path) instanceof Scalar scalar ? scalar.folder().resolve(text).normalize() : NO_PATH;
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(name, "'" + text + "' cannot be a path here (" + e.getReason() + ")");
        }
    }

    private @Nullable YamlNode node(String path) {
        YamlNode node = root;
        for (Object step : KeyPath.parse(path).map(KeyPath::steps).orElse(List.of())) {
            if (step instanceof Integer index) {
                node = node instanceof Items items && index < items.nodes().size() ? items.nodes().get(index) : null;
            } else {
                node = node instanceof Group group ? group.get(step.toString()) : null;
            }
        }
        return node;
    }
}
