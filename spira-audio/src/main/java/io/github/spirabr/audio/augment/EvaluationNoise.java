package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Noise in evaluation recordings, drawn from a stream that depends on the protocol's seed and the recording alone, so
 * that all experiments get the same noise. Two protocols:
 *
 * <ul>
 *   <li>{@link #inEveryRecording}: as many noises in each recording, whatever its label.
 *   <li>{@link #acl2021InControls}: noise in controls only. The accuracy of 87.04 % that SPIRA-ACL2021 published was
 *       measured so, with one noise. Who does not know the label cannot do the same, and a model that knows noise from
 *       silence has an easier task; this exists to compare with what was published.
 * </ul>
 *
 * <p>Noises are scaled as by {@link NoiseInsertion}. Immutable and thread-safe.
 */
public final class EvaluationNoise implements EvaluationProtocol {

    private static final String IN_CONTROLS = "acl2021-noise-in-controls";
    private static final String IN_EVERY_RECORDING = "noise-in-every-recording";
    private static final long SEED = 42;
    private static final Setting COUNT = Setting.integer("count", "Number of noises that are added to a recording.")
            .between(1, NoiseInsertion.MAX_COUNT);
    private static final SettingsDeclaration SETTINGS = Noises.settings("noises").and(NoiseInsertion.MIXING).and(
            COUNT,
            Setting.longInteger("seed", "Seed from which noises and amplitudes are drawn.").byDefault(SEED),
            Setting.truth("shareNoises", "True if training may use these noises, too.").byDefault(false));

    private final String type;
    private final NoiseInsertion insertion;
    private final int count;
    private final long seed;
    private final boolean shareNoises;

    private EvaluationNoise(String type, NoiseInsertion insertion, int count, long seed, boolean shareNoises) {
        this.type = type;
        this.insertion = insertion;
        this.count = count;
        this.seed = seed;
        this.shareNoises = shareNoises;
    }

    /**
     * Returns a builder of the published protocol: noise in controls only, and therefore in no recording whose label is to be
     * found.
     *
     * @param noises noises for evaluation, the second set of {@link Noises#split}
     * @param count number of noises for each control's recording, 1 to 1000; 1 as published
     */
    public static Builder acl2021InControls(Noises noises, int count) {
        return new Builder(IN_CONTROLS, noises, count);
    }

    /**
     * Returns a builder of the protocol that anybody can repeat: as many noises in every recording.
     *
     * @param noises noises for evaluation, the second set of {@link Noises#split}
     * @param count number of noises for each recording, 1 to 1000
     */
    public static Builder inEveryRecording(Noises noises, int count) {
        return new Builder(IN_EVERY_RECORDING, noises, count);
    }

    /** Returns a builder with the settings of this protocol. */
    public Builder toBuilder() {
        return new Builder(type, count, insertion.toBuilder()).seed(seed).shareNoises(shareNoises);
    }

    @Override
    public Waveform apply(Waveform waveform, Recording recording) {
        return insertion.augment(
                waveform, recording, new RandomStreams(seed).stream("evaluation noise", 0, recording.id()));
    }

    @Override
    public boolean readsLabel() {
        return type.equals(IN_CONTROLS);
    }

    @Override
    public String disclosure() {
        String noises = count == 1 ? "one noise" : count + " noises";
        return readsLabel()
                ? "Measured with " + noises + " added to the recordings of controls only, as SPIRA-ACL2021 did: this needs"
                        + " the labels, so that no prediction can be made under the same conditions."
                : "Measured with " + noises + " added to every recording.";
    }

    @Override
    public Map<String, String> material() {
        return insertion.material();
    }

    @Override
    public Map<String, Waveform> sounds() {
        return insertion.sounds();
    }

    @Override
    public boolean mayShareMaterial() {
        return shareNoises;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>(insertion.settings());
        settings.remove("perControl");
        settings.remove("perPatient");
        settings.put("count", count);
        settings.put("seed", seed);
        settings.put("shareNoises", shareNoises);
        return new ComponentDescription(type, settings);
    }

    @Override
    public String toString() {
        return "EvaluationNoise[" + type + ", " + description().settings() + "]";
    }

    /** Settings of an {@link EvaluationNoise}. Not thread-safe. */
    public static final class Builder {

        private final String type;
        private final int count;
        private final NoiseInsertion.Builder insertion;
        private long seed = SEED;
        private boolean shareNoises = false;

        private Builder(String type, int count, NoiseInsertion.Builder insertion) {
            this.type = type;
            this.count = count;
            this.insertion = insertion;
        }

        private Builder(String type, Noises noises, int count) {
            this(type, COUNT.check(count), NoiseInsertion.builder());
            insertion.noises(noises.requireForEvaluation()).perControl(count).perPatient(type.equals(IN_CONTROLS) ? 0 : count);
        }

        /** Sets the least and the greatest peak of a noise, linear: 0 to 1. Must be given. */
        public Builder amplitude(double min, double max) {
            insertion.amplitude(min, max);
            return this;
        }

        /** Sets the level that is brought to the drawn amplitude; by default the peak. */
        public Builder scaling(NoiseScaling scaling) {
            insertion.scaling(scaling);
            return this;
        }

        /** Sets the treatment of noises that are shorter than the recording; by default they are looped. */
        public Builder shortNoise(ShortNoise rule) {
            insertion.shortNoise(rule);
            return this;
        }

        /** Sets the protocol's seed, which is not the run's; by default 42. Another seed is another test. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Sets whether training may have used the same noises; by default not. */
        public Builder shareNoises(boolean share) {
            this.shareNoises = share;
            return this;
        }

        /**
         * Returns the protocol.
         *
         * @throws io.github.spirabr.core.MissingPartsException if no amplitude was given
         * @throws io.github.spirabr.core.preprocessing.PreprocessingException if a noise cannot be scaled
         */
        public EvaluationNoise build() {
            return new EvaluationNoise(type, insertion.build(), count, seed, shareNoises);
        }
    }

    private static EvaluationProtocol create(String type, Settings settings) {
        Builder builder = new Builder(type, Noises.read(settings, "noises"), settings.integer("count"));
        builder.insertion.read(settings);
        builder.shareNoises(settings.bool("shareNoises"));
        return builder.seed(settings.longInteger("seed")).build();
    }

    /**
     * Registers {@code acl2021-noise-in-controls}: {@code noises}, {@code count}, {@code amplitude.min}, {@code
     * amplitude.max}; where wanted {@code seed}, {@code shareNoises}, {@code scaling}, {@code shortNoise}, {@code
     * noisesSha256}.
     */
    public static final class InControlsProvider extends ComponentProvider<EvaluationProtocol> {

        /** Called by {@link java.util.ServiceLoader}. */
        public InControlsProvider() {
            super(EvaluationProtocol.class, IN_CONTROLS,
                    SETTINGS);
        }

        @Override
        protected EvaluationProtocol create(Settings settings) {
            return EvaluationNoise.create(IN_CONTROLS, settings);
        }
    }

    /** Registers {@code noise-in-every-recording}, with the settings of {@link InControlsProvider}. */
    public static final class InEveryRecordingProvider extends ComponentProvider<EvaluationProtocol> {

        /** Called by {@link java.util.ServiceLoader}. */
        public InEveryRecordingProvider() {
            super(EvaluationProtocol.class, IN_EVERY_RECORDING,
                    SETTINGS);
        }

        @Override
        protected EvaluationProtocol create(Settings settings) {
            return EvaluationNoise.create(IN_EVERY_RECORDING, settings);
        }
    }
}
