package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Windows of one length, one every step, from the beginning on. Every full window counts, the last
 * one included; a rest shorter than a step past the last full window is left out. A recording shorter
 * than one window gives one window, filled up with silence.
 *
 * <p>For a recording of L samples, a window of W and a step of S: 1 + floor((L - W) / S) windows where
 * L ≥ W, otherwise 1.
 */
public final class SlidingWindow implements Windowing {

    private static final String TYPE = "sliding-window";

    private final Duration length;
    private final Duration step;

    private SlidingWindow(Duration length, Duration step) {
        this.length = length;
        this.step = step;
    }

    /**
     * @param length of each window, positive
     * @param step from one window's start to the next one's, positive
     */
    public static SlidingWindow of(Duration length, Duration step) {
        requirePositive("length", length);
        requirePositive("step", step);
        return new SlidingWindow(length, step);
    }

    @Override
    public int windowLength(int sampleRate) {
        return samples("length", length, sampleRate);
    }

    @Override
    public List<WindowSpan> windows(int recordingLength, int sampleRate) {
        int window = windowLength(sampleRate);
        int hop = samples("step", step, sampleRate);
        List<WindowSpan> spans = new ArrayList<>();
        long start = 0;
        do {
            spans.add(new WindowSpan((int) start, window));
            start += hop;
        } while (start + window <= recordingLength);
        return List.copyOf(spans);
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of("length", seconds(length), "step", seconds(step)));
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "the " + name + " of a sliding window must be above 0 s, but was " + seconds(value) + " s");
        }
    }

    private static int samples(String name, Duration duration, int sampleRate) {
        long samples = Math.round(seconds(duration) * sampleRate);
        if (samples < 1 || samples > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the " + name + " of a sliding window, " + seconds(duration) + " s, is "
                    + samples + " samples at " + sampleRate + " Hz; it must be between 1 and " + Integer.MAX_VALUE);
        }
        return (int) samples;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Registers {@code sliding-window} with settings {@code length} and {@code step} in seconds. */
    public static final class Provider implements ComponentProvider<Windowing> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public Class<Windowing> port() {
            return Windowing.class;
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Windowing create(Settings settings) {
            return SlidingWindow.of(duration(settings.number("length")), duration(settings.number("step")));
        }

        private static Duration duration(double seconds) {
            return Duration.ofNanos(Math.round(seconds * 1e9));
        }
    }
}
