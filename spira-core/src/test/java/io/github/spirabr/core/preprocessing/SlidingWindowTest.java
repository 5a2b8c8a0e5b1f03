package io.github.spirabr.core.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.component.Components;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlidingWindowTest {

    private static final SlidingWindow FOUR_SECONDS = SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1));

    @Test
    void theLastFullWindowCounts() {
        assertThat(FOUR_SECONDS.windows(4 * 16_000, 16_000)).containsExactly(new WindowSpan(0, 64_000));
        assertThat(FOUR_SECONDS.windows(5 * 16_000, 16_000))
                .containsExactly(new WindowSpan(0, 64_000), new WindowSpan(16_000, 64_000));
        assertThat(FOUR_SECONDS.windows(5 * 16_000 - 1, 16_000)).hasSize(1);
    }

    @Test
    void aShortRecordingGivesOneWindow() {
        assertThat(FOUR_SECONDS.windows(1, 16_000)).containsExactly(new WindowSpan(0, 64_000));
    }

    /** By hand from 1 + floor((length - window) / step). */
    @ParameterizedTest
    @CsvSource({"1, 4, 1, 1", "2, 4, 1, 1", "3.99, 4, 1, 1", "4, 4, 1, 1", "5.9, 3, 1, 3", "6.1, 3, 1, 4", "2.9, 3, 1, 1",
        "5.9, 3, 3, 1", "6.1, 3, 3, 2", "2.9, 3, 3, 1"})
    void secondsHaveTheirWindowsAndShorterRecordingsAreLeftOutWhereTheRuleSaysSo(
            double seconds, int window, int step, int windows) {
        SlidingWindow padding = SlidingWindow.of(Duration.ofSeconds(window), Duration.ofSeconds(step));
        int length = (int) Math.round(seconds * 16_000);
        assertThat(padding.windows(length, 16_000)).hasSize(windows);
        SlidingWindow dropping = padding.shortRecordings(ShortRecordings.DROP);
        if (seconds < window) {
            assertThatThrownBy(() -> dropping.windows(length, 16_000)).isInstanceOfSatisfying(
                    ShortRecordingException.class, e -> assertThat(e.leftOut()).isTrue());
        } else {
            assertThat(dropping.windows(length, 16_000)).isEqualTo(padding.windows(length, 16_000));
        }
    }

    @Property(tries = 300)
    void thereAreAsManyWindowsAsTheFormulaSays(
            @ForAll @IntRange(min = 1, max = 500_000) int length, @ForAll @IntRange(min = 1, max = 3000) int stepMillis) {
        SlidingWindow windowing = SlidingWindow.of(Duration.ofMillis(2500), Duration.ofMillis(stepMillis));
        List<WindowSpan> windows = windowing.windows(length, 8000);
        int step = stepMillis * 8;
        int wanted = length >= 20_000 ? 1 + (length - 20_000) / step : 1;
        assertThat(windows).hasSize(wanted);
        for (int w = 0; w < wanted; w++) {
            assertThat(windows.get(w)).isEqualTo(new WindowSpan(w * step, 20_000));
        }
    }

    @Test
    void itsDescriptionMakesAnEqualOne() {
        Windowing again = Components.discover().create(Windowing.class, "window", FOUR_SECONDS.description());
        assertThat(again.windows(100_000, 16_000)).isEqualTo(FOUR_SECONDS.windows(100_000, 16_000));
        assertThat(again.description()).isEqualTo(FOUR_SECONDS.description());
    }

    @Test
    void lengthsOfNothingAreRefused() {
        assertThatThrownBy(() -> SlidingWindow.of(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("length").hasMessageContaining("above 0 s");
        assertThatThrownBy(() -> SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(-1)))
                .hasMessageContaining("step");
        assertThatThrownBy(() -> SlidingWindow.of(Duration.ofNanos(1), Duration.ofSeconds(1)).windowLength(16_000))
                .hasMessageContaining("0 samples at 16000 Hz");
    }
}
