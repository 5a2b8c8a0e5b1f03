package io.github.spirabr.audio.augment;

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
 * A gain in decibels that is drawn uniformly: every sample is multiplied by 10^(dB /
 * 20). Not clipped. Immutable and thread-safe.
 */
public final class Gain implements Augmentation {

    private static final String TYPE = "gain";
    private static final RangeSettings DECIBELS = RangeSettings.of("decibels", "gain", "dB", -120, 120);

    private final Range decibels;
    private final Chance chance;

    private Gain(Range decibels, Chance chance) {
        this.decibels = decibels;
        this.chance = chance;
    }

    /**
     * Returns a gain that is drawn from a range.
     *
     * @param minDecibels -120 to 120; negative is softer
     * @param maxDecibels not below minDecibels, at most 120
     */
    public static Gain of(double minDecibels, double maxDecibels) {
        return new Gain(DECIBELS.range(minDecibels, maxDecibels), Chance.ALWAYS);
    }

    /** Returns a copy that changes some recordings only, by this probability: 0 to 1; by default 1. */
    public Gain probability(double probability) {
        return new Gain(decibels, Chance.of(probability));
    }

    @Override
    public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
        if (!chance.comes(random)) {
            return waveform;
        }
        double factor = Math.pow(10, decibels.draw(random) / 20);
        float[] samples = waveform.toArray();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (samples[i] * factor);
        }
        return Waveform.of(samples, waveform.sampleRate());
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        decibels.describe("decibels", settings);
        chance.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "Gain" + description().settings();
    }

    /** Registers {@code gain} with settings {@code decibels.min}, {@code decibels.max} and, where wanted, {@code probability}. */
    public static final class Provider extends ComponentProvider<Augmentation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Augmentation.class, TYPE,
                    DECIBELS.declaration().and(Chance.SETTING));
        }

        @Override
        protected Augmentation create(Settings settings) {
            return Gain.of(settings.number("decibels.min"), settings.number("decibels.max"))
                    .probability(Chance.read(settings));
        }
    }
}
