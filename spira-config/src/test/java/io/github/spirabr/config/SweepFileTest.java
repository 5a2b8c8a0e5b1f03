package io.github.spirabr.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.sweep.SweptSetting;
import io.github.spirabr.core.sweep.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepFileTest {

    @TempDir
    Path folder;

    private SweepPlan read(String... lines) throws IOException {
        Files.writeString(folder.resolve("sweep.yaml"), String.join("\n", lines) + "\n");
        return SweepFile.at(folder.resolve("sweep.yaml")).read();
    }

    @Test
    void allThatASweepCanSayIsRead() throws IOException {
        SweepPlan plan = read(
                "experiment: experiment.yaml",
                "space:",
                "  training.batchSize: [8, 16]",
                "  training:",
                "    optimizer.learningRate: {from: 0.0001, to: 0.01, scale: log, steps: 3}",
                "  preprocessing.augment[0].perControl: {from: 1, to: 4, whole: true}",
                "  preprocessing.extract:",
                "    - {type: mfcc, bands: [1, 2], name: 'no, 1'}",
                "    - {type: mel-spectrogram}",
                "  decision.calibrate: [true, false]",
                "strategy: {type: successive-halving, points: 5, seed: 3, factor: 2, leastEpochs: 2, epochs: 8}",
                "metric: balanced-accuracy",
                "seeds: [1, 2]",
                "folds: 4");
        assertThat(plan.settings()).extracting(SweptSetting::name).containsExactly("training.batchSize",
                "training.optimizer.learningRate", "preprocessing.augment[0].perControl", "preprocessing.extract",
                "decision.calibrate");
        assertThat(plan.settings().get(0).values()).containsExactly(8, 16);
        assertThat(plan.settings().get(1).values()).containsExactly(1e-4, 1e-3, 1e-2);
        assertThat(plan.settings().get(2)).hasToString("preprocessing.augment[0].perControl from 1.0 to 4.0, whole");
        assertThat(plan.settings().get(3).values()).extracting(Object::toString).containsExactly(
                "{type: mfcc, bands: [1, 2], name: \"no, 1\"}", "{type: mel-spectrogram}");
        assertThat(plan.settings().get(4).values()).containsExactly(true, false);
        assertThat(plan.strategy()).hasToString("5 random points, successive halving by 2 over [2, 4, 8] epochs");
        assertThat(plan.metric()).isEqualTo(Metric.BALANCED_ACCURACY);
        assertThat(plan.seeds()).containsExactly(1L, 2L);
        assertThat(plan.folds()).isEqualTo(OptionalInt.of(4));
    }

    @Test
    void allThatCanBeLeftOutIs() throws IOException {
        SweepPlan plan = read("experiment: experiment.yaml", "space: {seed: [1, 2]}");
        assertThat(plan.strategy()).hasToString("grid");
        assertThat(plan.metric()).isEqualTo(Metric.AUROC);
        assertThat(plan.seeds()).isEmpty();
        assertThat(plan.folds()).isEmpty();
    }

    @Test
    void faultsAreReportedTogetherAtTheirPlaces() {
        assertThatThrownBy(() -> read(
                "experimant: experiment.yaml",
                "space:",
                "  training.batchSize: 8",
                "  training.optimizer.learningRate: {from: 0, to: 0.01, scale: log}",
                "  seed: [1, 1]",
                "strategy: {type: grid, points: 5}",
                "folds: 1"))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining("sweep.yaml:1:1: experimant is unknown; known are ")
                .hasMessageContaining("did you mean 'experiment'?")
                .hasMessageContaining("sweep.yaml:1:1: experiment must be the path of an experiment file, but is missing")
                .hasMessageContaining("sweep.yaml:3:3: training.batchSize must be a list of values or a range such as")
                .hasMessageContaining("training.optimizer.learningRate: the smallest value of a range by logarithms must be above 0")
                .hasMessageContaining("sweep.yaml:5:3: seed must have at least one value, and none twice, but had [1, 1]")
                .hasMessageContaining("points")
                .hasMessageContaining("folds must be at least 2, but was 1");
        assertThatThrownBy(() -> read("experiment: experiment.yaml")).hasMessageContaining("space must have settings");
        assertThatThrownBy(() -> read("experiment: e.yaml", "space: {seed: [1]}", "strategy: {type: random}"))
                .hasMessageContaining("strategy.points: must be the number of random points, but is missing");
    }

    @Test
    void theExperimentOfATrialHasItsSettings() throws IOException {
        Files.writeString(folder.resolve("experiment.yaml"), """
                models: {folder: models}
                recordings: {manifest: m.csv}
                reader: {type: any}
                preprocessing:
                  window: {type: any, text: w, number: 4}
                  extract: {type: any, text: x, number: 1}
                split: {type: any}
                model: {type: any}
                training: {type: any, whole: 5}
                """);
        SweepPlan plan = read("experiment: experiment.yaml", "space:",
                "  modelName: ['n010', b]",
                "  preprocessing.window.text: ['true', '0.50', 'a \"b\" \\ c: d']",
                "  preprocessing.window.number: {from: 0.00001, to: 1, scale: log, steps: 2}",
                "  preprocessing.extract: [{type: any, text: 'no', number: 2}]",
                "strategy: {type: random, points: 12}");
        Map<String, List<Object>> values =
                plan.settings().stream().collect(Collectors.toMap(SweptSetting::name, SweptSetting::values));
        for (Object text : values.get("preprocessing.window.text")) {
            Experiment experiment = plan.file(new Trial(1, Map.of("modelName", "n010", "preprocessing.window.text", text,
                    "preprocessing.window.number", 1e-5,
                    "preprocessing.extract", values.get("preprocessing.extract").get(0)), 0, 9, OptionalInt.empty()))
                    .withoutFiles().read(AnyParts.components());
            assertThat(experiment.modelName()).isEqualTo("n010");
            assertThat(experiment.preprocessing().window().settings()).containsEntry("text", text).containsEntry("number", 1e-5);
            assertThat(experiment.preprocessing().extract().settings()).containsEntry("text", "no").containsEntry("number", 2);
        }
        Trial wrong = new Trial(1, Map.of("preprocessing.windw.text", "x"), 0, 9, OptionalInt.empty());
        assertThatThrownBy(() -> plan.file(wrong).withoutFiles().read(AnyParts.components()))
                .hasMessageContaining("sweep.yaml: preprocessing.windw.text x: ").hasMessageContaining("did you mean 'window'?");
        Trial halving = new Trial(1, Map.of(), 0, 9, OptionalInt.of(3));
        assertThatThrownBy(() -> plan.file(halving).withoutFiles().read(AnyParts.components()))
                .as("a trainer without epochs").hasMessageContaining("sweep.yaml: epochs of the strategy: ");
    }
}
