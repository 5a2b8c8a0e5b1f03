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
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.probe.Robustness;
import io.github.spirabr.core.probe.Robustness.Bounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A probe that encodes the test recordings anew and decodes them: does the answer change? See {@link Robustness}.
 *
 * <ul>
 *   <li>{@code mu-law}: 8000 Hz and eight bits a sample by the law of ITU-T G.711, the codec of telephone networks;
 *   <li>{@code 8-bit}: 256 even levels at the recording's own rate;
 *   <li>{@code 8khz}: 8000 Hz and back, which changes nothing for recordings of that rate or less.
 * </ul>
 *
 * <p>Codecs that model hearing, such as MP3 and Opus, are not among them.
 */
public final class Codec implements Probe {

    private static final String TYPE = "codec";
    private static final String QUESTION = "Does the answer change if the same recording is encoded anew?";
    private static final int TELEPHONE_RATE = 8000;
    /** The share of half the rate up to which the response is flat. */
    private static final double FLAT_TO = 0.95;
    private static final Map<String, UnaryOperator<Waveform>> KNOWN = known();

    private final List<String> codecs;
    private final Bounds bounds;

    private Codec(List<String> codecs, Bounds bounds) {
        this.codecs = codecs;
        this.bounds = bounds;
    }

    private static Map<String, UnaryOperator<Waveform>> known() {
        Map<String, UnaryOperator<Waveform>> known = new LinkedHashMap<>();
        known.put("mu-law", waveform -> atTelephoneRate(waveform, true));
        known.put("8-bit", Codec::eightBits);
        known.put("8khz", waveform -> atTelephoneRate(waveform, false));
        return known;
    }

    /** Returns the probe with all of these codecs. */
    public static Codec all(Bounds bounds) {
        return of(List.copyOf(KNOWN.keySet()), bounds);
    }

    /**
     * Returns a probe with these codecs.
     *
     * @param codecs codecs, by name, at least one
     * @param bounds the allowed effects
     */
    public static Codec of(List<String> codecs, Bounds bounds) {
        if (codecs.isEmpty()) {
            throw new InvalidSettingException("codecs", "must name at least one, but is empty; known are " + KNOWN.keySet());
        }
        for (String codec : codecs) {
            if (!KNOWN.containsKey(codec)) {
                throw new InvalidSettingException("codecs", "'" + codec + "' is not known; known are " + KNOWN.keySet());
            }
        }
        return new Codec(List.copyOf(codecs), bounds);
    }

    @Override
    public ProbeResult examine(ProbedModel model) {
        Map<String, ProbedModel.WaveformChange> changes = new LinkedHashMap<>();
        codecs.forEach(codec -> changes.put(codec, (waveform, recording) -> encoded(waveform, codec)));
        return Robustness.examine(model, TYPE, QUESTION, changes, bounds);
    }

    static Waveform encoded(Waveform waveform, String codec) {
        return KNOWN.getOrDefault(codec, UnaryOperator.identity()).apply(waveform);
    }

    private static Waveform eightBits(Waveform waveform) {
        float[] samples = waveform.toArray();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Companding.eightBits(samples[i]);
        }
        return Waveform.of(samples, waveform.sampleRate());
    }

    private static Waveform atTelephoneRate(Waveform waveform, boolean companded) {
        int rate = waveform.sampleRate();
        boolean resampled = rate > TELEPHONE_RATE;
        double cutoff = FLAT_TO * TELEPHONE_RATE / 2;
        float[] samples = resampled
                ? SincResampler.between(rate, TELEPHONE_RATE, cutoff).resample(waveform.toArray())
                : waveform.toArray();
        for (int i = 0; companded && i < samples.length; i++) {
            samples[i] = Companding.muLaw(samples[i]);
        }
        if (!resampled) {
            return Waveform.of(samples, rate);
        }
        // Rounding may make it a sample longer or shorter than it was.
        float[] back = new float[waveform.length()];
        float[] again = SincResampler.between(TELEPHONE_RATE, rate, cutoff).resample(samples);
        System.arraycopy(again, 0, back, 0, Math.min(back.length, again.length));
        return Waveform.of(back, rate);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("codecs", codecs);
        bounds.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /**
     * Registers {@code codec}: where wanted {@code codecs} ({@code mu-law}, {@code 8-bit}, {@code 8khz}; all by default) and
     * the settings of {@link Bounds}.
     */
    public static final class Provider extends ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Probe.class, TYPE,
                    SettingsDeclaration.of(Setting.texts("codecs", "Codecs that the recordings are encoded with: mu-law, 8-bit or 8khz.")
                            .byDefault(List.copyOf(KNOWN.keySet()))).and(Bounds.settings(false)));
        }

        @Override
        protected Probe create(Settings settings) {
            return of(settings.strings("codecs"), Bounds.read(settings));
        }
    }
}
