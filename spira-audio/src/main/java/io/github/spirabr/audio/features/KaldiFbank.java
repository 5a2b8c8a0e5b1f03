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
 * Kaldi's energies of mel bands, exactly {@code torchaudio.compliance.kaldi.fbank} without dithering: [frames × bands], with
 * {@link Builder#useEnergy} the logarithm of the frame's energy before them.
 *
 * <p>Each frame begins at sample t * hopLength. Its mean is subtracted, then the share preEmphasis of the preceding sample; it is
 * multiplied with the symmetric window, continued with zeros to fftSize, and transformed. Filters are evenly spaced on
 * m(f) = 1127 ln(1 + f / 700) from fMin to fMax, with sides that are straight in mels and height 1. Values are
 * ln(max(E, 1.2e-7)).
 *
 * <p>{@code torchaudio} loads samples within ±1 and does not scale them, which is how AST is trained; Kaldi reads ±32768, see
 * {@link Builder#int16Scale}. AST takes {@code melBands(128).window(HANN)}, and then its statistics: {@link LogMel#ast}.
 *
 * <p>Windows that start a multiple of hopLength apart share the frames that lie within them; the numbers are, bit by bit, those
 * of each window on its own, and do not depend on threads. Arithmetic is in single precision. Immutable and safe for any number
 * of threads.
 */
public final class KaldiFbank extends KaldiExtractor implements FeatureExtractor {

    private static final String TYPE = "kaldi-fbank";

    private final Builder settings;

    private KaldiFbank(Builder settings) {
        super(settings);
        this.settings = settings;
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
        return mel.bands() + (usesEnergy() ? 1 : 0);
    }

    @Override
    void reduce(MelFilters filters, float[][] power, float[][] energies, float[] logEnergy, float[][] features, int lanes) {
        if (!settings.power) {
            Rows.squareRoots(power, framing.bins(), lanes);
        }
        int first = usesEnergy() ? 1 : 0;
        if (usesEnergy()) {
            System.arraycopy(logEnergy, 0, features[0], 0, lanes);
        }
        filters.apply(power, energies, lanes);
        for (int band = 0; band < energies.length; band++) {
            if (settings.log) {
                logarithms(energies[band], (float) KaldiBuilder.EPSILON, lanes);
            }
            System.arraycopy(energies[band], 0, features[first + band], 0, lanes);
        }
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> values = new LinkedHashMap<>();
        settings.describe(values);
        values.put("power", settings.power);
        values.put("log", settings.log);
        return new ComponentDescription(TYPE, values);
    }

    /** Settings of a {@link KaldiFbank}; checked together by {@link #build}. Not thread-safe. */
    public static final class Builder extends KaldiBuilder<Builder> {

        private boolean power = true;
        private boolean log = true;

        private Builder() {}

        /** Sets whether powers are summed and not magnitudes; by default so. */
        public Builder power(boolean power) {
            this.power = power;
            return this;
        }

        /** Sets whether natural logarithms are taken of the energies; by default so. */
        public Builder log(boolean log) {
            this.log = log;
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        private Builder copy() {
            Builder copy = new Builder().power(power).log(log);
            copy.copyKaldi(this);
            return copy;
        }

        /**
         * Returns the extractor.
         *
         * @throws IllegalArgumentException if a setting is out of its range; the message names it
         */
        public KaldiFbank build() {
            return new KaldiFbank(copy());
        }
    }

    /** Registers {@code kaldi-fbank}; the settings and their defaults are those of the {@link Builder}. */
    public static final class Provider extends ComponentProvider<FeatureExtractor> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureExtractor.class, TYPE, KaldiBuilder.KALDI.and(SettingsDeclaration.of(
                    Setting.truth("power", "True if powers are summed, false if magnitudes.").byDefault(true),
                    Setting.truth("log", "True for natural logarithms of the energies.").byDefault(true))));
        }

        @Override
        protected FeatureExtractor create(Settings settings) {
            Builder builder = new Builder().power(settings.bool("power")).log(settings.bool("log"));
            builder.read(settings);
            return builder.build();
        }
    }
}
