package io.github.spirabr.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelVerificationTest {

    private static final String NAME = "spira";

    /** A registry some of whose versions were harmed behind its back. */
    private static final class Harmed extends InMemoryModelRepository {

        private final Set<Integer> damaged = new HashSet<>();
        private final Set<Integer> erased = new HashSet<>();
        private final Set<Integer> replaced = new HashSet<>();

        Harmed() {
            super(new Memory(), Clock.systemUTC());
        }

        @Override
        protected ModelArtifact read(ModelVersion version) {
            if (damaged.contains(version.number())) {
                throw new ModelRepositoryException(version + " is damaged");
            }
            return replaced.contains(version.number()) ? artifact(9) : super.read(version);
        }

        @Override
        protected boolean isErased(ModelVersion version) {
            return erased.contains(version.number()) || super.isErased(version);
        }
    }

    private static ModelArtifact artifact(int content) {
        return ModelArtifact.of(Map.of("weights.f32", new byte[] {(byte) content}));
    }

    private static Harmed repository() {
        Harmed models = new Harmed();
        ModelVersion first = models.save(NAME, artifact(1));
        models.save(NAME, artifact(2));
        models.promote("champion", first, models.find(NAME, "champion"), "ana");
        return models;
    }

    @Test
    void aSoundRepositoryHasNoFault() {
        assertThat(repository().verify(NAME)).isEqualTo(new ModelRepository.Check(NAME, 2, List.of()));
    }

    @Test
    void aDamagedVersionAndTheAliasThatPointsToItAreFaults() {
        Harmed models = repository();
        models.damaged.add(1);
        ModelRepository.Check check = models.verify(NAME);
        assertThat(check.versions()).isEqualTo(1);
        assertThat(check.faults()).noneMatch(ModelRepository.Check.Fault::mendable)
                .extracting(ModelRepository.Check.Fault::finding).satisfiesExactly(
                first -> assertThat(first).contains("version 1 is damaged"),
                second -> assertThat(second).startsWith("alias champion of model spira is at version 1, which is missing or damaged"));
    }

    @Test
    void aReplacedVersionIsFoundByTheDigestOfItsAlias() {
        Harmed models = repository();
        models.replaced.add(1);
        assertThat(models.verify(NAME).faults()).singleElement().satisfies(fault ->
                assertThat(fault.finding()).contains("was given to version 1 with the digest").contains("restore its files"));
    }

    @Test
    void aDeletionThatTheCatalogDoesNotKnowIsMended() {
        Harmed models = repository();
        models.erased.add(2);
        assertThat(models.verify(NAME).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.finding()).contains("version 2 was deleted, but the catalog does not say so");
            assertThat(fault.mendable()).isTrue();
        });
        assertThat(models.mend(NAME).isSound()).isTrue();
        assertThat(models.catalog(NAME).deleted()).containsExactly(2);
    }
}
