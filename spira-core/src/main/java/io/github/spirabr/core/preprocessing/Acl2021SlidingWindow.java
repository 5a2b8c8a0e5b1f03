package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The windows of SPIRA-ACL2021 as its loop cut them: a window whose end is the recording's end is missing, and a
 * recording of one window or less is refused. For comparison with published metrics only; use {@link SlidingWindow}
 * otherwise.
 *
 * <p>For a recording of L samples, a window of W and a step of S: ceil((L - W) / S) windows where L > W.
 */
public final class Acl2021SlidingWindow implements Windowing {

    private static final String TYPE = "acl2021-sliding-window";
    private static final String OWNER = "a sliding window";

    private final Duration length;
    private final Duration step;

    private Acl2021SlidingWindow(Duration length, Duration step) {
        this.length = length;
        this.step = step;
    }

    /**
     * Returns windows of one length.
     *
     * @param length length of each window, positive; 3, 4 or 5 s in the publication
     * @param step distance between the starts of two windows, positive; 1 s in the publication
     */
    public static Acl2021SlidingWindow of(Duration length, Duration step) {
        Times.requirePositive(OWNER, "length", length);
        Times.requirePositive(OWNER, "step", step);
        return new Acl2021SlidingWindow(length, step);
    }

    @Override
    public int windowLength(int sampleRate) {
        return Times.samples(OWNER, "length", length, sampleRate);
    }

    @Override
    public List<WindowSpan> windows(int recordingLength, int sampleRate) {
        int window = windowLength(sampleRate);
        int hop = Times.samples(OWNER, "step", step, sampleRate);
        if (recordingLength <= window) {
            throw new ShortRecordingException(recordingLength, window + 1L, sampleRate, false);
        }
        List<WindowSpan> spans = new ArrayList<>();
        for (long end = window; end < recordingLength; end += hop) {
            spans.add(new WindowSpan((int) (end - window), window));
        }
        return List.copyOf(spans);
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of("length", Times.seconds(length), "step", Times.seconds(step)));
    }

    @Override
    public String toString() {
        return "Acl2021SlidingWindow" + description().settings();
    }

    /** Registers {@code acl2021-sliding-window} with settings {@code length} and {@code step} in seconds. */
    public static final class Provider extends ComponentProvider<Windowing> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Windowing.class, TYPE,
                    Times.LENGTH, Times.STEP);
        }

        @Override
        protected Windowing create(Settings settings) {
            return Acl2021SlidingWindow.of(settings.seconds("length"), settings.seconds("step"));
        }
    }
}
