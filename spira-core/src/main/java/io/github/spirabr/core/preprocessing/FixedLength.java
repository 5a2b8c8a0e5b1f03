package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole recording as one window of a fixed length, padded where the recording is shorter. {@link PadToLongest}
 * takes the length from the longest training recording.
 */
public final class FixedLength implements Windowing {

    private static final String TYPE = "fixed-length";
    private static final Setting SAMPLES =
            Setting.integer("samples", "Length of every window.").atLeast(1);
    private static final Setting SAMPLE_RATE =
            Setting.integer("sampleRate", "Sample rate at which the length is counted.").atLeast(1).unit("Hz");
    static final Setting PADDING = Setting.choice("padding", Padding.class,
            "Filling of short recordings: silence before features are made, or frames of zeros after.").byDefault(Padding.SILENCE);
    static final Setting LONG_RECORDINGS = Setting.choice("longRecordings", LongRecordings.class,
            "Treatment of longer recordings: cut off, or split into several windows.").byDefault(LongRecordings.CUT);

    private final int samples;
    private final int sampleRate;
    private final Padding padding;
    private final LongRecordings longRecordings;

    private FixedLength(int samples, int sampleRate, Padding padding, LongRecordings longRecordings) {
        this.samples = samples;
        this.sampleRate = sampleRate;
        this.padding = padding;
        this.longRecordings = longRecordings;
    }

    /**
     * Returns a windowing that pads with silence and cuts longer recordings.
     *
     * @param samples the window's length in samples, at least 1
     * @param sampleRate sample rate, in hertz, at least 1; recordings of another rate are refused
     */
    public static FixedLength of(int samples, int sampleRate) {
        return new FixedLength(SAMPLES.check(samples), SAMPLE_RATE.check(sampleRate), Padding.SILENCE, LongRecordings.CUT);
    }

    /** Returns a copy with another padding. */
    public FixedLength padding(Padding what) {
        return new FixedLength(samples, sampleRate, what, longRecordings);
    }

    /** Returns a copy with another rule for recordings longer than the window. */
    public FixedLength longRecordings(LongRecordings rule) {
        return new FixedLength(samples, sampleRate, padding, rule);
    }

    @Override
    public int windowLength(int rate) {
        if (rate != sampleRate) {
            throw new IllegalArgumentException("windows of " + samples + " samples at " + sampleRate
                    + " Hz were asked for at " + rate + " Hz; read recordings at " + sampleRate + " Hz, or fit again");
        }
        return samples;
    }

    @Override
    public List<WindowSpan> windows(int length, int rate) {
        windowLength(rate);
        List<WindowSpan> spans = new ArrayList<>();
        long start = 0;
        do {
            spans.add(new WindowSpan((int) start, samples));
            start += samples;
        } while (longRecordings == LongRecordings.SPLIT && start < length);
        return List.copyOf(spans);
    }

    @Override
    public boolean padsFrames() {
        return padding == Padding.ZERO_FRAMES;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("samples", samples);
        settings.put("sampleRate", sampleRate);
        settings.put("padding", Settings.nameOf(padding));
        settings.put("longRecordings", Settings.nameOf(longRecordings));
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "FixedLength" + description().settings();
    }

    /**
     * Registers {@code fixed-length} with settings {@code samples} and {@code sampleRate} in hertz, and optionally
     * {@code padding} ({@code silence} or {@code zero-frames}) and {@code longRecordings} ({@code cut} or {@code
     * split}).
     */
    public static final class Provider extends ComponentProvider<Windowing> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Windowing.class, TYPE,
                    SAMPLES, SAMPLE_RATE, PADDING, LONG_RECORDINGS);
        }

        @Override
        protected Windowing create(Settings settings) {
            return FixedLength.of(settings.integer("samples"), settings.integer("sampleRate"))
                    .padding(settings.choice("padding", Padding.class))
                    .longRecordings(settings.choice("longRecordings", LongRecordings.class));
        }
    }

    /** The padding of recordings that are shorter than a window. */
    public enum Padding {
        /** Silence before feature extraction, from which features are extracted like from any other sound. */
        SILENCE,
        /**
         * Frames of zeros after feature extraction, as published; they differ from the features of silence. The recording
         * itself must be long enough for the extractor.
         */
        ZERO_FRAMES
    }

    /** The treatment of recordings that are longer than the one window of a fixed length. */
    public enum LongRecordings {
        /** Uses the beginning of the recording. */
        CUT,
        /** Cuts consecutive windows and pads the last one; the recording's probability is their mean. */
        SPLIT
    }
}
