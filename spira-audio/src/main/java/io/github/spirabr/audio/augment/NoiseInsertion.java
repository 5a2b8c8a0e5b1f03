package io.github.spirabr.audio.augment;

import io.github.spirabr.core.MissingPartsException;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The noise insertion of SPIRA-ACL2021 for training recordings (Casanova et al., "Deep Learning against COVID-19:
 * Respiratory Insufficiency Detection in Brazilian Portuguese Speech", Findings of ACL 2021): k noises, each a random
 * stretch of a random noise, scaled so that its peak is a linear amplitude drawn uniformly from [min, max]; all are
 * added to the recording. k differs between controls and patients, because patients' recordings already hold the
 * noise of their hospital, and noise must not reveal the class. The augmentation depends on the label and is therefore for
 * training only.
 *
 * <p>For each noise three draws are made: which one (with repetition), where its stretch begins, and its amplitude. A
 * silent stretch is replaced by a new draw. Sums are not clipped. Immutable and thread-safe.
 */
public final class NoiseInsertion implements Augmentation {

    private static final String TYPE = "noise-insertion";
    static final int MAX_COUNT = 1000;
    private static final Setting PER_CONTROL =
            Setting.integer("perControl", "Number of noises that are added to a control's recording.").between(0, MAX_COUNT);
    private static final Setting PER_PATIENT =
            Setting.integer("perPatient", "Number of noises that are added to a patient's recording.").between(0, MAX_COUNT);
    private static final RangeSettings AMPLITUDE = RangeSettings.of("amplitude", "linear amplitude of a noise", "", 0, 1);
    static final SettingsDeclaration MIXING = AMPLITUDE.declaration().and(
            Setting.choice("scaling", NoiseScaling.class, "Scaling of a noise to the drawn amplitude.")
                    .byDefault(NoiseScaling.PEAK),
            Setting.choice("shortNoise", ShortNoise.class, "Treatment of noises that are shorter than the recording.")
                    .byDefault(ShortNoise.LOOP));

    private final Noises noises;
    private final int perControl;
    private final int perPatient;
    private final Range amplitude;
    private final NoiseScaling scaling;
    private final ShortNoise shortNoise;

    private NoiseInsertion(
            Noises noises,
            int perControl,
            int perPatient,
            Range amplitude,
            NoiseScaling scaling,
            ShortNoise shortNoise) {
        this.noises = noises;
        this.perControl = perControl;
        this.perPatient = perPatient;
        this.amplitude = amplitude;
        this.scaling = scaling;
        this.shortNoise = shortNoise;
    }

    /** Returns a builder; noises, counts and amplitudes must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this augmentation. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.noises = noises;
        builder.perControl = perControl;
        builder.perPatient = perPatient;
        builder.amplitude = amplitude;
        return builder.scaling(scaling).shortNoise(shortNoise);
    }

    /**
     * {@inheritDoc}
     *
     * @throws PreprocessingException if the sample rate is not that of the noises, or if all noises are shorter
     *     than the recording and are to be skipped
     */
    @Override
    public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
        int count = recording.label() == Label.CONTROL ? perControl : perPatient;
        if (count == 0) {
            return waveform;
        }
        noises.requireRateOf(waveform, recording.id());
        float[] samples = waveform.toArray();
        List<Noises.Noise> choices = choices(samples.length, recording.id());
        for (int k = 0; k < count; k++) {
            Waveform noise = choices.get(random.nextInt(choices.size())).waveform();
            float[] stretch = Stretches.draw(noise, samples.length, scaling, random);
            double gain = amplitude.draw(random) / scaling.level(stretch);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += (float) (stretch[i] * gain);
            }
        }
        return Waveform.of(samples, waveform.sampleRate());
    }

    private List<Noises.Noise> choices(int length, String recording) {
        List<Noises.Noise> all = noises.noises();
        if (shortNoise == ShortNoise.LOOP) {
            return all;
        }
        List<Noises.Noise> longEnough = all.stream().filter(noise -> noise.waveform().length() >= length).toList();
        if (longEnough.isEmpty()) {
            int longest = all.stream().mapToInt(noise -> noise.waveform().length()).max().orElseThrow();
            throw new PreprocessingException("recording " + recording + " has " + length
                    + " samples, but the longest of the noises '" + noises.name() + "' has " + longest
                    + "; add a longer noise, or set shortNoise to loop");
        }
        return longEnough;
    }

    @Override
    public Augmentation inRooms(Supplier<Map<String, Waveform>> rooms) {
        return noises.isAmbient() ? toBuilder().noises(noises.filled(rooms.get())).build() : this;
    }

    @Override
    public Map<String, String> material() {
        return noises.material();
    }

    @Override
    public Map<String, Waveform> sounds() {
        return noises.sounds();
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, settings());
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        noises.describe("noises", settings);
        settings.put("perControl", perControl);
        settings.put("perPatient", perPatient);
        amplitude.describe("amplitude", settings);
        settings.put("scaling", Settings.nameOf(scaling));
        settings.put("shortNoise", Settings.nameOf(shortNoise));
        return settings;
    }

    @Override
    public String toString() {
        return "NoiseInsertion" + settings();
    }

    /** Settings of a {@link NoiseInsertion}. Not thread-safe. */
    public static final class Builder {

        private @Nullable Noises noises;
        private @Nullable Integer perControl;
        private @Nullable Integer perPatient;
        private @Nullable Range amplitude;
        private NoiseScaling scaling = NoiseScaling.PEAK;
        private ShortNoise shortNoise = ShortNoise.LOOP;

        private Builder() {}

        /**
         * Sets the noises that stretches are taken from; the training set of {@link Noises#split} if evaluation uses noise
         * too.
         */
        public Builder noises(Noises noises) {
            this.noises = noises;
            return this;
        }

        /** Sets the number of noises that are added to a control's recording: 0 to 1000. */
        public Builder perControl(int count) {
            this.perControl = PER_CONTROL.check(count);
            return this;
        }

        /** Sets the number of noises that are added to a patient's recording: 0 to 1000. */
        public Builder perPatient(int count) {
            this.perPatient = PER_PATIENT.check(count);
            return this;
        }

        /**
         * Sets the least and the greatest peak of a noise, linear: 0 to 1. Published experiments used 0.033474047 and
         * 0.19233719, measured on hospital noise.
         */
        public Builder amplitude(double min, double max) {
            this.amplitude = AMPLITUDE.range(min, max);
            return this;
        }

        /** Sets the level of a noise that is scaled to the drawn amplitude; by default the peak. */
        public Builder scaling(NoiseScaling scaling) {
            this.scaling = scaling;
            return this;
        }

        /** Sets the treatment of noises that are shorter than the recording; by default they are looped. */
        public Builder shortNoise(ShortNoise rule) {
            this.shortNoise = rule;
            return this;
        }

        /** Reads the settings {@link #MIXING}. */
        Builder read(Settings settings) {
            return amplitude(settings.number("amplitude.min"), settings.number("amplitude.max"))
                    .scaling(settings.choice("scaling", NoiseScaling.class))
                    .shortNoise(settings.choice("shortNoise", ShortNoise.class));
        }

        /**
         * Returns the augmentation.
         *
         * @throws MissingPartsException if a required setting is missing; it names all of them
         * @throws PreprocessingException if a noise cannot be scaled in the published way
         */
        public NoiseInsertion build() {
            MissingPartsException.check("NoiseInsertion").part("noises", "noises", noises)
                    .part("a number for controls", "perControl", perControl)
                    .part("a number for patients", "perPatient", perPatient)
                    .part("an amplitude", "amplitude", amplitude).done();
            List<String> refused = new ArrayList<>();
            for (Noises.Noise noise : noises.noises()) {
                if (!scaling.canScale(noise.waveform())) {
                    refused.add(noise.name());
                }
            }
            if (!refused.isEmpty()) {
                throw new PreprocessingException("the noises " + refused + " of '" + noises.name()
                        + "' have no sample above 0, by which the published scaling divides; remove them, or scale by"
                        + " the peak");
            }
            return new NoiseInsertion(noises, perControl, perPatient, amplitude, scaling, shortNoise);
        }
    }

    /**
     * Registers {@code noise-insertion}: {@code noises}, the name of bound {@link Noises}, {@code perControl}, {@code
     * perPatient}, {@code amplitude.min}, {@code amplitude.max}; and optionally {@code scaling} ({@code peak} or
     * {@code acl2021-maximum}), {@code shortNoise} ({@code loop} or {@code skip}) and {@code noisesSha256}, the
     * fingerprint that the noises must have.
     */
    public static final class Provider extends ComponentProvider<Augmentation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Augmentation.class, TYPE,
                    Noises.settings("noises").and(PER_CONTROL, PER_PATIENT).and(MIXING));
        }

        @Override
        protected Augmentation create(Settings settings) {
            return builder()
                    .noises(Noises.read(settings, "noises"))
                    .perControl(settings.integer("perControl"))
                    .perPatient(settings.integer("perPatient"))
                    .read(settings)
                    .build();
        }
    }
}
