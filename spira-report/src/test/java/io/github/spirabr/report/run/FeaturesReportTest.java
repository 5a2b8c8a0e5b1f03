package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.pipeline.FeatureEffect;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The effects of features are in all three files, and in none of them where there are none. */
class FeaturesReportTest {

    private static final FeatureEffect PAUSE = new FeatureEffect(
            "mean pause (s)", Optional.of(new Coefficient(1.25, 0.5, 2)), 0.125, 0.0625, 0.25);

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
