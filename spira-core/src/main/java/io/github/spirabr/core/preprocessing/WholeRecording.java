package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One window that is as long as the recording, and never shorter than a minimum length. For networks that average over
 * time, such as SpiraConv V4 with pooled frames: others accept windows of one length only. A recording below the
 * minimum length is padded with silence, unless {@link #shortRecordings} sets another rule.
 */
public final class WholeRecording implements Windowing {

    private static final String TYPE = "whole-recording";
    private static final String OWNER = "a whole recording";

    private final Duration atLeast;
    private final ShortRecordings shortRecordings;

    private WholeRecording(Duration atLeast, ShortRecordings shortRecordings) {
        this.atLeast = atLeast;
        this.shortRecordings = shortRecordings;
    }

    /**
     * Returns a windowing of whole recordings that pads short ones.
     *
     * @param atLeast the minimum length of a window, positive; the network must accept it
     */
    public static WholeRecording of(Duration atLeast) {
        Times.requirePositive(OWNER, "least length", atLeast);
        return new WholeRecording(atLeast, ShortRecordings.PAD);
    }

    /** Returns a copy with another rule for recordings below the minimum length. */
    public WholeRecording shortRecordings(ShortRecordings rule) {
        return new WholeRecording(atLeast, rule);
    }

    @Override
    public int windowLength(int sampleRate) {
        return Times.samples(OWNER, "least length", atLeast, sampleRate);
    }

    @Override
    public List<WindowSpan> windows(int length, int sampleRate) {
        int least = windowLength(sampleRate);
        SlidingWindow.refuseShort(length, least, sampleRate, shortRecordings);
        return List.of(new WindowSpan(0, Math.max(length, least)));
    }

    @Override
    public boolean lengthsVary() {
        return true;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("atLeast", Times.seconds(atLeast));
        settings.put("shortRecordings", Settings.nameOf(shortRecordings));
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "WholeRecording" + description().settings();
    }

    /**
     * Registers {@code whole-recording} with setting {@code atLeast} in seconds, and optionally {@code
     * shortRecordings}: {@code pad}, {@code drop} or {@code refuse}.
     */
    public static final class Provider extends ComponentProvider<Windowing> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Windowing.class, TYPE,
                    Setting.seconds("atLeast", "Shortest window; shorter recordings are treated as shortRecordings says.").above(0),
                    Times.SHORT_RECORDINGS);
        }

        @Override
        protected Windowing create(Settings settings) {
            return of(settings.seconds("atLeast"))
                    .shortRecordings(settings.choice("shortRecordings", ShortRecordings.class));
        }
    }
}
