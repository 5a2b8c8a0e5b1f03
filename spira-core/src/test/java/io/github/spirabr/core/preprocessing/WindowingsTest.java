package io.github.spirabr.core.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.FixedLength.LongRecordings;
import io.github.spirabr.core.preprocessing.FixedLength.Padding;
import io.github.spirabr.core.random.RandomStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WindowingsTest {

    private static final int RATE = 16_000;
    private static final SlidingWindow FOUR_SECONDS = SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1));
    private static final Acl2021SlidingWindow PUBLISHED =
            Acl2021SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1));

    private static RandomGenerator stream(long seed) {
        return new RandomStreams(seed).stream("test");
    }

    @Test
    void shortRecordingsArePaddedDroppedOrRefused() {
        int short_ = 3 * RATE;
        assertThat(FOUR_SECONDS.windows(short_, RATE)).containsExactly(new WindowSpan(0, 4 * RATE));
        for (Windowing windowing : List.of(
                FOUR_SECONDS.shortRecordings(ShortRecordings.DROP),
                RandomWindow.of(FOUR_SECONDS.shortRecordings(ShortRecordings.DROP)))) {
            assertShort(() -> windowing.windows(short_, RATE), true);
            assertShort(() -> windowing.trainingWindows(short_, RATE, stream(1)), true);
            assertThat(windowing.windows(4 * RATE, RATE)).hasSize(1);
            assertThat(windowing.trainingWindows(4 * RATE, RATE, stream(1))).hasSize(1);
        }
        assertShort(() -> FOUR_SECONDS.shortRecordings(ShortRecordings.REFUSE).windows(short_, RATE), false);
    }

    private static void assertShort(ThrowingCallable call, boolean leftOut) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ShortRecordingException.class, e -> assertThat(e.leftOut()).isEqualTo(leftOut))
                .hasMessage("a recording of 3.0 s (48000 samples) is shorter than the 4.0 s (64000 samples) that its"
                        + " windows need; use shorter windows, or have short recordings padded");
    }

    /** What Python's range(window, length, step) gives, the ends of the windows in the published loop. */
    private static List<WindowSpan> pythonRange(int window, int length, int step) {
        List<WindowSpan> spans = new ArrayList<>();
        int start = 0;
        for (int end = window; end < length; end += step) {
            spans.add(new WindowSpan(start, end - start));
            start += step;
        }
        return spans;
    }

    @Property(tries = 300)
    void thePublishedWindowsAreThoseOfThePublishedLoop(@ForAll @IntRange(min = 64_001, max = 600_000) int length) {
        assertThat(PUBLISHED.windows(length, RATE)).isEqualTo(pythonRange(64_000, length, 16_000));
    }

    @Test
    void thePublishedWindowsMissTheLastFullOne() {
        assertThat(PUBLISHED.windows(6 * RATE, RATE)).hasSize(2);
        assertThat(FOUR_SECONDS.windows(6 * RATE, RATE)).hasSize(3);
        assertThat(PUBLISHED.windows(6 * RATE + 1, RATE)).hasSize(3);
    }

    @Test
    void thePublishedWindowsRefuseARecordingOfOneWindow() {
        assertThatThrownBy(() -> PUBLISHED.windows(4 * RATE, RATE))
                .isInstanceOf(ShortRecordingException.class)
                .hasMessageContaining("4.0 s (64000 samples) is shorter than").hasMessageContaining("64001 samples");
        assertThat(PUBLISHED.windows(4 * RATE + 1, RATE)).containsExactly(new WindowSpan(0, 64_000));
    }

    @Test
    void theLongestTrainingRecordingGivesTheLength() {
        FixedLength fitted = PadToLongest.create().fit(TrainingLengths.of(new int[] {100, 250, 30}, RATE));
        assertThat(fitted.windowLength(RATE)).isEqualTo(250);
        assertThat(fitted.windows(30, RATE)).containsExactly(new WindowSpan(0, 250));
        assertThat(fitted.windows(600, RATE)).containsExactly(new WindowSpan(0, 250));
        assertThat(fitted.longRecordings(LongRecordings.SPLIT).windows(600, RATE))
                .containsExactly(new WindowSpan(0, 250), new WindowSpan(250, 250), new WindowSpan(500, 250));
        assertThat(fitted.longRecordings(LongRecordings.SPLIT).windows(500, RATE)).hasSize(2);
        assertThat(fitted.padsFrames()).isFalse();
        assertThat(PadToLongest.create().padding(Padding.ZERO_FRAMES)
                        .fit(TrainingLengths.of(new int[] {1}, RATE)).padsFrames())
                .isTrue();
    }

    @Test
    void aFittedLengthIsOfOneSampleRate() {
        assertThatThrownBy(() -> FixedLength.of(250, RATE).windows(250, 8000))
                .hasMessage("windows of 250 samples at 16000 Hz were asked for at 8000 Hz; read recordings at 16000 Hz,"
                        + " or fit again");
        assertThatThrownBy(() -> FixedLength.of(0, RATE)).hasMessage("samples must be at least 1, but was 0");
        assertThatThrownBy(() -> TrainingLengths.of(new int[0], RATE)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> TrainingLengths.of(new int[] {0}, RATE)).hasMessageContaining("at least one sample");
    }

    @Test
    void aWholeRecordingIsOneWindowOfItsOwnLength() {
        WholeRecording whole = WholeRecording.of(Duration.ofSeconds(2));
        assertThat(whole.windows(50_000, RATE)).containsExactly(new WindowSpan(0, 50_000));
        assertThat(whole.windows(100, RATE)).containsExactly(new WindowSpan(0, 32_000));
        assertThat(whole.windowLength(RATE)).isEqualTo(32_000);
        assertThatThrownBy(() -> whole.shortRecordings(ShortRecordings.REFUSE).windows(100, RATE))
                .isInstanceOf(ShortRecordingException.class);
        assertThatThrownBy(() -> WholeRecording.of(Duration.ZERO))
                .hasMessage("the least length of a whole recording must be above 0 s, but was 0.0 s");
    }

    @Property(tries = 300)
    void aRandomWindowLiesInTheRecording(@ForAll @IntRange(min = 64_000, max = 400_000) int length, @ForAll long seed) {
        RandomWindow windowing = RandomWindow.of(FOUR_SECONDS);
        List<WindowSpan> windows = windowing.trainingWindows(length, RATE, stream(seed));
        assertThat(windows).hasSize(1);
        assertThat(windows.get(0).length()).isEqualTo(64_000);
        assertThat(windows.get(0).start()).isBetween(0, length - 64_000);
        assertThat(windowing.trainingWindows(length, RATE, stream(seed))).isEqualTo(windows);
        assertThat(windowing.windows(length, RATE)).isEqualTo(FOUR_SECONDS.windows(length, RATE));
    }

    @Test
    void allPlacesOfARandomWindowAreEquallyLikely() {
        RandomWindow windowing = RandomWindow.of(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        int[] counts = new int[5];
        for (int seed = 0; seed < 5000; seed++) {
            counts[windowing.trainingWindows(14, 10, stream(seed)).get(0).start()]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(1000 - 142, 1000 + 142);
        }
        assertThat(windowing.trainingWindows(3, 10, stream(1))).containsExactly(new WindowSpan(0, 10));
    }

    @Test
    void descriptionsMakeEqualOnes() {
        Components components = Components.discover();
        for (Windowing windowing : List.of(
                FOUR_SECONDS.shortRecordings(ShortRecordings.DROP),
                PUBLISHED,
                RandomWindow.of(FOUR_SECONDS.shortRecordings(ShortRecordings.REFUSE)),
                WholeRecording.of(Duration.ofSeconds(3)).shortRecordings(ShortRecordings.DROP),
                FixedLength.of(64_000, RATE).padding(Padding.ZERO_FRAMES).longRecordings(LongRecordings.SPLIT))) {
            Windowing again = components.create(Windowing.class, "preprocessing.window", windowing.description());
            assertThat(again.description()).isEqualTo(windowing.description());
            assertThat(again.windows(100_000, RATE)).isEqualTo(windowing.windows(100_000, RATE));
            assertThat(again.draws()).isEqualTo(windowing.draws());
        }
        PadToLongest pad = PadToLongest.create().padding(Padding.ZERO_FRAMES).longRecordings(LongRecordings.SPLIT);
        UnfittedWindowing again = components.create(UnfittedWindowing.class, "preprocessing.window", pad.description());
        assertThat(again.fit(TrainingLengths.of(new int[] {9}, RATE)).description())
                .isEqualTo(pad.fit(TrainingLengths.of(new int[] {9}, RATE)).description());
    }
}
