package io.github.spirabr.core.dataset;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.recording.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {

    @Test
    void allFaultsAreToldAtOnce() {
        assertThatThrownBy(() -> Dataset.of("m.csv", List.of(
                        Recordings.of("a", "s", Label.PATIENT), Recordings.of("a", "t", Label.PATIENT))))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageStartingWith("m.csv: ")
                .hasMessageContaining("listed twice: a")
                .hasMessageContaining("no recording of class 0 (CONTROL)");
    }

    @Test
    void anEmptyDataSetIsRefused() {
        assertThatThrownBy(() -> Dataset.of("m.csv", List.of()))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage("m.csv: no recordings");
    }
}
