package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.pipeline.TaskFindings;
import io.github.spirabr.core.pipeline.TaskTraining;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class TaskReportTest {

    private static TaskFindings findings() {
        TrainingRun phrase = new Runs().findings().toBuilder().modelName("drawn-phrase").build();
        Runs other = new Runs();
        other.perfect = true;
        TrainingRun rhyme = other.findings().toBuilder().modelName("drawn-rhyme")
                .sessionMetrics(MetricEstimates.of(phrase.test(), 200, 1)).build();
        Evaluation fused = phrase.test().bySubject();
        return new TaskFindings(List.of("phrase", "rhyme"), TaskTraining.Fusion.LOGISTIC, List.of(phrase, rhyme),
                Optional.empty(), Optional.of(phrase.test().withMetrics(MetricEstimates.of(phrase.test(), 200, 1))),
                fused.withMetrics(MetricEstimates.of(fused, 200, 1)));
    }

    @Test
    void theDocumentHasEveryLevelOfEveryTaskAndOfTheFusion() throws IOException {
        TaskFindings findings = findings();
        JsonNode json = new ObjectMapper().readTree(new RunReport().report("drawn", findings).get(RunReport.JSON));
        assertThat(json.get("fusion").asText()).isEqualTo("logistic");
        assertThat(json.at("/tasks/0/task").asText()).isEqualTo("phrase");
        assertThat(json.at("/tasks/1/model").asText()).isEqualTo("drawn-rhyme");
        assertThat(json.at("/tasks/0/session").isMissingNode()).isTrue();
        assertThat(json.at("/tasks/1/session/auroc/subjects").asInt()).isEqualTo(16);
        assertThat(json.at("/fused/subject/sensitivity/value").asDouble())
                .isEqualTo(findings.subjects().value(Metric.SENSITIVITY));
        assertThat(json.at("/fused/session/auroc/lower").asDouble())
                .isEqualTo(findings.sessions().orElseThrow().metric(Metric.AUROC).lower());
    }

    @Test
    void thePageHasARowForEach() {
        SortedMap<String, byte[]> files = new RunReport().report("drawn", findings());
        assertThat(new String(files.get(RunReport.HTML), StandardCharsets.UTF_8)).contains("Report of one model for each task",
                "fused", "drawn-phrase", "a logistic regression on the tasks' log odds, fitted on the validation set");
    }
}
