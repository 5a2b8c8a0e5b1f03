package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Windows of one length at a constant step, from the beginning of the recording. Every full window counts, including
 * the last one; a remainder shorter than a step after the last full window is left out. A recording shorter than one
 * window gives one window, padded with silence, unless {@link #shortRecordings} sets another rule.
 *
 * <p>For a recording of L samples, a window of W and a step of S: 1 + floor((L - W) / S) windows where L ≥ W, otherwise
 * 1.
 */
public final class SlidingWindow implements Windowing {

    private static final String TYPE = "sliding-window";
    private static final String OWNER = "a sliding window";
    static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            Times.LENGTH,
            Times.STEP,
            Times.SHORT_RECORDINGS);

    private final Duration length;
    private final Duration step;
    private final ShortRecordings shortRecordings;

    private SlidingWindow(Duration length, Duration step, ShortRecordings shortRecordings) {
        this.length = length;
        this.step = step;
        this.shortRecordings = shortRecordings;
    }

    /**
     * Returns a windowing that pads recordings shorter than one window.
     *
     * @param length length of each window, positive
     * @param step distance between the starts of two windows, positive
     */
    public static SlidingWindow of(Duration length, Duration step) {
        Times.requirePositive(OWNER, "length", length);
        Times.requirePositive(OWNER, "step", step);
        return new SlidingWindow(length, step, ShortRecordings.PAD);
    }

    /** Returns a copy with another rule for recordings shorter than one window. */
    public SlidingWindow shortRecordings(ShortRecordings rule) {
        return new SlidingWindow(length, step, rule);
    }

    @Override
    public int windowLength(int sampleRate) {
        return Times.samples(OWNER, "length", length, sampleRate);
    }

    @Override
    public List<WindowSpan> windows(int recordingLength, int sampleRate) {
        int window = windowLength(sampleRate);
        refuseShort(recordingLength, window, sampleRate, shortRecordings);
        int hop = Times.samples(OWNER, "step", step, sampleRate);
        List<WindowSpan> spans = new ArrayList<>();
        long start = 0;
        do {
            spans.add(new WindowSpan((int) start, window));
            start += hop;
        } while (start + window <= recordingLength);
        return List.copyOf(spans);
    }

    static void refuseShort(int length, int window, int sampleRate, ShortRecordings rule) {
        if (length < window && rule != ShortRecordings.PAD) {
            throw new ShortRecordingException(length, window, sampleRate, rule == ShortRecordings.DROP);
        }
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, settings());
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("length", Times.seconds(length));
        settings.put("step", Times.seconds(step));
        settings.put("shortRecordings", Settings.nameOf(shortRecordings));
        return settings;
    }

    static SlidingWindow create(Settings settings) {
        return of(settings.seconds("length"), settings.seconds("step"))
                .shortRecordings(settings.choice("shortRecordings", ShortRecordings.class));
    }

    ShortRecordings shortRecordings() {
        return shortRecordings;
    }

    @Override
    public String toString() {
        return "SlidingWindow" + settings();
    }

    /**
     * Registers {@code sliding-window} with settings {@code length} and {@code step} in seconds, and optionally {@code
     * shortRecordings}: {@code pad}, {@code drop} or {@code refuse}.
     */
    public static final class Provider extends ComponentProvider<Windowing> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Windowing.class, TYPE,
                    SETTINGS);
        }

        @Override
        protected Windowing create(Settings settings) {
            return SlidingWindow.create(settings);
        }
    }
}
