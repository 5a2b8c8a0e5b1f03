package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class RoomsAndSessionsReportTest {

    @Test
    void bothAreShownWhereThereAreAny() throws IOException {
        TrainingRun plain = new Runs().findings();
        MetricEstimates sessions = MetricEstimates.of(plain.test().bySubject(), 200, 1);
        TrainingRun run = plain.toBuilder().sessionMetrics(sessions)
                .ambient(List.copyOf(plain.split().training().recordings().subList(0, 3))).build();
        SortedMap<String, byte[]> files = new RunReport().report(run);
        JsonNode json = new ObjectMapper().readTree(files.get(RunReport.JSON));
        assertThat(json.at("/split/ambient").asInt()).isEqualTo(3);
        assertThat(json.at("/figures/bySession/auroc/value").asDouble()).isEqualTo(sessions.metric(Metric.AUROC).value());
        assertThat(new String(files.get(RunReport.HTML), StandardCharsets.UTF_8)).contains("Session-level metrics of the test set",
                "3 recordings of rooms in which nobody speaks (task ambient-noise) set apart: they are in no set.");
        assertThat(new String(files.get(RunReport.MODEL_CARD), StandardCharsets.UTF_8)).contains(
                "Set apart, in no set: 3 recordings of rooms in which nobody speaks.");
    }

    @Test
    void withoutThemNothingIsSaid() {
        new RunReport().report(new Runs().findings()).values().forEach(file ->
                assertThat(new String(file, StandardCharsets.UTF_8)).doesNotContain("ambient", "bySession", "Session-level"));
    }
}
