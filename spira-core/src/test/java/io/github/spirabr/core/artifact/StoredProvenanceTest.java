package io.github.spirabr.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.registry.ModelArtifact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredProvenanceTest {

    private static ModelArtifact model(String provenance) {
        return ModelArtifact.of(Map.of("provenance.properties", provenance.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everySubjectHasItsSide() {
        assertThat(StoredProvenance.of(model("training.subjects=a,b\nvalidation.subjects=c\ntest.subjects=d\n")).sides(List.of())).isEqualTo(Map.of("a", Side.TRAINING, "b", Side.TRAINING, "c", Side.VALIDATION, "d", Side.TEST));
    }

    /** Else whoever was held out would join a side anew, and nobody would find the models that heard a subject. */
    @Test
    void aNameWithACommaIsFoundWhole() {
        ModelArtifact model = model("training.subjects=Silva, Ana,b\ntest.subjects=a,Souza, Bia\n");

        assertThat(StoredProvenance.of(model).sides(List.of("Souza, Bia", "Silva, Ana", "Ana,b", "uza, Bia", "x, y")))
                .containsEntry("Souza, Bia", Side.TEST)
                .containsEntry("Silva, Ana", Side.TRAINING)
                .doesNotContainKeys("Ana,b", "uza, Bia", "x, y");
    }

    @Test
    void aModelWithoutProvenanceTellsNothing() {
        assertThat(StoredProvenance.of(ModelArtifact.of(Map.of("weights.f32", new byte[4]))).sides(List.of("a"))).isEmpty();
    }
}
