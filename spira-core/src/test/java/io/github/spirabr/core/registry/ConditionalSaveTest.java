package io.github.spirabr.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionalSaveTest {

    private static ModelArtifact artifact(int content) {
        return ModelArtifact.of(Map.of("weights.f32", new byte[] {(byte) content}));
    }

    /** A registry of hundreds of versions is read once by a run, not twice. */
    @Test
    void versionsThatTheCallerKnowsAreNotReadAgain() {
        ModelRepository models = new InMemoryModelRepository();
        ModelVersion known = models.save("m", artifact(1));
        models.save("m", artifact(2));
        List<ModelArtifact> compared = new ArrayList<>();

        ModelVersion saved = models.save("m", artifact(3), List.of(known), there -> {
            compared.add(there);
            return false;
        });

        assertThat(saved).isEqualTo(new ModelVersion("m", 3));
        assertThat(compared).containsExactly(artifact(2));
    }
}
