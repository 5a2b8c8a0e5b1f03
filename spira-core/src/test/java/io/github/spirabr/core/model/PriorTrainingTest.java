package io.github.spirabr.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PriorTrainingTest {

    /** Else the audit would not find them among the held-out subjects. */
    @Test
    void subjectsHaveTheirCanonicalNames() {
        assertThat(PriorTraining.of("m", List.of("Jose\u0301", "P01\u00a0"), List.of()).subjects())
                .containsExactly("José", "P01");
    }
}
