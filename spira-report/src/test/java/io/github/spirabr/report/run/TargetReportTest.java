package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.recording.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A run that names its condition and classes shows them wherever classes are named. */
class TargetReportTest {

    private static TrainingRun named() {
        TrainingRun run = new Runs().findings();
        SortedMap<String, String> settings = new TreeMap<>(run.settings());
        settings.putAll(Map.of("target.name", "asthma", "target.negative", "healthy", "target.positive", "asthma"));
        return run.toBuilder().settings(settings).build();
    }

    private static String text(TrainingRun run, String file) {
        return new String(new RunReport().report(run).get(file), StandardCharsets.UTF_8);
    }

    @Test
    void theCardNamesThem() {
        assertThat(named().target()).isEqualTo(new Target("asthma", "healthy", "asthma"));
        assertThat(text(named(), RunReport.MODEL_CARD))
                .contains("the probability of the class asthma against healthy (target: asthma).",
                        "A recording is classified as asthma at a probability of", "Research on detecting asthma from speech",
                        "(24 of the class healthy, 24 of the class asthma)")
                .doesNotContainIgnoringCase("patient").doesNotContain("insufficiency", "of controls");
    }

    @Test
    void thePageNamesThem() {
        String page = text(named(), RunReport.HTML);
        assertThat(page).contains("Classified as asthma", "Classified as healthy", "recordings of the class asthma it found",
                "share of the class asthma classified as asthma", "asthma against healthy");
        String shown = Pattern.compile("<style>.*?</style>", Pattern.DOTALL).matcher(page).replaceAll("")
                .replaceAll("<[^>]*>", " ");
        assertThat(shown).doesNotContainIgnoringCase("patient").doesNotContain(" controls");
    }

    @Test
    void theDocumentHasThemBesideItsOwnWords() throws IOException {
        JsonNode json = new ObjectMapper().readTree(text(named(), RunReport.JSON));
        assertThat(json.get("target")).isEqualTo(new ObjectMapper().readTree(
                "{\"name\": \"asthma\", \"negative\": \"healthy\", \"positive\": \"asthma\"}"));
        assertThat(json.at("/split/test/patients").asInt()).isEqualTo(24);
        assertThat(text(new Runs().findings(), RunReport.JSON)).doesNotContain("\"target\"");
    }

    @Test
    void withoutATargetAPatientIsOneOfRespiratoryInsufficiency() {
        assertThat(text(new Runs().findings(), RunReport.MODEL_CARD)).contains(
                "the probability that the speaker is a patient with respiratory insufficiency.");
    }
}
