package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One window for each recording, as long as the longest recording of the training side; shorter ones
 * are filled up. The length is learned from the training side alone and is stored with the model, as a
 * {@link FixedLength}.
 */
public final class PadToLongest implements UnfittedWindowing {

    private static final String TYPE = "pad-to-longest";

    private final Padding padding;
    private final LongRecordings longRecordings;

    private PadToLongest(Padding padding, LongRecordings longRecordings) {
        this.padding = padding;
        this.longRecordings = longRecordings;
    }

    /** Pads with silence; what is longer than every training recording is cut. */
    public static PadToLongest create() {
        return new PadToLongest(Padding.SILENCE, LongRecordings.CUT);
    }

    /** Filled up with something else; zero frames as published. */
    public PadToLongest padding(Padding what) {
        return new PadToLongest(what, longRecordings);
    }

    /** With another rule for recordings that are longer than every training recording. */
    public PadToLongest longRecordings(LongRecordings rule) {
        return new PadToLongest(padding, rule);
    }

    @Override
    public FixedLength fit(TrainingLengths lengths) {
        return FixedLength.of(lengths.longest(), lengths.sampleRate()).padding(padding).longRecordings(longRecordings);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("padding", Settings.nameOf(padding));
        settings.put("longRecordings", Settings.nameOf(longRecordings));
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "PadToLongest" + description().settings();
    }

    /**
     * Registers {@code pad-to-longest}, where wanted with {@code padding} ({@code silence} or {@code zero-frames}) and
     * {@code longRecordings} ({@code cut} or {@code split}).
     */
    public static final class Provider extends ComponentProvider<UnfittedWindowing> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(UnfittedWindowing.class, TYPE,
                    FixedLength.PADDING, FixedLength.LONG_RECORDINGS);
        }

        @Override
        protected UnfittedWindowing create(Settings settings) {
            return PadToLongest.create()
                    .padding(settings.choice("padding", Padding.class))
                    .longRecordings(settings.choice("longRecordings", LongRecordings.class));
        }
    }
}
