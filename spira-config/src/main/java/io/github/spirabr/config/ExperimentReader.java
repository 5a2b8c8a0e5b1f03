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
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.pipeline.TaskTraining;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Target;
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

    private static final Path NO_PATH = Path.of("");
    private static final StoragePlace NO_PLACE = StoragePlace.at(NO_PATH);

    /** A receiver of faults: the path of a setting, and a sentence with this path. */
    interface FaultSink {
        void fault(String path, String message);
    }

    private final ExperimentSections sections;
    private final List<ComponentDescription> usualProbes;
    private final Set<String> trainers;

    private record TopValues(
            String modelName,
            boolean labelsBySession,
            boolean baseline,
            List<String> tasks,
            TaskTraining.Fusion fusion,
            long seed,
            OptionalInt threads,
            OptionalLong cacheBytes) {

        static TopValues of(Settings settings) {
            return new TopValues(modelNameOf(settings), settings.string("labels").equals(ExperimentDeclaration.BY_SESSION),
                    settings.bool("baseline"),
                    tasksOf(settings), settings.choice("fusion", TaskTraining.Fusion.class),
                    settings.longInteger("seed"),
                    settings.has("threads") ? OptionalInt.of(settings.integer("threads")) : OptionalInt.empty(),
                    settings.has("cacheBytes") ? OptionalLong.of(settings.longInteger("cacheBytes")) : OptionalLong.empty());
        }
    }

    private static List<String> tasksOf(Settings settings) {
        List<String> tasks = settings.has("tasks") ? settings.strings("tasks") : List.of();
        if (tasks.size() == 1 || tasks.stream().distinct().count() < tasks.size()) {
            throw new InvalidSettingException("tasks", "must name at least two different tasks, but was " + tasks
                    + "; leave it out to train one model on all recordings");
        }
        return tasks;
    }

    /** Reads a file where these components are known. */
    ExperimentReader(Group root, FaultSink faults, Components components) {
        this.sections = new ExperimentSections(root, faults);
        Set<String> probes = components.types(Probe.class);
        this.usualProbes = PROBES.stream().filter(probe -> probes.contains(probe.type())).toList();
        this.trainers = components.types(ModelTrainer.class);
    }

    /** Reads the experiment, which must not be used if there were faults. */
    Experiment read() {
        sections.refuseUnknownNames("", sections.root);
        TopValues top = sections.top(ExperimentDeclaration.TOP, TopValues::of)
                .orElse(new TopValues("spira", false, true, List.of(), TaskTraining.Fusion.MEAN_LOG_ODDS, 0,
                        OptionalInt.empty(), OptionalLong.empty()));
        Target target = sections.optional("target", "name", ExperimentDeclaration.TARGET, settings -> new Target(
                        settings.string("name"), settings.string("negative"),
                        settings.string(settings.has("positive") ? "positive" : "name")))
                .orElse(Target.STANDARD);
        RecordingLists recordings = sections.required("recordings", "where recordings are listed", ExperimentDeclaration.RECORDINGS,
                        settings -> RecordingsSection.read(sections, settings))
                .orElse(new RecordingLists(Optional.empty(), Map.of(), Map.of(), Optional.empty(), Map.of()));
        Map<String, NoiseFiles> noises = noises();
        Map<String, StoredWeights> pretrained = pretrained();
        ComponentDescription reader = sections.requiredPart("reader", "what decodes recordings");
        PreprocessingSteps steps = preprocessing();
        List<ComponentDescription> evaluation = sections.parts("evaluation", sections.root.get("evaluation"));
        List<ComponentDescription> probes = sections.partsOr("probes", usualProbes);
        ComponentDescription split = split(recordings);
        RejectionPolicy rejections = sections.optional("rejections", ExperimentDeclaration.REJECTIONS, settings -> new RejectionPolicy(
                        settings.number("largestShare"),
                        settings.number("largestClassGap")))
                .orElse(RejectionPolicy.standard());
        DecisionChoice decision = sections.optional("decision", ExperimentDeclaration.DECISION, ExperimentReader::decision)
                .orElse(DecisionChoice.STANDARD);
        ComponentDescription aggregation = sections.partOr("aggregation", MEAN);
        QualityLimits quality = sections.optional("qualityLimits", ExperimentDeclaration.QUALITY_LIMITS, ExperimentReader::quality)
                .orElse(QualityLimits.standard());
        ComponentDescription model = sections.requiredPart("model", "the network");
        ComponentDescription training = training(model);
        Optional<CheckpointFolder> checkpoints = sections.optional("checkpoints", ExperimentDeclaration.CHECKPOINTS, settings ->
                new CheckpointFolder(sections.file("checkpoints", settings, "folder"), settings.integer("keep")));
        Optional<CacheFolder> features = cache("featureCache");
        Optional<CacheFolder> audio = cache("audioCache");
        Optional<EventFolder> events = sections.optional("events", ExperimentDeclaration.EVENTS, settings ->
                new EventFolder(sections.file("events", settings, "folder"), formats(settings)));
        Optional<StoragePlace> work = sections.optional("work", ExperimentDeclaration.PLACE, settings -> place("work", settings));
        StoragePlace models = sections.required("models", "where models are saved", ExperimentDeclaration.PLACE,
                        settings -> place("models", settings))
                .orElse(NO_PLACE);
        return Experiment.builder()
                .target(target)
                .recordings(recordings)
                .noises(noises)
                .pretrained(pretrained)
                .reader(reader)
                .preprocessing(steps)
                .evaluation(evaluation)
                .probes(probes)
                .split(split)
                .rejections(rejections)
                .decision(decision)
                .aggregation(aggregation)
                .qualityLimits(quality)
                .model(model)
                .training(training)
                .checkpoints(checkpoints)
                .featureCache(features)
                .audioCache(audio)
                .events(events)
                .work(work)
                .models(models)
                .modelName(top.modelName())
                .labelsBySession(top.labelsBySession())
                .baseline(top.baseline())
                .tasks(top.tasks(), top.fusion())
                .seed(top.seed())
                .threads(top.threads())
                .cacheBytes(top.cacheBytes())
                .build();
    }

    /** Returns the training, which may be left out for a network whose trainer has its name. */
    private ComponentDescription training(ComponentDescription model) {
        return sections.root.get("training") == null && trainers.contains(model.type())
                ? new ComponentDescription(model.type(), Map.of())
                : sections.requiredPart("training", "what fits the network");
    }

    private Optional<CacheFolder> cache(String name) {
        return sections.optional(name, ExperimentDeclaration.CACHE, settings ->
                new CacheFolder(sections.file(name, settings, "folder"), settings.longInteger("maximumBytes")));
    }

    private static Set<EventFormat> formats(Settings settings) {
        Map<String, EventFormat> known = new LinkedHashMap<>();
        Stream.of(EventFormat.values()).forEach(format -> known.put(Settings.nameOf(format), format));
        Set<EventFormat> formats = EnumSet.noneOf(EventFormat.class);
        for (String name : settings.strings("formats")) {
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

    private static QualityLimits quality(Settings settings) {
        return new QualityLimits(
                settings.number("clippedWarning"),
                settings.number("clippedLimit"),
                settings.number("silentWarning"),
                settings.number("silentLimit"));
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
        return sections.named("pretrained", ExperimentDeclaration.PRETRAINED, this::storedWeights);
    }

    private StoredWeights storedWeights(String path, Settings settings) {
        Optional<StoragePlace> models = optionalPlace(path, settings);
        Optional<String> name = settings.has("modelName") ? Optional.of(modelNameOf(settings)) : Optional.empty();
        OptionalInt version = settings.has("version")
                ? OptionalInt.of(settings.integer("version")) : OptionalInt.empty();
        Optional<String> alias = settings.has("alias") ? Optional.of(settings.string("alias")) : Optional.empty();
        Optional<Path> file = sections.optionalFile(path, settings, "file");
        if (file.isPresent()) {
            if (models.isPresent() || name.isPresent() || version.isPresent() || alias.isPresent()) {
                throw new IllegalArgumentException(
                        "must have a file or a stored model, but has both; give the file alone, or leave it out");
            }
        } else if (version.isPresent() == alias.isPresent()) {
            throw new IllegalArgumentException("must have a version or an alias, but has "
                    + (alias.isPresent() ? "both" : "neither") + "; give one of them");
        }
        return new StoredWeights(models, name, version, alias, file);
    }

    private static DecisionChoice decision(Settings settings) {
        OperatingPoint point = switch (settings.choice("operatingPoint", OperatingPoint.Rule.class)) {
            case FIXED -> OperatingPoint.fixed(settings.number("threshold"));
            case YOUDEN -> OperatingPoint.youden();
            case SENSITIVITY -> OperatingPoint.sensitivityOf(settings.number("sensitivity"));
        };
        Abstention abstention = switch (settings.choice("abstention", Abstention.Rule.class)) {
            case NONE -> Abstention.NONE;
            case ACCURACY -> Abstention.accuracyOf(settings.number("accuracy"));
            case COVERAGE -> Abstention.coverageOf(settings.number("coverage"));
        };
        return new DecisionChoice(point, settings.bool("calibrate"), abstention);
    }

    private static String modelNameOf(Settings settings) {
        String name = settings.string("modelName");
        try {
            return ModelVersion.requireName(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("modelName", e.getMessage());
        }
    }

    private Map<String, NoiseFiles> noises() {
        return sections.named("noises", ExperimentDeclaration.NOISES, this::noiseFiles);
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
        long seed = settings.longInteger("seed");
        boolean ambient = settings.bool("ambient");
        if (ambient && (list.isPresent() || !files.isEmpty() || share.isPresent())) {
            throw new IllegalArgumentException("must have ambient noises or files, but has both; leave list, files and"
                    + " trainingShare out, since ambient noises are those of training subjects");
        }
        if (!ambient && list.isEmpty() && files.isEmpty()) {
            throw new IllegalArgumentException(
                    "must have list or files, but has neither; give a CSV file of noises, or name them");
        }
        return new NoiseFiles(list, column, folder, files, share, seed, ambient);
    }

    private PreprocessingSteps preprocessing() {
        YamlNode node = sections.root.get("preprocessing");
        if (!(node instanceof Group group)) {
            sections.faults.fault("preprocessing", node == null
                    ? "preprocessing is missing; it says how waveforms become the network's input"
                    : "preprocessing must be a group with window and extract, but is " + node.kind());
            return new PreprocessingSteps(List.of(), ExperimentSections.NONE, ExperimentSections.NONE, List.of());
        }
        sections.refuseUnknownNames("preprocessing", group);
        return new PreprocessingSteps(
                sections.parts("preprocessing.transform", sections.node("preprocessing.transform")),
                sections.parts("preprocessing.augment", sections.node("preprocessing.augment")),
                sections.part("preprocessing.window", sections.node("preprocessing.window"), "how recordings are cut"),
                sections.part("preprocessing.extract", sections.node("preprocessing.extract"), "which features are made"),
                sections.parts("preprocessing.augmentFeatures", sections.node("preprocessing.augmentFeatures")));
    }

    private ComponentDescription split(RecordingLists recordings) {
        YamlNode node = sections.root.get("split");
        boolean bySide = !recordings.sides().isEmpty();
        if (node == null) {
            return bySide
                    ? LISTED_SPLIT
                    : new ComponentDescription("subjects", Map.of());
        }
        ComponentDescription split = sections.part("split", node, "");
        if (bySide && !split.equals(LISTED_SPLIT)) {
            sections.faults.fault(
                    "split", "split: type must be 'listed', because each set has its own manifest; remove split, or give one"
                            + " manifest");
        } else if (!bySide && split.type().equals(LISTED)) {
            sections.faults.fault(
                    "split", "split: 'listed' needs recordings.training, recordings.validation and recordings.test");
        }
        return split;
    }
}
