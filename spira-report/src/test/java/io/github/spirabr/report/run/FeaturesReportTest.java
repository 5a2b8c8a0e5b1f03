package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.pipeline.FeatureEffect;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.recording.Label;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The effects of features are in all three files, and in none of them where there are none. */
class FeaturesReportTest {

    private static final FeatureEffect PAUSE = new FeatureEffect(
            "mean pause (s)", Optional.of(new Coefficient(1.25, 0.5, 2)), 0.125, 0.0625, 0.25);

    private static final FeatureEffect BY_CLASS = new FeatureEffect("mean pause (s)", Optional.empty(), 0.125, 0.0625, 0.25,
            Optional.of(new DatasetInspection.Property.Measure("mean pause (s)",
                    Map.of(Label.CONTROL, new DatasetInspection.Distribution(0.1, 0.2, 0.25, 0.5, 1),
                            Label.PATIENT, new DatasetInspection.Distribution(0.4, 0.5, 0.75, 1.5, 2)),
                    new DatasetInspection.Hint(0.875, 0.625, 1, true))));

    private static String text(List<FeatureEffect> effects, String file) {
        TrainingRun run = new Runs().findings().toBuilder().featureEffects(effects).build();
        return new String(new RunReport().report(run).get(file), StandardCharsets.UTF_8);
    }

    @Test
    void thePageAndTheCardHaveATable() {
        assertThat(text(List.of(PAUSE), RunReport.HTML)).contains("href=\"#features\"", "mean pause (s)", "0.125",
                "0.063 to 0.250", "1.250", "0.500 to 2.000", "95 % Wald interval");
        assertThat(text(List.of(PAUSE), RunReport.MODEL_CARD))
                .contains("| Feature | Importance | Coefficient |")
                .contains("| mean pause (s) | 0.125, 0.063 to 0.250 | 1.250, 0.500 to 2.000 |");
    }

    @Test
    void theDocumentHasAllNumbers() throws IOException {
        JsonNode features = new ObjectMapper().readTree(text(List.of(PAUSE), RunReport.JSON)).get("features");
        assertThat(features).isEqualTo(new ObjectMapper().readTree("[{\"feature\": \"mean pause (s)\", \"importance\": 0.125,"
                + " \"lower\": 0.0625, \"upper\": 0.25, \"coefficient\": {\"value\": 1.25, \"lower\": 0.5, \"upper\": 2.0}}]"));
    }

    @Test
    void valuesByClassHaveTheirEffectSize() throws IOException {
        assertThat(text(List.of(BY_CLASS), RunReport.HTML)).contains("Values by class", "0.250", "0.200 to 0.500", "0.750",
                "0.500 to 1.500", "0.875", "0.625 to 1.000");
        assertThat(text(List.of(PAUSE), RunReport.HTML)).doesNotContain("Values by class");
        JsonNode byClass = new ObjectMapper().readTree(text(List.of(BY_CLASS), RunReport.JSON)).get("features").get(0).get("byClass");
        assertThat(byClass.get("auroc").asDouble()).isEqualTo(0.875);
        assertThat(byClass.get("lower").asDouble()).isEqualTo(0.625);
        assertThat(byClass.get("patientsHigher").asBoolean()).isTrue();
        assertThat(byClass.get("patient").get("median").asDouble()).isEqualTo(0.75);
        assertThat(byClass.get("control").get("high").asDouble()).isEqualTo(0.5);
    }

    @Test
    void manyFeaturesAreCountedAndTheDocumentHasThemAll() throws IOException {
        List<FeatureEffect> many = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            many.add(new FeatureEffect("feature " + i, Optional.empty(), Double.NaN, Double.NaN, Double.NaN));
        }
        assertThat(text(many, RunReport.HTML)).contains("The 20 most important of 30 features", "feature 20")
                .doesNotContain("feature 21");
        assertThat(text(many, RunReport.MODEL_CARD)).contains("the most important first, 20 of 30.").doesNotContain("feature 21");
        assertThat(new ObjectMapper().readTree(text(many, RunReport.JSON)).get("features")).hasSize(30);
    }

    @Test
    void otherNetworksHaveNoSuchSection() {
        assertThat(text(List.of(), RunReport.HTML)).doesNotContain("#features");
        assertThat(text(List.of(), RunReport.JSON)).doesNotContain("\"features\"");
        assertThat(text(List.of(), RunReport.MODEL_CARD)).doesNotContain("Importance");
    }
}
