package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.preprocessing.PreprocessingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuredNoiseTest {

    private static final Sounds.Reader READER = new Sounds.Reader(Map.of(
            "a", Sounds.of(0.1, -0.4, 0.2, 0.9, 0.05),
            "b", Sounds.of(0.03, -0.02)));

    private static MeasuredNoise.Stretch stretch(String file, int from, int to) {
        return new MeasuredNoise.Stretch(Sounds.source(file), Duration.ofMillis(from), Duration.ofMillis(to));
    }

    @Test
    void peakAndRmsOfEachStretch() {
        MeasuredNoise levels = MeasuredNoise.measure(READER, List.of(stretch("a", 0, 2), stretch("a", 4, 5)));
        assertThat(levels.levels()).hasSize(2);
        assertThat(levels.levels().get(0).peak()).isEqualTo(0.4, within(1e-7));
        assertThat(levels.levels().get(0).rms()).isEqualTo(Math.sqrt((0.01 + 0.16) / 2), within(1e-7));
        assertThat(levels.levels().get(1).peak()).isEqualTo(0.05, within(1e-7));
    }

    @Test
    void theRangeIsOfTheLoudestStretchOfEachFile() {
        MeasuredNoise levels =
                MeasuredNoise.measure(READER, List.of(stretch("a", 0, 2), stretch("b", 0, 2), stretch("a", 4, 5)));
        assertThat(levels.amplitudeRange().min()).isEqualTo(0.03, within(1e-7));
        assertThat(levels.amplitudeRange().max()).isEqualTo(0.4, within(1e-7));
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThatThrownBy(() -> MeasuredNoise.measure(
                        READER, List.of(stretch("gone", 0, 1), stretch("a", 3, 6), stretch("b", 0, 1))))
                .isInstanceOf(PreprocessingException.class)
                .hasMessageContaining("recording gone: there is no such file")
                .hasMessageContaining("the stretch of a from 0.003 s to 0.006 s")
                .hasMessageContaining("at 0.005 s");
    }

    @Test
    void aStretchOfNothingIsRefused() {
        assertThatThrownBy(() -> stretch("a", 2, 2)).hasMessageContaining("ends after that");
        assertThatThrownBy(() -> stretch("a", -1, 2)).hasMessageContaining("0 s or later");
        assertThatThrownBy(() -> MeasuredNoise.measure(READER, List.of())).hasMessageContaining("at least one stretch");
    }
}
