package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredCheckpointsTest {

    private final Set<Integer> damaged = new HashSet<>();
    private final InMemoryModelRepository store = new InMemoryModelRepository() {
        @Override
        protected ModelArtifact read(ModelVersion version) {
            if (damaged.contains(version.number())) {
                throw new ModelRepositoryException(version + " is damaged");
            }
            return super.read(version);
        }
    };
    private final StoredCheckpoints checkpoints = new StoredCheckpoints(store, "checkpoints-a");

    private void save(int step) {
        checkpoints.save(new Checkpoint(step, step == 2, Map.of("weights", new byte[] {(byte) step}, "empty", new byte[0])));
    }

    @Test
    void theNewestIsFoundAsItWasSavedAndTwoAreKept() {
        assertThat(checkpoints.latest()).isEmpty();
        for (int step = 1; step <= 4; step++) {
            save(step);
            var found = checkpoints.latest().orElseThrow();
            assertThat(found.damaged()).isEmpty();
            assertThat(found.checkpoint().step()).isEqualTo(step);
            assertThat(found.checkpoint().best()).isEqualTo(step == 2);
            assertThat(found.checkpoint().files()).containsOnlyKeys("weights", "empty");
            assertThat(found.checkpoint().files().get("weights")).containsExactly(step);
        }
        assertThat(store.versions("checkpoints-a")).extracting(ModelVersion::number).containsExactly(3, 4);
        assertThat(new StoredCheckpoints(store, "checkpoints-b").latest()).isEmpty();
    }

    @Test
    void theOneBeforeADamagedOneIsTakenAndTheDamageIsTold() {
        save(1);
        save(2);
        damaged.add(2);
        var found = checkpoints.latest().orElseThrow();
        assertThat(found.checkpoint().step()).isEqualTo(1);
        assertThat(found.damaged()).containsExactly("checkpoints-a version 2 is damaged");
        damaged.add(1);
        assertThatThrownBy(checkpoints::latest).isInstanceOf(TrainingException.class)
                .hasMessageContaining("no checkpoint can be used").hasMessageContaining("version 1 is damaged");
    }

    @Test
    void whenTheTrainingIsOverThereAreNone() {
        save(1);
        save(2);
        checkpoints.clear();
        assertThat(checkpoints.latest()).isEmpty();
        checkpoints.clear();
    }
}
