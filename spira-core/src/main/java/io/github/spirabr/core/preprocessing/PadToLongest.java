package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.FixedLength.LongRecordings;
import io.github.spirabr.core.preprocessing.FixedLength.Padding;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One window for each recording, as long as the longest recording of the training set; shorter recordings are padded.
 * The length is fitted on the training set alone and stored with the model, as a {@link FixedLength}.
 */
public final class PadToLongest implements UnfittedWindowing {

    private static final String TYPE = "pad-to-longest";

    private final Padding padding;
    private final LongRecordings longRecordings;

    private PadToLongest(Padding padding, LongRecordings longRecordings) {
        this.padding = padding;
        this.longRecordings = longRecordings;
    }

    /** Returns a windowing that pads with silence and cuts recordings longer than every training recording. */
    public static PadToLongest create() {
        return new PadToLongest(Padding.SILENCE, LongRecordings.CUT);
    }

    /** Returns a copy with another padding; zero frames in the publication. */
    public PadToLongest padding(Padding what) {
        return new PadToLongest(what, longRecordings);
    }

    /** Returns a copy with another rule for recordings longer than every training recording. */
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
     * Registers {@code pad-to-longest}, optionally with {@code padding} ({@code silence} or {@code zero-frames}) and
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
