package io.github.spirabr.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriorTrainingTest {

    /** Else the audit would not find them among the held-out subjects. */
    @Test
    void subjectsHaveTheirCanonicalNames() {
        assertThat(PriorTraining.of("m", List.of("Jose\u0301", "P01\u00a0"), List.of()).subjects())
                .containsExactly("José", "P01");
    }

    private static PriorTraining read(String table) {
        return PriorTraining.read("m", Map.of(PriorTraining.FILE, table.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void unknownTrainingStaysUnknown() {
        PriorTraining next = PriorTraining.read("found.safetensors", Map.of()).and(List.of("p1"), List.of("12ab"));
        String table = "subject\tp1\nrecording\t12ab\nunknown\ttraining before\n";

        assertThat(next.unknown()).isTrue();
        assertThat(next.allowHeldOut().unknown()).isTrue();
        assertThat(next.toBytes()).asString(StandardCharsets.UTF_8).isEqualTo(table);
        assertThat(read(table).and(List.of("p2"), List.of()).unknown()).isTrue();
        assertThat(read(table).subjects()).containsExactly("p1");
    }

    @Test
    void knownTrainingIsStoredAsBefore() {
        String table = "subject\tp1\nrecording\t12ab\n";

        assertThat(read(table).unknown()).isFalse();
        assertThat(read(table).toBytes()).asString(StandardCharsets.UTF_8).isEqualTo(table);
        assertThat(PriorTraining.of("m", List.of("p1"), List.of("12ab")).toBytes()).isEqualTo(read(table).toBytes());
        assertThat(read("").unknown()).isTrue();
    }
}
