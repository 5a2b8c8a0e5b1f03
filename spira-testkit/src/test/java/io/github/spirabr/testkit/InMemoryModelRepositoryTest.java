package io.github.spirabr.testkit;

import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;

class InMemoryModelRepositoryTest extends ModelRepositoryContract {

    private InMemoryModelRepository.Memory memory = new InMemoryModelRepository.Memory();

    @BeforeEach
    void forget() {
        memory = new InMemoryModelRepository.Memory();
    }

    @Override
    protected ModelRepository open(Clock clock) {
        return new InMemoryModelRepository(memory, clock);
    }

    @Override
    protected void removeByHand(ModelVersion version) {
        new InMemoryModelRepository(memory, Clock.systemUTC()).removeByHand(version);
    }
}
