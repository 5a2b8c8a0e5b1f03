package io.github.spirabr.config;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.pipeline.TaskTraining;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.UnfittedWindowing;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import io.github.spirabr.core.preprocessing.Windowing;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.storage.EventFormat;
import io.github.spirabr.core.storage.ManifestFormat;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The declaration of experiment files: single values at the top, sections of settings, and parts. */
final class ExperimentDeclaration {

    /**
     * A section of settings.
     *
     * @param path the section's path; a path that ends in {@code *} stands for groups of any name
     * @param meaning one sentence
     */
    record Section(String path, String meaning, SettingsDeclaration settings) {}

    /**
     * A part, or a list of parts.
     *
     * @param meaning one sentence
     * @param ports the interfaces; each part implements one of them
     */
    record Part(String path, String meaning, boolean list, List<Class<? extends Component>> ports) {}

    static final String BY_SESSION = "bySession";
    private static final String BY_SUBJECT = "bySubject";

    static final SettingsDeclaration TOP = SettingsDeclaration.of(
            Setting.text("modelName", "Name of the model in the model repository.").byDefault("spira"),
            Setting.longInteger("seed", "Seed of every random draw.").byDefault(0),
            Setting.choice("labels", List.of(BY_SUBJECT, BY_SESSION),
                            "Level at which a class is fixed: of a subject in all sessions, or of each session.")
                    .byDefault(BY_SUBJECT),
            Setting.truth("baseline",
                            "True if logistic regression on speech statistics is trained beside the network, to compare.")
                    .byDefault(true),
            Setting.texts("tasks", "Tasks, each of which gets a model of its own; their answers are fused.")
                    .optional("one model of all recordings"),
            Setting.choice("fusion", TaskTraining.Fusion.class, "Rule that fuses the answers of the tasks' models.")
                    .byDefault(TaskTraining.Fusion.MEAN_LOG_ODDS),
            Setting.integer("threads", "Threads that work on recordings; results do not depend on them.").atLeast(1)
                    .optional("one for each processor"),
            Setting.longInteger("cacheBytes", "Memory for decoded recordings.").atLeast(0).unit("bytes")
                    .optional("a quarter of the heap"));

    static final SettingsDeclaration TARGET = SettingsDeclaration.of(
            Setting.text("name", "Name of the condition, such as asthma."),
            Setting.text("negative", "Name of the class 0.").byDefault(Target.STANDARD.negative()),
            Setting.text("positive", "Name of the class 1.").optional("the name of the condition"));

    static final SettingsDeclaration RECORDINGS = SettingsDeclaration.of(
            Setting.text("manifest", "File, folder or address that lists all recordings.").optional("none"),
            list(Side.TRAINING), list(Side.VALIDATION), list(Side.TEST),
            Setting.text("controls", "List of the recordings of controls.").optional("none"),
            Setting.text("patients", "List of the recordings of patients.").optional("none"),
            Setting.text("listing", "Address whose objects are the recordings.").optional("none"),
            Setting.text("keyPattern", "Regular expression of the objects' names, with the groups that it names.")
                    .optional("needed for a listing"),
            Setting.text("ignorePattern", "Regular expression of names that are no recordings.").optional("none"))
            .and(ManifestFormat.LAYOUT);

    static final SettingsDeclaration NOISES = SettingsDeclaration.of(
            Setting.text("list", "CSV file that lists noise recordings.").optional("none"),
            Setting.text("column", "Column of the file names in the list.").optional("the first one; the list has no header"),
            Setting.text("root", "Folder that relative names in the list start from.").optional("the folder of the list"),
            Setting.texts("files", "Noise recordings.").optional("none"),
            Setting.number("trainingShare", "Share of the noises for training; the others are for evaluation.").above(0).below(1)
                    .optional("the noises are not split"),
            Setting.longInteger("seed", "Seed by which the noises are split.").byDefault(0),
            Setting.truth("ambient", "True if the noises are the recordings of training subjects' rooms, task ambient-noise.")
                    .byDefault(false));

