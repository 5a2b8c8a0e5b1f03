package io.github.spirabr.audio.probe;

import io.github.spirabr.audio.quality.AudioInspector;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.probe.MetadataOnly;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeRules;
import java.util.List;

/** {@link MetadataOnly} with the measures of {@link AudioInspector}: duration, levels, clipping, silence, noise, bandwidth. */
public final class AudioMetadataOnly {

    private AudioMetadataOnly() {}

    /** Returns the probe with all columns and all measures. */
    public static MetadataOnly probe() {
        return MetadataOnly.of(AudioInspector::measures);
    }

    /**
     * Registers {@code metadata-only}: where wanted the columns or measures to do it {@code without}, and {@code bound}
     * (0.7).
     */
    public static final class Provider extends ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Probe.class, MetadataOnly.TYPE,
                    Setting.texts("without", "Columns and measures that are left out.").byDefault(List.of()), ProbeRules.BOUND);
        }

        @Override
        protected Probe create(Settings settings) {
            return probe().without(settings.strings("without"))
                    .bound(settings.number("bound"));
        }
    }
}
