package io.github.spirabr.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Older models keep names as the manifest spelled them. */
    @Test
    void namesOfOlderModelsAreFoundByTheirCanonicalForm() {
        ModelArtifact model = model("training.subjects=Jose\u0301,P01\u00a0\ntest.subjects=d\n");

        assertThat(StoredProvenance.of(model).sides(List.of()))
                .containsEntry("José", Side.TRAINING).containsEntry("P01", Side.TRAINING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Infinity", "NaN", "1", "-0.1", "x"})
    void aToleranceThatAcceptsEverythingIsDamage(String value) {
        StoredProvenance provenance = StoredProvenance.of(model("model.machineTolerance=" + value + "\n"));

        assertThatThrownBy(provenance::machineTolerance).isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining("must be a number from 0 up to 1, but was '" + value + "'");
    }

    @Test
    void aModelWithoutProvenanceTellsNothing() {
        assertThat(StoredProvenance.of(ModelArtifact.of(Map.of("weights.f32", new byte[4]))).sides(List.of("a"))).isEmpty();
    }
}
