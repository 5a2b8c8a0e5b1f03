package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.preprocessing.ShortRecordingException;
import io.github.spirabr.core.preprocessing.WindowSpan;
import io.github.spirabr.core.preprocessing.Windowing;
import io.github.spirabr.core.random.RandomStreams;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Contract of every {@link Windowing}: at least one window, all of the promised length and in time order, each with at
 * least one sample of the recording; the only refusal is that of a recording shorter than a window, and training and
 * evaluation refuse the same ones; it draws in training alone, and only if it says so, from the stream that it is
 * handed, whatever other threads do; and it is made again from its settings.
 */
public abstract class WindowingContract extends ComponentContract<Windowing> {

    /** Called by the test that extends this. */
    protected WindowingContract() {
        super(Windowing.class);
    }

    /** Rates of the recordings that are cut, in hertz; by default 8, 16 and 44.1 kHz. */
    protected Arbitrary<Integer> sampleRates() {
        return Arbitraries.of(8_000, 16_000, 44_100);
    }

    /**
     * The shortest recording, in samples, that must not be refused; by default one of exactly one window. Where shorter
     * ones are padded, that shows by itself.
     *
     * @param sampleRate sample rate, in hertz
     */
    protected int shortestRecording(int sampleRate) {
        return create().windowLength(sampleRate);
    }

    @Provide
    Arbitrary<Integer> rates() {
        return sampleRates();
    }

    /** Lengths around those of windows, up to four of them. */
    @Provide
    Arbitrary<Double> lengths() {
        return Arbitraries.oneOf(Arbitraries.doubles().between(0, 4), Arbitraries.of(0.0, 0.5, 1.0, 2.0, 3.0));
    }

    @Property(tries = 200)
    void windowsHaveTheirLengthAndOrder(
            @ForAll("rates") int rate, @ForAll("lengths") double inWindows, @ForAll long seed) {
        Windowing part = create();
        int length = length(part, rate, inWindows);
        cut(() -> part.windows(length, rate)).ifPresent(windows -> assertWindows(windows, part, length, rate));
        cut(() -> training(part, length, rate, seed)).ifPresent(windows -> assertWindows(windows, part, length, rate));
    }

    @Property(tries = 200)
    void onlyAndAlwaysTheSameShortRecordingsAreRefused(
            @ForAll("rates") int rate, @ForAll("lengths") double inWindows, @ForAll long seed) {
        Windowing part = create();
        int length = length(part, rate, inWindows);
        boolean refused = cut(() -> part.windows(length, rate)).isEmpty();
        assertThat(cut(() -> training(part, length, rate, seed)).isEmpty())
                .as("whether training refuses a recording of %d samples", length)
                .isEqualTo(refused);
        if (refused) {
            assertThat(length).as("samples of a refused recording").isLessThan(shortestRecording(rate));
        }
    }

    @Property(tries = 200)
    void theSameStreamGivesTheSameWindows(
            @ForAll("rates") int rate, @ForAll("lengths") double inWindows, @ForAll long seed) {
        Windowing part = create();
        int length = length(part, rate, inWindows);
        Optional<List<WindowSpan>> first = cut(() -> training(part, length, rate, seed));
        cut(() -> training(part, length, rate, seed + 1));
        assertThat(cut(() -> training(part, length, rate, seed))).isEqualTo(first);
        assertThat(cut(() -> training(recreate(), length, rate, seed))).isEqualTo(first);
        assertThat(cut(() -> recreate().windows(length, rate))).isEqualTo(cut(() -> part.windows(length, rate)));
        if (!part.draws()) {
            assertThat(first)
                    .as("windows in training, which are not drawn")
                    .isEqualTo(cut(() -> part.windows(length, rate)));
        }
    }

    @Property(tries = 10)
    void eightThreadsGetTheWindowsOfOne(@ForAll("rates") int rate, @ForAll("lengths") double inWindows) {
        Windowing part = create();
        int length = length(part, rate, inWindows);
        List<List<Optional<List<WindowSpan>>>> together =
                Together.work(Together.THREADS, i -> cut(() -> training(part, length, rate, i)));
        List<Optional<List<WindowSpan>>> alone = IntStream.range(0, Together.THREADS)
                .mapToObj(i -> cut(() -> training(part, length, rate, i)))
                .toList();
        assertThat(together).allSatisfy(ofThread -> assertThat(ofThread).isEqualTo(alone));
    }

    private static int length(Windowing part, int rate, double inWindows) {
        return Math.max(1, (int) Math.round(inWindows * part.windowLength(rate)));
    }

    /** The windows; empty if the recording is refused for its length. */
    private static Optional<List<WindowSpan>> cut(Supplier<List<WindowSpan>> windows) {
        try {
            return Optional.of(windows.get());
        } catch (ShortRecordingException e) {
            return Optional.empty();
        }
    }

    private static List<WindowSpan> training(Windowing part, int length, int rate, long seed) {
        return part.trainingWindows(length, rate, new RandomStreams(seed).stream("contract", 1, "r"));
    }

    private static void assertWindows(List<WindowSpan> windows, Windowing part, int length, int rate) {
        assertThat(windows).isNotEmpty().allSatisfy(window -> {
            if (part.lengthsVary()) {
                assertThat(window.length()).as("samples of " + window).isGreaterThanOrEqualTo(part.windowLength(rate));
            } else {
                assertThat(window.length()).as("samples of " + window).isEqualTo(part.windowLength(rate));
            }
            assertThat(window.start()).as("start of " + window + ", of " + length + " samples").isLessThan(length);
        });
        assertThat(windows).extracting(WindowSpan::start).as("starts").isSorted();
    }
}
