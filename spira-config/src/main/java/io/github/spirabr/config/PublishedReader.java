package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.CheckpointFolder;
import io.github.spirabr.config.Experiment.DecisionChoice;
import io.github.spirabr.config.Experiment.NoiseFiles;
import io.github.spirabr.config.Experiment.PreprocessingSteps;
import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.quality.QualityLimits;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Translates the keys of a published configuration into this library's terms. Used once, by one thread. */
final class PublishedReader {

    private static final String UNUSED = "has no effect here: ";
    private static final String NOISES = "hospital";
    /** Names of PANNs in the files of ComParE 2021. */
    private static final Map<String, String> PANNS =
            Map.of("panns", "cnn14", "panns_resnet", "resnet38", "panns_mobile", "mobilenet-v1");

    private final JsonKeys keys;
    private final boolean prototype;
    private final Path folder;
    /** Name of the network in the file. */
    private String network = "spiraconv_v2";
    /** Name of the features in the file. */
    private String feature = "mfcc";

    PublishedReader(JsonKeys keys, boolean prototype, Path file) {
        this.keys = keys;
        this.prototype = prototype;
        this.folder = file.toAbsolutePath().normalize().resolveSibling("");
    }

    private String key(String ofAcl2021, String ofPrototype) {
        return prototype ? ofPrototype : ofAcl2021;
    }

    Experiment read() {
        long seed = keys.number("seed", 0).longValue();
        seeds(seed);
        network = keys.text(key("model_name", "parameters.model.name"), network);
        Optional<ComponentDescription> noise = noise();
        boolean mixup = mixup();
        ComponentDescription window = window();
        ComponentDescription training = training(mixup);
        String train = key("train_config.", "parameters.train.");
        Path logs = keys.path(key("train_config.logs_path", "parameters.train.logs_path")).orElse(folder.resolve("models"));
        Path checkpoints = keys.path("parameters.train.checkpoint.dir").orElse(logs.resolve("checkpoints"));
        OptionalInt threads = keys.take(train + "num_workers")
                .map(Number.class::cast)
                .filter(count -> count.intValue() > 0)
                .map(count -> OptionalInt.of(count.intValue()))
                .orElse(OptionalInt.empty());
        ComponentDescription model = model();
        ComponentDescription extract = extract();
        RecordingLists recordings = recordings();
        keys.leaveAll("test_config.", UNUSED + "batches of evaluation change no metric");
        keys.leave(train + "summary_interval", "progress is reported after every epoch");
        keys.leave(train + "reinit_layers", "layers are initialised at random unless training.pretrained names weights");
        return Experiment.builder()
                .recordings(recordings)
                .noises(noise.isPresent() ? Map.of(NOISES, noiseFiles()) : Map.of())
                .reader(reader())
                .preprocessing(new PreprocessingSteps(noise.stream().toList(), window, extract, augmentFeatures()))
                .probes(ExperimentReader.PROBES)
                .split(recordings.sides().isEmpty()
                        ? new ComponentDescription("subjects", Map.of())
                        : ExperimentReader.LISTED_SPLIT)
                .rejections(RejectionPolicy.standard())
                .decision(DecisionChoice.STANDARD)
                .aggregation(ExperimentReader.MEAN)
                .qualityLimits(QualityLimits.standard())
                .model(model)
                .training(training)
                .checkpoints(Optional.of(new CheckpointFolder(checkpoints, 2)))
                .models(StoragePlace.at(logs))
                .modelName("spira")
                .seed(seed)
                .threads(threads)
                .build();
    }

    private void seeds(long seed) {
        String key = key("train_config.seed", "parameters.train.seed");
        if (keys.number(key, seed).longValue() != seed) {
            keys.refuse(key, key + " differs from seed; a run has one seed: make them equal");
        }
    }