    private static final Setting FOLDER = Setting.text("folder", "Folder; a relative one starts from the file's folder.");
    private static final Setting MODEL_NAME = Setting.text("modelName", "Name of the model.").optional("the experiment's own");

    /** A folder or an address. */
    static final SettingsDeclaration PLACE = SettingsDeclaration.of(
            FOLDER.optional("needed without address"),
            Setting.text("address", "Address such as s3://BUCKET/PREFIX.").optional("needed without folder"));

    static final SettingsDeclaration PRETRAINED = SettingsDeclaration.of(
                    FOLDER.optional("the experiment's models"),
                    Setting.text("address", "Address such as s3://BUCKET/PREFIX.").optional("the experiment's models"))
            .and(
                    MODEL_NAME,
                    Setting.integer("version", "Version of the model.").atLeast(1).optional("needed without alias and file"),
                    Setting.text("alias", "Alias of the version, such as champion.").optional("needed without version and file"),
                    Setting.text("file", "Safetensors file, in place of a stored model.").optional("none"));

    static final SettingsDeclaration REJECTIONS = SettingsDeclaration.of(
            Setting.number("largestShare", "Largest tolerated share of rejected recordings.").between(0, 1)
                    .byDefault(RejectionPolicy.standard().largestShare()),
            Setting.number("largestClassGap", "Largest tolerated difference of that share between the classes.").between(0, 1)
                    .byDefault(RejectionPolicy.standard().largestClassGap()));

    static final SettingsDeclaration DECISION = SettingsDeclaration.of(
            Setting.choice("operatingPoint", OperatingPoint.Rule.class, "Rule by which the threshold is chosen.")
                    .byDefault(OperatingPoint.Rule.FIXED),
            Setting.number("threshold", "Probability from which a recording is classified as patient.").above(0).below(1)
                    .byDefault(Evaluator.DEFAULT_THRESHOLD).when("operatingPoint", OperatingPoint.Rule.FIXED),
            Setting.number("sensitivity", "Sensitivity that the threshold must reach on the validation set.").above(0).below(1)
                    .when("operatingPoint", OperatingPoint.Rule.SENSITIVITY),
            Setting.choice("abstention", Abstention.Rule.class, "Rule by which uncertain recordings stay inconclusive.")
                    .byDefault(Abstention.Rule.NONE),
            Setting.number("accuracy", "Accuracy that conclusive decisions must reach on the validation set.").above(0).below(1)
                    .when("abstention", Abstention.Rule.ACCURACY),
            Setting.number("coverage", "Share of conclusive decisions on the validation set.").above(0).below(1)
                    .when("abstention", Abstention.Rule.COVERAGE),
            Setting.truth("calibrate", "True if probabilities are calibrated on the validation set.").byDefault(false));

    static final SettingsDeclaration QUALITY_LIMITS = SettingsDeclaration.of(
            Setting.number("clippedWarning", "Share of clipped samples from which a recording gets a warning.")
                    .above(0).atMost(1).byDefault(QualityLimits.standard().clippedWarning()),
            Setting.number("clippedLimit", "Share of clipped samples from which a recording is rejected.")
                    .above(0).atMost(1).byDefault(QualityLimits.standard().clippedLimit()),
            Setting.number("silentWarning", "Share of silence from which a recording gets a warning.")
                    .above(0).atMost(1).byDefault(QualityLimits.standard().silentWarning()),
            Setting.number("silentLimit", "Share of silence from which a recording is rejected.")
                    .above(0).atMost(1).byDefault(QualityLimits.standard().silentLimit()));

    static final SettingsDeclaration CHECKPOINTS = SettingsDeclaration.of(
            FOLDER, Setting.integer("keep", "Number of the latest checkpoints that are kept.").atLeast(1).byDefault(2));

