package io.github.spirabr.audio.features;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kaldi's mel-frequency cepstral coefficients, exactly {@code torchaudio.compliance.kaldi.mfcc} without dithering: [frames ×
 * coefficients].
 *
 * <p>The logarithms of mel energies are those of {@link KaldiFbank}. The orthonormal DCT-II of them is multiplied with the
 * lifter 1 + Q / 2 sin(pi k / Q), Q = cepstralLifter; with {@link Builder#useEnergy} the logarithm of the frame's energy
 * replaces c[0], as in Kaldi's own default.
 *
 * <p>Windows that start a multiple of hopLength apart share the frames that lie within them; the numbers are, bit by bit, those
 * of each window on its own, and do not depend on threads. Arithmetic is in single precision. Immutable and safe for any number
 * of threads.
 */
public final class KaldiMfcc extends KaldiExtractor implements FeatureExtractor {

    private static final String TYPE = "kaldi-mfcc";
    private static final int COEFFICIENTS = 13;
    private static final Setting LIFTER =
            Setting.number("cepstralLifter", "Lifter of the coefficients; 0 for none.").atLeast(0).byDefault(22);

    private final Builder settings;
    private final CosineTransform cosines;

    private KaldiMfcc(Builder settings) {
        super(settings);
        if (settings.coefficients < 1 || settings.coefficients > mel.bands()) {
            throw new IllegalArgumentException("coefficients must be between 1 and melBands (" + mel.bands() + "), but was "
                    + settings.coefficients);
        }
        this.settings = settings;
        this.cosines = new CosineTransform(settings.coefficients, mel.bands(), settings.lifter);
    }

    /** Returns a builder with the defaults of torchaudio at 16 kHz. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this extractor. */
    public Builder toBuilder() {
        return settings.copy();
    }

    @Override
    public int features() {
        return settings.coefficients;
    }

    @Override
    void reduce(MelFilters filters, float[][] power, float[][] energies, float[] logEnergy, float[][] features, int lanes) {
        filters.apply(power, energies, lanes);
        for (float[] row : energies) {
            logarithms(row, (float) KaldiBuilder.EPSILON, lanes);
        }
        cosines.apply(energies, features, lanes);
        if (usesEnergy()) {
            System.arraycopy(logEnergy, 0, features[0], 0, lanes);
        }
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("coefficients", settings.coefficients);
        settings.describe(values);
        values.put("cepstralLifter", settings.lifter);
        return new ComponentDescription(TYPE, values);
    }

    /** Settings of a {@link KaldiMfcc}; checked together by {@link #build}. Not thread-safe. */
    public static final class Builder extends KaldiBuilder<Builder> {

        private int coefficients = COEFFICIENTS;
        private double lifter = 22;

        private Builder() {}

        /** Sets the number of coefficients to keep, starting with c[0]; 1 to melBands, by default 13. */
        public Builder coefficients(int count) {
            this.coefficients = count;
            return this;
        }

        /** Sets the lifter of the coefficients, 0 or more; 0 for none; by default 22. */
        public Builder cepstralLifter(double lifter) {
            this.lifter = LIFTER.check(lifter);
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        private Builder copy() {
            Builder copy = new Builder().coefficients(coefficients).cepstralLifter(lifter);
            copy.copyKaldi(this);
            return copy;
        }

        /**
         * Returns the extractor.
         *
         * @throws IllegalArgumentException if a setting is out of its range; the message names it
         */
        public KaldiMfcc build() {
            return new KaldiMfcc(copy());
        }
    }

    /** Registers {@code kaldi-mfcc}; the settings and their defaults are those of the {@link Builder}. */
    public static final class Provider extends ComponentProvider<FeatureExtractor> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureExtractor.class, TYPE, SettingsDeclaration.of(
                    Setting.integer("coefficients", "Number of coefficients, at most melBands.").atLeast(1)
                            .byDefault(COEFFICIENTS)).and(KaldiBuilder.KALDI).and(LIFTER));
        }

        @Override
        protected FeatureExtractor create(Settings settings) {
            Builder builder = new Builder().coefficients(settings.integer("coefficients"))
                    .cepstralLifter(settings.number("cepstralLifter"));
            builder.read(settings);
            return builder.build();
        }
    }
}