    private RecordingLists recordings() {
        if (prototype) {
            String reason = "lists by class; write a manifest with columns file_path, class and subject, and name it in"
                    + " recordings.manifest";
            Path manifest = keys.path("parameters.dataset.controls_csv").orElse(folder).resolveSibling("metadata.csv");
            keys.leave("parameters.dataset.patients_csv", reason);
            keys.leave("parameters.dataset.normalize", UNUSED + "samples always lie in [-1, 1]");
            return new RecordingLists(StoragePlace.at(manifest));
        }
        Map<Side, StoragePlace> sides = new EnumMap<>(Side.class);
        Set<Path> roots = new TreeSet<>();
        Map<Side, String> names = new EnumMap<>(Map.of(Side.TRAINING, "train", Side.VALIDATION, "eval", Side.TEST, "test"));
        names.forEach((side, name) -> {
            sides.put(side, StoragePlace.at(
                    keys.path("dataset." + name + "_csv").orElse(folder.resolve("metadata_" + name + ".csv"))));
            keys.path("dataset." + name + "_data_root_path").ifPresent(roots::add);
        });
        if (roots.size() > 1) {
            keys.refuse("dataset.train_data_root_path", "the sets have different root folders, " + roots
                    + "; an experiment has one recordings.root");
        }
        labels("dataset.control_class", 0);
        labels("dataset.patient_class", 1);
        Map<String, Object> layout = new HashMap<>();
        roots.forEach(root -> layout.put("root", StoragePlace.at(root).location()));
        return new RecordingLists(Optional.empty(), sides, Map.of(), Optional.empty(), layout);
    }

    private void labels(String key, int label) {
        if (keys.number(key, label).intValue() != label) {
            keys.refuse(key, key + " must be " + label + ": manifests write 0 for controls and 1 for patients; rewrite them");
        }
    }

    private ComponentDescription reader() {
        String rate = key("audio.sample_rate", "parameters.audio." + feature + ".sample_rate");
        ComponentDescription reader = new ComponentDescription("ffmpeg", Map.of("sampleRate", keys.number(rate, 16_000)));
        keys.leave("audio.normalize", UNUSED + "samples always lie in [-1, 1]");
        keys.leaveAll("parameters.audio.", UNUSED + "another kind of features is chosen");
        keys.leaveAll("audio.", UNUSED + "another kind of features is chosen");
        return reader;
    }

    private ComponentDescription extract() {
        feature = keys.text(key("audio.feature", "parameters.audio.feature_type"), "mfcc");
        String group = prototype ? "parameters.audio." + feature + "." : "audio.";
        String hop = prototype && keys.has("parameters.audio.hop_length") ? "parameters.audio.hop_length" : group + "hop_length";
        Map<String, Object> settings = new LinkedHashMap<>();
        boolean mel = !feature.equals("spectrogram");
        if (feature.equals("mfcc")) {
            settings.put("coefficients", keys.number(group + "num_mfcc", 40));
            settings.put("logMels", keys.flag(group + "log_mels", false));
        }
        if (mel) {
            settings.put("melBands", keys.number(group + "num_mels", 40));
            settings.put("fMin", keys.number(group + "mel_fmin", 0.0));
            settings.put("fMax", keys.take(group + "mel_fmax").orElse("nyquist"));
        }
        Number fft = keys.number(group + "n_fft", 1200);
        settings.put("fftSize", fft);
        settings.put("windowLength", keys.number(group + "win_length", 400));
        settings.put("hopLength", keys.number(hop, 160));
        int bins = fft.intValue() / 2 + 1;
        if (keys.number(group + "num_freq", bins).intValue() != bins) {
            keys.refuse(group + "num_freq", group + "num_freq must be n_fft / 2 + 1, which is " + bins);
        }
        if (PANNS.containsKey(network)) {
            // The published code takes the logarithm in the network.
            settings.put("decibels", true);
            keys.leave("audio.log_mels", UNUSED + "there are no coefficients");
        }
        return new ComponentDescription(feature.equals("melspectrogram") ? "mel-spectrogram" : feature, settings);
    }

    /** Stripes are zeros behind PANNs' first normalisation as published; in decibels, the mean is what comes nearest. */
    private List<ComponentDescription> augmentFeatures() {
        return !prototype && keys.flag("model.spec_aug", PANNS.containsKey(network))
                ? List.of(new ComponentDescription("spec-augment", Map.of("fill", "mean")))
                : List.of();
    }

