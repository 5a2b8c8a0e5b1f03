package io.github.spirabr.audio.probe;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.probe.Robustness;
import io.github.spirabr.core.probe.Robustness.Bounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A probe that makes the test recordings louder and softer: does the answer change? The level of a recording depends on
 * the microphone and its distance. Every sample is multiplied by 10^(dB / 20) and not clipped. See {@link Robustness}.
 */
public final class Level implements Probe {

    private static final String TYPE = "level";
    private static final String QUESTION = "Does the answer change if the same recording is louder or softer?";
    static final List<Double> USUAL = List.of(-10.0, 10.0);
    private static final double MOST = 60;

    private final List<Double> decibels;
    private final Bounds bounds;

    private Level(List<Double> decibels, Bounds bounds) {
        this.decibels = decibels;
        this.bounds = bounds;
    }

    /**
     * Returns a probe with these gains.
     *
     * @param decibels gains, at least one, each in [-60, 60] and not 0
     * @param bounds the allowed effects
     */
    public static Level of(List<Double> decibels, Bounds bounds) {
        if (decibels.isEmpty()) {
            throw new InvalidSettingException("decibels", "must have at least one gain, but has none");
        }
        for (double one : decibels) {
            if (!(Math.abs(one) <= MOST) || one == 0) {
                throw new InvalidSettingException("decibels", "each gain must be in [-60, 60] dB and not 0, but was " + one);
            }
        }
        return new Level(List.copyOf(decibels), bounds);
    }

    @Override
    public ProbeResult examine(ProbedModel model) {
        Map<String, ProbedModel.WaveformChange> changes = new LinkedHashMap<>();
        decibels.forEach(gain -> changes.put(
                String.format(Locale.ROOT, "%+.1f dB", gain), (waveform, recording) -> amplified(waveform, gain)));
        return Robustness.examine(model, TYPE, QUESTION, changes, bounds);
    }

    private static Waveform amplified(Waveform waveform, double decibels) {
        double factor = Math.pow(10, decibels / 20);
        float[] samples = waveform.toArray();
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= (float) factor;
        }
        return Waveform.of(samples, waveform.sampleRate());
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("decibels", decibels);
        bounds.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** Registers {@code level}: where wanted {@code decibels} (-10 and 10) and the settings of {@link Bounds}. */
    public static final class Provider extends ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Probe.class, TYPE,
                    SettingsDeclaration.of(Setting.numbers("decibels", "Gains that the recordings are played with; none of them is 0.")
                            .between(-MOST, MOST).unit("dB").byDefault(USUAL)).and(Bounds.settings(false)));
        }

        @Override
        protected Probe create(Settings settings) {
            return of(settings.numbers("decibels"), Bounds.read(settings));
        }
    }
}
