package io.github.spirabr.audio.probe;

import io.github.spirabr.audio.internal.SincResampler;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.probe.Robustness;
import io.github.spirabr.core.probe.Robustness.Bounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A probe that takes frequencies away from the test recordings, as other microphones and telephones do: does the answer
 * change? The telephone's band is 300 to 3400 Hz; low-pass filters take away all frequencies above one. See {@link
 * Robustness}.
 */
public final class BandWidth implements Probe {

    private static final String TYPE = "band-width";
    private static final String QUESTION = "Does the answer change if the microphone or the line takes frequencies away?";
    static final List<Double> USUAL = List.of(3000.0);
    private static final double TELEPHONE_LOW = 300;
    private static final double TELEPHONE_HIGH = 3400;
    private static final double LOWEST = 100;

    private final List<Double> lowPass;
    private final boolean telephone;
    private final Bounds bounds;

    private BandWidth(List<Double> lowPass, boolean telephone, Bounds bounds) {
        this.lowPass = lowPass;
        this.telephone = telephone;
        this.bounds = bounds;
    }

    /**
     * Returns a probe with these filters.
     *
     * @param lowPass frequencies above which nothing is left, in hertz, at least 100; those that are not below half the
     *     sample rate are left out
     * @param telephone whether there is a telephone, too
     * @param bounds the allowed effects
     */
    public static BandWidth of(List<Double> lowPass, boolean telephone, Bounds bounds) {
        if (lowPass.isEmpty() && !telephone) {
            throw new InvalidSettingException("lowPass", "must have at least one cutoff if telephone is false, but has none");
        }
        for (double one : lowPass) {
            if (!(one >= LOWEST)) {
                throw new InvalidSettingException("lowPass", one + " is below 100; frequencies are hertz");
            }
        }
        return new BandWidth(List.copyOf(lowPass), telephone, bounds);
    }

    @Override
    public ProbeResult examine(ProbedModel model) {
        double half = model.read(model.split().test().recordings().get(0)).sampleRate() / 2.0;
        Map<String, ProbedModel.WaveformChange> changes = new LinkedHashMap<>();
        if (telephone && TELEPHONE_HIGH < half) {
            changes.put("telephone, 300 to 3400 Hz", (waveform, recording) -> telephone(waveform));
        }
        lowPass.stream().filter(cutoff -> cutoff < half).forEach(cutoff -> changes.put(
                String.format(Locale.ROOT, "nothing above %.0f Hz", cutoff), (waveform, recording) -> below(waveform, cutoff)));
        if (changes.isEmpty()) {
            return new ProbeResult(TYPE, QUESTION, Verdict.INCONCLUSIVE, String.format(Locale.ROOT,
                    "The model uses no frequencies above %.0f Hz, so that there is nothing to remove.", half), List.of());
        }
        return Robustness.examine(model, TYPE, QUESTION, changes, bounds);
    }

    private static Waveform below(Waveform waveform, double cutoff) {
        return Waveform.of(lowPass(waveform.toArray(), waveform.sampleRate(), cutoff), waveform.sampleRate());
    }

    private static float[] lowPass(float[] samples, int rate, double cutoff) {
        return SincResampler.between(rate, rate, cutoff).resample(samples);
    }

    private static Waveform telephone(Waveform waveform) {
        int rate = waveform.sampleRate();
        float[] below = lowPass(waveform.toArray(), rate, TELEPHONE_HIGH);
        float[] low = lowPass(below, rate, TELEPHONE_LOW);
        for (int i = 0; i < below.length; i++) {
            below[i] -= low[i];
        }
        return Waveform.of(below, rate);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("lowPass", lowPass);
        settings.put("telephone", telephone);
        bounds.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /**
     * Registers {@code band-width}: where wanted {@code lowPass} (3000), {@code telephone} (true) and the settings of {@link
     * Bounds}.
     */
    public static final class Provider extends ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Probe.class, TYPE,
                    SettingsDeclaration.of(
                                    Setting.numbers("lowPass", "Frequencies above which everything is cut off, one after the other.")
                                            .atLeast(LOWEST).unit("Hz").byDefault(USUAL),
                                    Setting.truth("telephone", "Whether the band of a telephone, 300 to 3400 Hz, is tried as well.").byDefault(true))
                            .and(Bounds.settings(false)));
        }

        @Override
        protected Probe create(Settings settings) {
            return of(settings.numbers("lowPass"), settings.bool("telephone"), Bounds.read(settings));
        }
    }
}
