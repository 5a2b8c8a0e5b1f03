package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelCardTest {

    private static String card(TrainingRun findings) {
        return new String(new RunReport().report(findings).get(RunReport.MODEL_CARD), StandardCharsets.UTF_8);
    }

    @Test
    void hasTheSectionsOfMitchellAndOthers() {
        List<String> sections = card(new Runs().findings()).lines().filter(line -> line.startsWith("## ")).toList();
        assertThat(sections).containsExactly("## Model details", "## Intended use", "## Factors", "## Metrics",
                "## Evaluation data", "## Training data", "## Quantitative analyses", "## Ethical considerations",
                "## Caveats and recommendations", "## How to open it");
    }

    @Test
    void saysEveryFigureAndWhatItIsWorth() {
        Runs run = new Runs();
        run.probes = Runs.someProbes(name -> name);
        TrainingRun findings = run.findings();
        String card = card(findings);
        for (MetricEstimate estimate : Figures.main(findings.metrics())) {
            assertThat(card).contains("| " + Figures.name(estimate.metric()) + " | " + Figures.of(estimate.value()) + " | "
                    + Figures.interval(estimate.lower(), estimate.upper()) + " |");
        }
        assertThat(card).contains("**Imprecise**", "noise-only: **failed**", "Rejected as unusable: 1 recording.",
                "test: 48 recordings of 16 subjects (24 of controls, 24 of patients)", "With hospital noise at 3 dB.",
                "`" + findings.dataFingerprint() + "`", "| hospital | A | 6 | 2 |", "--name drawn recording.wav");
        assertThat(card).contains("Metrics are given by hospital, idade, sex.").doesNotContain("NaN", "a detail with a path");
    }

    @Test
    void aFrozenEncoderIsNamedWithItsLicenceAndData() {
        TrainingRun run = new Runs().findings();
        assertThat(card(run)).doesNotContain("Frozen encoder");
        SortedMap<String, String> settings = new TreeMap<>(run.settings());
        settings.putAll(Map.of("preprocessing.extract.file", "hear.onnx", "preprocessing.extract.sha256", "0a1b",
                "preprocessing.extract.licence", "terms <b>of Google</b>"));
        assertThat(card(run.toBuilder().settings(settings).build())).contains("- Frozen encoder: hear.onnx, SHA-256 `0a1b`;"
                + " licence: terms &lt;b&gt;of Google&lt;/b&gt;; pretrained on: not known. Whether subjects of the test set are"
                + " among its data is not known to this library.");
    }

    @Test
    void withoutProbesThatIsSaid() {
        assertThat(card(new Runs().findings())).contains("No probe was run").doesNotContain("Warnings:");
        Runs noisy = new Runs();
        noisy.probes = List.of(Runs.TRAINING_NOISE);
        assertThat(card(noisy.findings())).contains("No probe was run", "Warnings:\n\n- training-noise: **warning**.");
    }
}
