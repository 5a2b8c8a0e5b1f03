package io.github.spirabr.audio.augment;

import io.github.spirabr.audio.internal.SincResampler;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Faster or slower playback by a factor drawn uniformly, as of a tape: time and pitch change together (Ko et
 * al., "Audio augmentation for speech recognition", Interspeech 2015, who used 0.9 to 1.1). This is what torchaudio
 * calls speed; the time stretching and pitch shifting of other libraries change only one of the two. A recording of L
 * samples gets round(L / factor), at least one, of them.
 *
 * <p>Samples between samples are had by a sinc of 16 zero crossings on either side under a Hann window; for factors
 * above 1 it is as much wider, so that what would lie above half the sample rate is filtered out. What lies past the
 * ends counts as silence. Immutable and thread-safe.
 */
public final class SpeedChange implements Augmentation {

    private static final String TYPE = "speed-change";
    private static final RangeSettings FACTOR = RangeSettings.of("factor", "speed as a factor", "", 0.25, 4);

    private final Range factor;
    private final Chance chance;

    private SpeedChange(Range factor, Chance chance) {
        this.factor = factor;
        this.chance = chance;
    }

    /**
     * Returns a change of speed that is drawn from a range.
     *
     * @param min 0.25 to 4; below 1 is slower and lower
     * @param max not below min, at most 4
     */
    public static SpeedChange of(double min, double max) {
        return new SpeedChange(FACTOR.range(min, max), Chance.ALWAYS);
    }

    /** Returns a copy that changes some recordings only, by this probability: 0 to 1; by default 1. */
    public SpeedChange probability(double probability) {
        return new SpeedChange(factor, Chance.of(probability));
    }

    @Override
    public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
        if (!chance.comes(random)) {
            return waveform;
        }
        return Waveform.of(SincResampler.atSpeed(waveform.toArray(), factor.draw(random)), waveform.sampleRate());
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        factor.describe("factor", settings);
        chance.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "SpeedChange" + description().settings();
    }

    /** Registers {@code speed-change}. */
    public static final class Provider extends ComponentProvider<Augmentation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Augmentation.class, TYPE,
                    FACTOR.declaration().and(Chance.SETTING));
        }

        @Override
        protected Augmentation create(Settings settings) {
            return SpeedChange.of(settings.number("factor.min"), settings.number("factor.max"))
                    .probability(Chance.read(settings));
        }
    }
}
