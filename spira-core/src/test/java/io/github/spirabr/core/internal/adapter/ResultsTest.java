package io.github.spirabr.core.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResultsTest {

    @Test
    void aResultIsGiven() throws InterruptedException {
        assertThat(Results.of(CompletableFuture.completedFuture(3))).isEqualTo(3);
    }

    static Stream<Throwable> thrown() {
        return Stream.of(new IllegalArgumentException("of the work"), new StackOverflowError("of the work"));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatTheWorkThrewIsThrownAsItIs(Throwable thrown) {
        assertThatThrownBy(() -> Results.of(CompletableFuture.failedFuture(thrown))).isSameAs(thrown);
    }
}
