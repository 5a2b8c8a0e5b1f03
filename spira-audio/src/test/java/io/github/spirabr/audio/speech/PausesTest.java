package io.github.spirabr.audio.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.internal.VoiceActivity;
import io.github.spirabr.audio.internal.VoiceActivity.Run;
import io.github.spirabr.core.audio.Waveform;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pauses of known number and length. */
class PausesTest {

    private static final double TOLERANCE = 0.02;

    static IntStream cases() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyPauseIsFoundWithItsLength(int number) {
        SpokenCase spoken = SpokenCase.of(number);
        List<Run> runs = VoiceActivity.of(spoken.samples(), spoken.rate(), 0.2, 0.1).runs();
        List<Double> pauses = IntStream.range(1, runs.size())
                .mapToObj(i -> (double) (runs.get(i).start() - runs.get(i - 1).end()) / spoken.rate())
                .toList();
        assertThat(pauses).as("number of pauses").hasSameSizeAs(spoken.pauses());
        for (int i = 0; i < pauses.size(); i++) {
            assertThat(pauses.get(i)).as("length of pause %d", i).isEqualTo(spoken.pauses().get(i), within(TOLERANCE));
        }
    }
}