    private ComponentDescription panns() {
        keys.leave("model.num_class", UNUSED + "PANNs have one output here");
        keys.leave("model.pretreined_checkpoint", "weights are drawn; docs/guides/pytorch.md says how to make a file of a"
                + " checkpoint, which training.pretrained names");
        if (keys.flag("model.freeze_base", false)) {
            keys.refuse("model.freeze_base", "model.freeze_base must be false, as weights are drawn; set it to false, and name"
                    + " frozen layers in training.freeze beside training.pretrained");
        }
        return new ComponentDescription("panns", Map.of("architecture", PANNS.get(network)));
    }

    private ComponentDescription model() {
        String name = network;
        if (PANNS.containsKey(name)) {
            return panns();
        }
        Number dense = keys.number(key("model.fc1_dim", "parameters.model.fc1_dim"), 100);
        Number outputs = keys.number(key("model.fc2_dim", "parameters.model.fc2_dim"), 1);
        boolean usual = dense.intValue() == 100 && outputs.intValue() == 1;
        if (name.equals("spiraconv_v2") && !usual) {
            // V4 is V2 with parameters.
            return new ComponentDescription("spiraconv-v4", Map.of("dense", List.of(dense), "outputs", outputs));
        }
        if (name.equals("spiraconv_v1") && !usual) {
            keys.refuse("model_name", "spiraconv_v1 has fc1_dim 100 and fc2_dim 1; take spiraconv_v2 for others");
        }
        return new ComponentDescription(name.replace('_', '-'), Map.of());
    }

    private ComponentDescription window() {
        String slidingKey = key("dataset.split_wav_using_overlapping", "options.feature_engineering.use_overlapping");
        String paddingKey = key("dataset.padding_with_max_lenght", "options.feature_engineering.use_padding");
        String length = key("dataset.window_len", "parameters.feature_engineering.overlapped_audio.window_length");
        String step = key("dataset.step", "parameters.feature_engineering.overlapped_audio.step_size");
        String temporal = prototype ? "" : keys.text("dataset.temporal_control", "");
        if (!temporal.isEmpty()) {
            return temporal(temporal, length, step);
        }
        boolean sliding = keys.flag(slidingKey, false);
        boolean padding = keys.flag(paddingKey, false);
        keys.leave("dataset.max_seq_len", UNUSED + "the length is learned from the training set");
        if (sliding && padding) {
            keys.refuse(paddingKey, slidingKey + " and " + paddingKey + " exclude each other; windows are not padded to the"
                    + " longest recording: set one of them to false");
        }
        if (!sliding && !padding) {
            keys.refuse(paddingKey, "neither " + slidingKey + " nor " + paddingKey + " is true; training on whole"
                    + " recordings of different lengths is not supported: set one of them to true");
        }
        return sliding ? cut("sliding-window", length, step) : padded(length, step);
    }

    /** The windows of ComParE 2021. */
    private ComponentDescription temporal(String name, String length, String step) {
        keys.leave("dataset.max_seq_len", UNUSED + "the length is learned from the training set");
        return switch (name) {
            case "padding" -> padded(length, step);
            case "one_window" -> cut("random-window", length, step);
            case "overlapping" -> cut("sliding-window", length, step);
            default -> {
                keys.refuse("dataset.temporal_control", "dataset.temporal_control must be padding, one_window or overlapping, but"
                        + " was " + name + "; change it");
                yield padded(length, step);
            }
        };
    }

    private ComponentDescription padded(String length, String step) {
        keys.leave(length, UNUSED + "recordings are padded, not cut");
        keys.leave(step, UNUSED + "recordings are padded, not cut");
        return new ComponentDescription("pad-to-longest", Map.of());
    }

