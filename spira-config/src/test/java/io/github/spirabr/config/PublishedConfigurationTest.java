package io.github.spirabr.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.spirabr.config.PublishedConfiguration.NotCarried;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedConfigurationTest {

    private static final String PROTOTYPE = """
            { // as the training prototype writes it
              "seed": 42,
              "options": {
                "feature_engineering": {
                  "use_noise": true, "use_overlapping": true, "use_padding": false, "use_mixture": true
                },
                "train": { "use_clipping": true, "use_lr_decay": true, "use_class_balancing": true }
              },
              "parameters": {
                "audio": {
                  "feature_type": "mfcc", "hop_length": 160,
                  "mfcc": { "sample_rate": 16000, "num_mels": 40, "num_mfcc": 40, "log_mels": false, "n_fft": 1200,
                            "win_length": 400 },
                  "spectrogram": { "n_fft": 1024 }
                },
                "dataset": { "normalize": true, "patients_csv": "data/patients.csv", "controls_csv": "data/controls.csv",
                             "noises_csv": "data/noises.csv" },
                "model": { "name": "spiraconv_v2", "fc1_dim": 75, "fc2_dim": 1 },
                "feature_engineering": {
                  "noisy_audio": { "num_noise_control": 2, "num_noise_patient": 2, "noise_max_amp": 0.19233719,
                                   "noise_min_amp": 0.033474047 },
                  "overlapped_audio": { "window_length": 4, "step_size": 1 },
                  "mixed_audio": { "alpha": 0.2, "beta": 0.3 }
                },
                "train": {
                  "optimizer": { "category": "adam", "learning_rate": 0.001, "weight_decay": 0.001 },
                  "scheduler": { "warmup_steps": 500 },
                  "checkpoint": { "dir": "checkpoints", "interval": 500 },
                  "early_stop_epochs": 0, "epochs": 100, "loss1_weight": 1.0, "batch_size": 16, "seed": 42,
                  "num_workers": 8, "logs_path": "logs", "reinit_layers": null, "summary_interval": 10, "colour": "red"
                }
              }
            }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void realPath() throws IOException {
        folder = folder.toRealPath();
    }

    private PublishedConfiguration read(String json) throws IOException {
        return PublishedConfiguration.read(Files.writeString(folder.resolve("spira.json"), json));
    }

    @Test
    void pannsOfCompare2021AreCarriedOver() throws IOException {
        PublishedConfiguration published = read("""
                {
                  "model_name": "panns_mobile", // as SPIRA-ComParE2021 writes it
                  "dataset": { "class_balancer_batch": true, "window_len": 3, "step": 3, "temporal_control": "one_window",
                               "max_seq_len": null, "train_csv": "train.csv", "eval_csv": "devel.csv", "test_csv": "test.csv",
                               "noise_csv": null, "control_class": 0, "patient_class": 1 },
                  "model": { "pretreined_checkpoint": "../MobileNetV1.pth", "freeze_base": false, "mixup": true,
                             "mixup_alpha": 0.9, "spec_aug": true, "num_class": 1 },
                  "train_config": { "early_stop_epochs": 100, "lr_decay": true, "warmup_steps": 500, "epochs": 100,
                                    "learning_rate": 0.001, "weight_decay": 0.0001, "optimizer": "adamw", "batch_size": 16,
                                    "logs_path": "logs", "reinit_layers": null, "summary_interval": 10,
                                    "checkpoint_interval": 500 },
                  "data_aumentation": { "noisetypes": ["noise"], "musan_path": "../musan/", "insert_noise": true },
                  "audio": { "feature": "melspectrogram", "sample_rate": 16000, "num_mels": 64, "mel_fmin": 0.0,
                             "mel_fmax": null, "log_mels": false, "n_fft": 1024, "num_freq": 513, "hop_length": 320,
                             "win_length": 1024 }
                }
                """);
        Experiment experiment = published.experiment();
        assertThat(experiment.model()).isEqualTo(new ComponentDescription("panns", Map.of("architecture", "mobilenet-v1")));
        assertThat(experiment.preprocessing().window())
                .isEqualTo(new ComponentDescription("random-window", Map.of("length", 3, "step", 3)));
        assertThat(experiment.preprocessing().extract()).isEqualTo(new ComponentDescription("mel-spectrogram", Map.of(
                "melBands", 64, "fftSize", 1024, "windowLength", 1024, "hopLength", 320, "fMin", 0.0, "fMax", "nyquist",
                "decibels", true)));
        assertThat(experiment.preprocessing().augmentFeatures())
                .containsExactly(new ComponentDescription("spec-augment", Map.of("fill", "mean")));
        assertThat(experiment.training().type()).isEqualTo("pytorch");
        assertThat(experiment.training().settings())
                .containsEntry("augmentBatches.0.type", "mixup").containsEntry("augmentBatches.0.alpha", 0.9)
                .containsEntry("sampling", "balanced").containsEntry("optimizer.type", "adamw");
        assertThat(published.notCarried()).extracting(PublishedConfiguration.NotCarried::key)
                .contains("model.pretreined_checkpoint", "model.num_class", "data_aumentation.musan_path");
    }

    @Test
    void thePrototypesOptionsAreCarriedOver() throws IOException {
        PublishedConfiguration published = read(PROTOTYPE);
        Experiment experiment = published.experiment();
        assertThat(experiment.seed()).isEqualTo(42);
        assertThat(experiment.threads()).hasValue(8);
        assertThat(experiment.recordings().manifest()).contains(StoragePlace.at(folder.resolve("data/metadata.csv")));
        assertThat(experiment.noises().get("hospital").list()).contains(folder.resolve("data/noises.csv"));
        assertThat(experiment.noises().get("hospital").column()).isEmpty();
        assertThat(experiment.reader()).isEqualTo(new ComponentDescription("ffmpeg", Map.of("sampleRate", 16_000)));
        assertThat(experiment.preprocessing().augment()).containsExactly(new ComponentDescription("noise-insertion", Map.of(
                "noises", "hospital", "perControl", 2, "perPatient", 2, "amplitude.min", 0.033474047,
                "amplitude.max", 0.19233719)));
        assertThat(experiment.preprocessing().window())
                .isEqualTo(new ComponentDescription("sliding-window", Map.of("length", 4, "step", 1)));
        assertThat(experiment.preprocessing().extract()).isEqualTo(new ComponentDescription("mfcc", Map.of(
                "coefficients", 40, "melBands", 40, "fftSize", 1200, "windowLength", 400, "hopLength", 160, "fMin", 0.0,
                "fMax", "nyquist", "logMels", false)));
        assertThat(experiment.model())
                .isEqualTo(new ComponentDescription("spiraconv-v4", Map.of("dense", List.of(75), "outputs", 1)));
        assertThat(experiment.training().settings()).containsOnly(
                Map.entry("epochs", 100), Map.entry("batchSize", 16), Map.entry("sampling", "balanced"),
                Map.entry("loss.type", "clipped-binary-cross-entropy"), Map.entry("optimizer.type", "adam"),
                Map.entry("optimizer.learningRate", 0.001), Map.entry("optimizer.weightDecay", 0.001),
                Map.entry("schedule.type", "noam"), Map.entry("schedule.warmupSteps", 500),
                Map.entry("augmentBatches.0.type", "mixup"), Map.entry("augmentBatches.0.alpha", 0.2),
                Map.entry("augmentBatches.0.beta", 0.3), Map.entry("checkpoints.everySteps", 500));
        assertThat(experiment.checkpoints().orElseThrow().folder()).isEqualTo(folder.resolve("checkpoints"));
        assertThat(experiment.models().path()).contains(folder.resolve("logs"));
    }

    @Test
    void everyKeyThatIsNotCarriedOverIsNamed() throws IOException {
        assertThat(read(PROTOTYPE).notCarried())
                .extracting(NotCarried::key, NotCarried::line, NotCarried::value)
                .containsExactly(
                        tuple("parameters.audio.spectrogram.n_fft", 14, "1024"),
                        tuple("parameters.dataset.patients_csv", 16, "data/patients.csv"),
                        tuple("parameters.dataset.normalize", 16, "true"),
                        tuple("parameters.train.loss1_weight", 29, "1.0"),
                        tuple("parameters.train.summary_interval", 30, "10"),
                        tuple("parameters.train.reinit_layers", 30, "null"),
                        tuple("parameters.train.colour", 30, "red"));
        assertThat(read(PROTOTYPE).notCarried().get(6).reason())
                .isEqualTo("the key is unknown");
    }

    @Test
    void whatIsCarriedOverIsWrittenAndReadBack() throws IOException {
        Experiment experiment = read(PROTOTYPE).experiment();
        Path file = folder.resolve("experiment.yaml");
        ExperimentFile.write(experiment, file);
        assertThatThrownBy(() -> ExperimentFile.at(file).withoutFiles().read(AnyParts.components()))
                .hasMessageContaining("reader.type: no AudioReader is called 'ffmpeg'");
        assertThat(Files.readString(file)).contains("    - type: mixup\n      alpha: 0.2\n", "folder: checkpoints\n");
    }

    @Test
    void optionsThatContradictEachOtherAreRefusedAllAtOnce() {
        assertThatThrownBy(() -> read(PROTOTYPE
                        .replace("\"use_padding\": false", "\"use_padding\": true")
                        .replace("\"use_mixture\": true", "\"use_mixture\": false")
                        .replace("\"seed\": 42,\n      \"num", "\"seed\": 43,\n      \"num")
                        .replace("\"epochs\": 100", "\"epochs\": \"many\"")))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining(":5:51: options.feature_engineering.use_overlapping and options.feature_engineering"
                        + ".use_padding exclude each other; windows are not padded")
                .hasMessageContaining("options.train.use_clipping is for mixed windows")
                .hasMessageContaining("parameters.train.seed differs from seed")
                .hasMessageContaining(":29:31: parameters.train.epochs must be a number, but was many");
    }

    @Test
    void theManifestsOfAcl2021AreOfOneSideEach() throws IOException {
        Experiment experiment = read("""
                {"model_name": "spiraconv_v1",
                 "dataset": {"padding_with_max_lenght": true, "train_csv": "a/train.csv", "eval_csv": "a/eval.csv",
                             "test_csv": "a/test.csv", "train_data_root_path": "a/", "eval_data_root_path": "a/",
                             "control_class": 0, "patient_class": 1},
                 "train_config": {"early_stop_epochs": 40, "lr_decay": false, "warmup_steps": 500}}
                """).experiment();
        assertThat(experiment.recordings().sides()).containsOnly(
                Map.entry(Side.TRAINING, StoragePlace.at(folder.resolve("a/train.csv"))),
                Map.entry(Side.VALIDATION, StoragePlace.at(folder.resolve("a/eval.csv"))),
                Map.entry(Side.TEST, StoragePlace.at(folder.resolve("a/test.csv"))));
        assertThat(experiment.recordings().root()).contains(StoragePlace.at(folder.resolve("a")));
        assertThat(experiment.preprocessing().window().type()).isEqualTo("pad-to-longest");
        assertThat(experiment.preprocessing().augment()).isEmpty();
        assertThat(experiment.model().type()).isEqualTo("spiraconv-v1");
        assertThat(experiment.training().settings()).containsEntry("earlyStopping.patience", 40)
                .doesNotContainKey("schedule.type");
    }

    @Test
    void whatIsNoConfigurationIsRefused() {
        assertThatThrownBy(() -> read("[1]")).hasMessageContaining("must be a JSON object, but is not");
        assertThatThrownBy(() -> read("{\"seed\": }")).hasMessageContaining(":1:10: this is not JSON: ");
        assertThatThrownBy(() -> read("{\"seed\": 1, \"seed\": 2}")).hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> PublishedConfiguration.read(folder.resolve("none.json")))
                .hasMessageContaining("none.json:1:1: the file could not be read");
    }
}
