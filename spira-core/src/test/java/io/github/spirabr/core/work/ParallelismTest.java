package io.github.spirabr.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParallelismTest {

    @Test
    void workAtTheSameTimeSharesTheThreadsButHasOneAtLeast() {
        assertThat(Parallelism.of(8).dividedBy(3)).isEqualTo(Parallelism.of(2));
        assertThat(Parallelism.of(2).dividedBy(4)).isEqualTo(Parallelism.of(1));
        assertThat(Parallelism.allProcessors().threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThatThrownBy(() -> Parallelism.of(0)).hasMessage("the number of threads must be at least 1, but was 0");
    }
}