    private ComponentDescription cut(String type, String length, String step) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("length", keys.number(length, 4));
        settings.put("step", keys.number(step, 1));
        return new ComponentDescription(type, settings);
    }

    private Optional<ComponentDescription> noise() {
        String group = key("data_aumentation.", "parameters.feature_engineering.noisy_audio.");
        boolean noise = keys.flag(key("data_aumentation.insert_noise", "options.feature_engineering.use_noise"), false);
        boolean musan = keys.has("data_aumentation.musan_path");
        if (!noise || musan) {
            String reason = noise
                    ? "noise of MUSAN is not imported; name a list of its files in noises, and snr-noise in"
                            + " preprocessing.augment, as examples/experiments/compare2021/panns-noise.yaml does"
                    : UNUSED + "no noise is inserted";
            keys.leaveAll(group, reason);
            keys.leave("dataset.noise_csv", reason);
            keys.leave("dataset.noise_data_root_path", reason);
            keys.leave("parameters.dataset.noises_csv", reason);
            return Optional.empty();
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("noises", NOISES);
        settings.put("perControl", keys.number(group + "num_noise_control", 1));
        settings.put("perPatient", keys.number(group + "num_noise_patient", 0));
        settings.put("amplitude.min", keys.number(group + "noise_min_amp", 0));
        settings.put("amplitude.max", keys.number(group + "noise_max_amp", 1));
        return Optional.of(new ComponentDescription("noise-insertion", settings));
    }

    private NoiseFiles noiseFiles() {
        Path list = keys.path(key("dataset.noise_csv", "parameters.dataset.noises_csv")).orElse(folder.resolve("noises.csv"));
        return new NoiseFiles(
                Optional.of(list),
                prototype ? Optional.empty() : Optional.of("file_path"),
                keys.path("dataset.noise_data_root_path"),
                List.of(),
                OptionalDouble.empty(),
                0);
    }

    private boolean mixup() {
        boolean mixup = keys.flag(key("model.mixup", "options.feature_engineering.use_mixture"), false);
        if (!prototype && !mixup) {
            keys.leave("model.mixup_alpha", UNUSED + "windows are not mixed");
        }
        if (!mixup) {
            keys.leaveAll("parameters.feature_engineering.mixed_audio.", UNUSED + "windows are not mixed");
        }
        return mixup;
    }

    private ComponentDescription training(boolean mixup) {
        String group = key("train_config.", "parameters.train.");
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("epochs", keys.number(group + "epochs", 100));
        settings.put("batchSize", keys.number(group + "batch_size", 8));
        if (keys.flag(key("dataset.class_balancer_batch", "options.train.use_class_balancing"), false)) {
            settings.put("sampling", "balanced");
        }
        String clippingKey = "options.train.use_clipping";
        boolean clipping = keys.flag(clippingKey, false);
        if (clipping && !mixup) {
            keys.refuse(clippingKey, clippingKey + " is for mixed windows; set options.feature_engineering.use_mixture to true,"
                    + " or this to false");
        }
        if (clipping) {
            settings.put("loss.type", "clipped-binary-cross-entropy");
        }
        keys.leave(group + "loss1_weight", "there is one loss");
        String optimizer = prototype ? group + "optimizer." : group;
        settings.put("optimizer.type", keys.text(prototype ? optimizer + "category" : group + "optimizer", "adam"));
        settings.put("optimizer.learningRate", keys.number(optimizer + "learning_rate", 0.001));
        settings.put("optimizer.weightDecay", keys.number(optimizer + "weight_decay", 0));
        String warmup = prototype ? group + "scheduler.warmup_steps" : group + "warmup_steps";
        if (keys.flag(key(group + "lr_decay", "options.train.use_lr_decay"), false)) {
            settings.put("schedule.type", "noam");
            settings.put("schedule.warmupSteps", keys.number(warmup, 4000));
        } else {
            keys.leave(warmup, UNUSED + "the learning rate stays as it is");
        }
        if (mixup) {
            String mixed = "parameters.feature_engineering.mixed_audio.";
            settings.put("augmentBatches.0.type", "mixup");
            settings.put("augmentBatches.0.alpha", keys.number(key("model.mixup_alpha", mixed + "alpha"), 1));
            keys.take(mixed + "beta").ifPresent(beta -> settings.put("augmentBatches.0.beta", beta));
        }
        int patience = keys.number(group + "early_stop_epochs", 0).intValue();
        if (patience > 0) {
            settings.put("earlyStopping.patience", patience);
        }
        Number interval = keys.number(prototype ? group + "checkpoint.interval" : group + "checkpoint_interval", 0);
        if (interval.intValue() > 0) {
            settings.put("checkpoints.everySteps", interval);
        }
        return new ComponentDescription(PANNS.containsKey(network) ? "pytorch" : "dl4j", settings);
    }
}
