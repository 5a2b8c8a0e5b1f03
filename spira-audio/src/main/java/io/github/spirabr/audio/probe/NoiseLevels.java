package io.github.spirabr.audio.probe;

import io.github.spirabr.audio.augment.EvaluationNoise;
import io.github.spirabr.audio.augment.Noises;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.probe.Robustness;
import io.github.spirabr.core.probe.Robustness.Bounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table of the test set clean and with noise: at each amplitude noise in every recording, and noise in the recordings of
 * controls only. The latter is what unmasked the first SPIRA model, which scored 98 % on clean recordings and 51 % once the
 * controls had the noise of a hospital, too (Casanova et al., Findings of ACL 2021). Noises are added as by {@link
 * EvaluationNoise}. See {@link Robustness}; answers must hold by default.
 */
public final class NoiseLevels implements Probe {

    private static final String TYPE = "noise-levels";
    private static final String QUESTION = "Do the answers hold where there is the noise of a hospital, above all in controls?";
    private static final List<Double> PUBLISHED = List.of(0.0335, 0.1923);
    private static final int MOST_NOISES = 1000;
    private static final long SEED = 42;

    private final Noises noises;
    private final List<Double> amplitudes;
    private final int count;
    private final long seed;
    private final boolean shareNoises;
    private final Bounds bounds;

    private NoiseLevels(
            Noises noises, List<Double> amplitudes, int count, long seed, boolean shareNoises, Bounds bounds) {
        this.noises = noises;
        this.amplitudes = amplitudes;
        this.count = count;
        this.seed = seed;
        this.shareNoises = shareNoises;
        this.bounds = bounds;
    }

    /**
     * Returns a probe with these amplitudes.
     *
     * @param noises noises for evaluation, the second set of {@link Noises#split}
     * @param amplitudes peaks of the noises, linear, at least one, each in [0, 1]
     * @param count number of noises that are added to a recording, 1 to 1000
     * @param bounds the allowed effects
     */
    public static NoiseLevels of(Noises noises, List<Double> amplitudes, int count, Bounds bounds) {
        if (amplitudes.isEmpty()) {
            throw new InvalidSettingException("amplitudes", "must have at least one amplitude, but has none");
        }
        NoiseLevels probe = new NoiseLevels(noises, List.copyOf(amplitudes), count, SEED, false, bounds);
        probe.protocols();
        return probe;
    }

    /** Returns a copy with another seed; by default 42. */
    public NoiseLevels seed(long value) {
        return new NoiseLevels(noises, amplitudes, count, value, shareNoises, bounds);
    }

    /** Returns a copy that knows whether training may have used the same noises; by default not. */
    public NoiseLevels shareNoises(boolean share) {
        return new NoiseLevels(noises, amplitudes, count, seed, share, bounds);
    }

    @Override
    public List<EvaluationProtocol> protocols() {
        List<EvaluationProtocol> protocols = new ArrayList<>();
        for (double amplitude : amplitudes) {
            for (EvaluationNoise.Builder builder : List.of(
                    EvaluationNoise.inEveryRecording(noises, count), EvaluationNoise.acl2021InControls(noises, count))) {
                protocols.add(builder.amplitude(amplitude, amplitude).seed(seed).shareNoises(shareNoises).build());
            }
        }
        return List.copyOf(protocols);
    }

    @Override
    public ProbeResult examine(ProbedModel model) {
        Map<String, ProbedModel.WaveformChange> changes = new LinkedHashMap<>();
        List<EvaluationProtocol> protocols = protocols();
        for (int i = 0; i < protocols.size(); i++) {
            String where = protocols.get(i).readsLabel() ? "controls only" : "every recording";
            changes.put(String.format(Locale.ROOT, "noise of %.4f in %s", amplitudes.get(i / 2), where),
                    protocols.get(i)::apply);
        }
        return Robustness.examine(model, TYPE, QUESTION, changes, bounds);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("noises", noises.name());
        settings.put("noisesSha256", noises.fingerprint());
        settings.put("amplitudes", amplitudes);
        settings.put("count", count);
        settings.put("seed", seed);
        settings.put("shareNoises", shareNoises);
        bounds.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /**
     * Registers {@code noise-levels}: {@code noises}, the name of bound {@link Noises}; where wanted {@code amplitudes}
     * (0.0335 and 0.1923, the published range), {@code count} (1), {@code seed} (42), {@code shareNoises} (false), {@code
     * noisesSha256} and the settings of {@link Bounds}, of which {@code mustHold} is true.
     */
    public static final class Provider extends ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Probe.class, TYPE,
                    Noises.settings("noises").and(
                            Setting.numbers("amplitudes", "Linear amplitudes of the noise, one after the other.").between(0, 1).byDefault(PUBLISHED),
                            Setting.integer("count", "Number of noises that are added to a recording.").between(1, MOST_NOISES).byDefault(1),
                            Setting.longInteger("seed", "Seed from which the noises are drawn.").byDefault(SEED),
                            Setting.truth("shareNoises", "True if training may use these noises, too.").byDefault(false))
                        .and(Bounds.settings(true)));
        }

        @Override
        protected Probe create(Settings settings) {
            Noises noises = Noises.read(settings, "noises");
            return of(noises, settings.numbers("amplitudes"), settings.integer("count"), Bounds.read(settings))
                    .seed(settings.longInteger("seed"))
                    .shareNoises(settings.bool("shareNoises"));
        }
    }
}