    static final SettingsDeclaration CACHE = SettingsDeclaration.of(
            FOLDER,
            Setting.longInteger("maximumBytes", "Largest size of the folder.").atLeast(1).unit("bytes").byDefault(10L << 30));

    static final SettingsDeclaration EVENTS = SettingsDeclaration.of(
            FOLDER,
            Setting.texts("formats", "Formats in which the events of a run are written.")
                    .byDefault(Arrays.stream(EventFormat.values()).map(Settings::nameOf).toList()));

    static final List<Section> SECTIONS = List.of(
            new Section("target", "Condition that the model detects; a text alone is its name.", TARGET),
            new Section("recordings", "Lists of the recordings.", RECORDINGS),
            new Section("noises.*", "Named set of noises, which augmentations, evaluations and probes use.", NOISES),
            new Section("pretrained.*", "Named stored weights, which a training can start from.", PRETRAINED),
            new Section("rejections", "Tolerance for recordings that cannot be used.", REJECTIONS),
            new Section("decision", "Rule by which probabilities become decisions.", DECISION),
            new Section("qualityLimits", "Limits of the recordings' quality.", QUALITY_LIMITS),
            new Section("checkpoints", "Checkpoints, from which an interrupted run resumes.", CHECKPOINTS),
            new Section("featureCache", "Folder that keeps computed features.", CACHE),
            new Section("audioCache", "Folder that keeps decoded recordings.", CACHE),
            new Section("events", "Files of the events of a run.", EVENTS),
            new Section("work", "Place that keeps the results of completed stages.", PLACE),
            new Section("models", "Repository in which models are stored.", PLACE));

    static final List<Part> PARTS = List.of(
            part("reader", "Decoder of the recordings.", AudioReader.class),
            parts("preprocessing.transform", "Changes of every recording, in their order.", WaveformTransform.class),
            parts("preprocessing.augment", "Random changes of training recordings, in their order.", Augmentation.class),
            new Part("preprocessing.window", "Windows that recordings are cut into.", false,
                    List.of(Windowing.class, UnfittedWindowing.class)),
            part("preprocessing.extract", "Features of the windows.", FeatureExtractor.class),
            parts("preprocessing.augmentFeatures", "Random changes of training features, in their order.",
                    FeatureAugmentation.class),
            parts("evaluation", "Protocols under which the test set is evaluated as well.", EvaluationProtocol.class),
            parts("probes", "Probes for confounders; by default all that need no further settings.", Probe.class),
            part("split", "Assignment of subjects to the training, validation and test sets.", Splitter.class),
            part("aggregation", "Aggregation of window probabilities to that of a recording; mean by default.", Aggregation.class),
            part("model", "Network.", ModelFactory.class),
            part("training", "Training of the network.", ModelTrainer.class));

    private ExperimentDeclaration() {}

    private static Setting list(Side side) {
        String set = Settings.nameOf(side);
        return Setting.text(set, "CSV file or address that lists the " + set + " set.").optional("none");
    }

    private static Part part(String path, String meaning, Class<? extends Component> port) {
        return new Part(path, meaning, false, List.of(port));
    }

    private static Part parts(String path, String meaning, Class<? extends Component> port) {
        return new Part(path, meaning, true, List.of(port));
    }

    /** Returns the names at the top level of a file, or directly below a group. */
    static Set<String> names(String group) {
        Set<String> names = new LinkedHashSet<>();
        if (group.isEmpty()) {
            TOP.settings().forEach(one -> names.add(one.name()));
        }
        String prefix = group.isEmpty() ? "" : group + ".";
        SECTIONS.forEach(one -> addName(prefix, one.path(), names));
        PARTS.forEach(one -> addName(prefix, one.path(), names));
        return names;
    }

    private static void addName(String prefix, String path, Set<String> names) {
        if (path.startsWith(prefix)) {
            names.add(path.substring(prefix.length()).split("\\.")[0]);
        }
    }
}
