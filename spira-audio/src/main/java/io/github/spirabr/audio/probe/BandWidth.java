package io.github.spirabr.audio.probe;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.ProbeResult;
import io.github.spirabr.core.pipeline.Probe;
import io.github.spirabr.core.pipeline.ProbedModel;
import io.github.spirabr.core.probe.Robustness;
import io.github.spirabr.core.probe.Robustness.Bounds;
import io.github.spirabr.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes frequencies away from the test recordings, as other microphones and telephones do: does the answer change? The
 * telephone's band is 300 to 3400 Hz; low-pass filters take away what is above a frequency. See {@link Robustness}.
 */
public final class BandWidth implements Probe {

    private static final String TYPE = "band-width";
    private static final String QUESTION = "Does the answer change if the microphone or the line takes frequencies away?";
    private static final List<Double> USUAL = List.of(3000.0);
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
     * @param lowPass frequencies above which nothing is left, in hertz, at least 100 and below half the sample rate
     * @param telephone whether there is a telephone, too
     * @param bounds what is allowed
     */
    public static BandWidth of(List<Double> lowPass, boolean telephone, Bounds bounds) {
        if (lowPass.isEmpty() && !telephone) {
            throw new InvalidSettingException("lowPass", "there are none, and no telephone; give at least one of them");
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
        Map<String, ProbedModel.WaveformChange> changes = new LinkedHashMap<>();
        if (telephone) {
            changes.put("telephone, 300 to 3400 Hz", BandWidth::telephone);
        }
        lowPass.forEach(cutoff -> changes.put(String.format(Locale.ROOT, "nothing above %.0f Hz", cutoff),
                (waveform, recording) -> below(waveform, recording, cutoff)));
        return Robustness.examine(model, TYPE, QUESTION, changes, bounds);
    }

    private static Waveform below(Waveform waveform, Recording recording, double cutoff) {
        requireRate(waveform, recording, cutoff);
        return Waveform.of(
                Resampling.lowPass(waveform.toArray(), waveform.sampleRate(), cutoff), waveform.sampleRate());
    }

    private static Waveform telephone(Waveform waveform, Recording recording) {
        requireRate(waveform, recording, TELEPHONE_HIGH);
        int rate = waveform.sampleRate();
        float[] below = Resampling.lowPass(waveform.toArray(), rate, TELEPHONE_HIGH);
        float[] low = Resampling.lowPass(below, rate, TELEPHONE_LOW);
        for (int i = 0; i < below.length; i++) {
            below[i] -= low[i];
        }
        return Waveform.of(below, rate);
    }

    private static void requireRate(Waveform waveform, Recording recording, double cutoff) {
        if (cutoff >= waveform.sampleRate() / 2.0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "recording %s has %d Hz, so that the probe %s cannot take away what is above %.0f Hz; give lowPass below"
                            + " %.0f Hz, or leave the telephone out",
                    recording.id(), waveform.sampleRate(), TYPE, cutoff, waveform.sampleRate() / 2.0));
        }
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
    public static final class Provider implements ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public Class<Probe> port() {
            return Probe.class;
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Probe create(Settings settings) {
            return of(Numbers.read(settings, "lowPass", USUAL), settings.bool("telephone", true),
                    Bounds.read(settings, false));
        }
    }
}
