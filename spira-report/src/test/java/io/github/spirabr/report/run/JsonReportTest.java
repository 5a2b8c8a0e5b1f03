package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.evaluation.Curve;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    private static JsonNode json(TrainingRun findings) throws IOException {
        return new ObjectMapper().readTree(new RunReport().report(findings).get(RunReport.JSON));
    }

    private static Runs withProbes() {
        Runs run = new Runs();
        run.probes = Runs.someProbes(name -> name);
        return run;
    }

    private static List<String> keys(JsonNode node) {
        return node.properties().stream().map(java.util.Map.Entry::getKey).toList();
    }

    /** Programs go by these: a key that goes or changes its meaning needs another format. */
    @Test
    void theKeysAreThoseOfTheFormat() throws IOException {
        JsonNode json = json(withProbes().findings());
        assertThat(json.get("format").asText()).isEqualTo("1");
        assertThat(keys(json)).containsExactly("format", "notice", "model", "identity", "dataFingerprint", "library", "seed",
                "settings", "split", "certificate", "rejected", "training", "decision", "figures", "clinical", "groups", "gaps", "protocols",
                "probes", "recordings");
        assertThat(keys(json.get("split"))).containsExactly(
                "bySubject", "subjectsKnown", "sharedSubjects", "training", "validation", "test");
        assertThat(keys(json.at("/split/test"))).containsExactly("recordings", "controls", "patients", "subjects");
        assertThat(keys(json.at("/rejected/0"))).containsExactly("recording", "subject", "label", "reason");
        assertThat(keys(json.get("training"))).containsExactly("bestEpoch", "epochs");
        assertThat(keys(json.at("/training/epochs/0")))
                .containsExactly("epoch", "trainingLoss", "validationLoss", "validationAccuracy");
        assertThat(keys(json.get("decision"))).containsExactly(
                "operatingPoint", "abstention", "temperature", "threshold", "lower", "upper", "coverage");
        assertThat(keys(json.get("figures")))
                .containsExactly("imprecise", "validation", "byRecording", "bySubject", "decided");
        assertThat(keys(json.at("/figures/byRecording")))
                .containsExactly("metrics", "confusion", "roc", "precisionRecall", "calibration", "histogram");
        assertThat(keys(json.get("clinical"))).containsExactly("byRecording", "bySubject");
        assertThat(keys(json.at("/clinical/byRecording")))
                .containsExactly("calibrationIntercept", "calibrationSlope", "screening", "decisionCurve");
        assertThat(keys(json.at("/clinical/byRecording/calibrationSlope"))).containsExactly("value", "lower", "upper");
        assertThat(keys(json.at("/clinical/bySubject/screening/0"))).containsExactly(
                "prevalence", "positivePredictiveValue", "negativePredictiveValue", "numberNeededToScreen");
        assertThat(json.at("/clinical/bySubject/decisionCurve/0")).hasSize(5);
        assertThat(keys(json.at("/gaps/0"))).containsExactly(
                "column", "group", "others", "metric", "difference", "p", "holm");
        List<String> metrics = Stream.of(Metric.values()).map(Figures::key).toList();
        assertThat(keys(json.at("/figures/byRecording/metrics"))).isEqualTo(metrics);
        assertThat(keys(json.at("/figures/validation"))).isEqualTo(metrics);
        assertThat(keys(json.at("/figures/bySubject/metrics/auroc")))
                .containsExactly("value", "lower", "upper", "answers", "subjects", "imprecise");
        assertThat(keys(json.at("/figures/byRecording/confusion")))
                .containsExactly("truePositives", "falseNegatives", "falsePositives", "trueNegatives");
        assertThat(keys(json.at("/figures/byRecording/roc"))).containsExactly("points", "band");
        assertThat(keys(json.at("/figures/byRecording/calibration/0"))).containsExactly(
                "from", "to", "answers", "subjects", "meanProbability", "patients", "lower", "upper");
        assertThat(keys(json.at("/figures/byRecording/histogram/0"))).containsExactly("from", "to", "controls", "patients");
        assertThat(keys(json.at("/groups/0"))).containsExactly("column", "group", "metrics");
        assertThat(keys(json.at("/protocols/0"))).containsExactly("protocol", "disclosure", "confusion", "metrics");
        assertThat(keys(json.at("/probes/0"))).containsExactly("probe", "verdict", "question", "finding", "figures");
        assertThat(keys(json.at("/probes/0/figures/0")))
                .containsExactly("figure", "value", "lower", "upper", "recordings", "subjects");
        assertThat(keys(json.at("/recordings/0")))
                .containsExactly("recording", "subject", "label", "probability", "decision", "windows");
    }

    @Test
    void theFiguresAreThoseOfTheFindings() throws IOException {
        TrainingRun findings = withProbes().findings();
        JsonNode json = json(findings);
        for (MetricEstimate estimate : findings.subjectMetrics()) {
            JsonNode shown = json.at("/figures/bySubject/metrics/" + Figures.key(estimate.metric()));
            assertThat(shown.get("value").asDouble(Double.NaN)).isEqualTo(Double.valueOf(estimate.value()));
            assertThat(shown.get("answers").asInt()).isEqualTo(16);
        }
        Curve roc = Analysis.of(findings).byRecording().roc();
        JsonNode points = json.at("/figures/byRecording/roc/points");
        assertThat(points).hasSize(roc.points().size());
        assertThat(points.get(0).get(2).isNull()).as("the threshold above all answers").isTrue();
        assertThat(points.get(1).get(2).asDouble()).isEqualTo(roc.points().get(1).threshold());
        assertThat(json.at("/figures/byRecording/roc/band")).hasSize(101);
        assertThat(json.get("recordings")).hasSize(48);
        RecordingScore score = findings.test().scores().get(5);
        assertThat(json.at("/recordings/5/recording").asText()).isEqualTo(score.recording());
        assertThat(json.at("/recordings/5/probability").asDouble()).isEqualTo(score.probability());
        assertThat(json.at("/recordings/5/windows")).hasSize(4);
        assertThat(json.at("/probes/0/verdict").asText()).isEqualTo("failed");
        assertThat(json.at("/groups")).hasSize(findings.groups().size());
        assertThat(json.at("/split/bySubject").asBoolean()).isTrue();
        assertThat(json.get("certificate").isNull()).isTrue();
        Runs audited = new Runs();
        audited.audited = true;
        assertThat(json(audited.findings()).get("certificate").get("audit.identicalOnTwoSides").asText()).isEqualTo("0");
    }

    @Test
    void aNumberThatIsNoneIsNull() throws IOException {
        JsonNode json = json(withProbes().findings());
        assertThat(json.at("/probes/0/figures/1/value").isNull()).isTrue();
        assertThat(json.at("/probes/0/figures/1/lower").isNull()).isTrue();
        assertThat(new String(new RunReport().report(withProbes().findings()).get(RunReport.JSON), StandardCharsets.UTF_8))
                .doesNotContain("NaN", "Infinity", "\r");
    }

    @Test
    void namesAreAsTheyAre() throws IOException {
        Runs run = new Runs();
        run.naming = name -> name + Runs.EVIL;
        assertThat(json(run.findings()).at("/rejected/0/recording").asText()).isEqualTo("audio/broken.wav" + Runs.EVIL);
    }
}
