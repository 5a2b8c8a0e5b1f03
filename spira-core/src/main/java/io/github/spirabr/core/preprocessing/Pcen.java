package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Per-channel energy normalisation (Wang et al., "Trainable Frontend For Robust and Far-Field Keyword Spotting", ICASSP 2017) of
 * mel energies, by the formula and the defaults of {@code librosa.pcen}: (E / (eps + M)^gain + bias)^power - bias^power, with E
 * the energy times {@code scale}, and M its average over the past, M[t] = (1 - b) M[t - 1] + b E[t].
 *
 * <p>b = (sqrt(1 + 4 T²) - 1) / (2 T²) with T = timeConstant frames; librosa's 0.4 s are 40 frames of 10 ms. M begins with
 * b E[0] + 1 - b in each window. The scale of 2^31 is that of librosa's example for samples within ±1, whose values of gain and bias are
 * for 32-bit integers. Immutable and thread-safe.
 */
public final class Pcen implements FeatureTransform {

    private static final String TYPE = "pcen";
    private static final double EPSILON = 1e-6;
    private static final Setting SCALE =
            Setting.number("scale", "Factor of the energies before all else.").above(0).byDefault(0x1p31);
    private static final Setting GAIN = Setting.number("gain", "Power of the average that energies are divided by.").atLeast(0)
            .byDefault(0.98);
    private static final Setting BIAS = Setting.number("bias", "Number that is added before the power.").above(0).byDefault(2);
    private static final Setting POWER = Setting.number("power", "Power that compresses the values.").above(0).byDefault(0.5);
    private static final Setting TIME = Setting.number("timeConstant", "Time constant of the average.").above(0).unit("frames")
            .byDefault(40);

    private final double scale;
    private final double gain;
    private final double bias;
    private final double power;
    private final double timeConstant;

    private Pcen(double scale, double gain, double bias, double power, double timeConstant) {
        this.scale = SCALE.check(scale);
        this.gain = GAIN.check(gain);
        this.bias = BIAS.check(bias);
        this.power = POWER.check(power);
        this.timeConstant = TIME.check(timeConstant);
    }

    /** Returns librosa's defaults for frames of 10 ms, of samples within ±1. */
    public static Pcen create() {
        return new Pcen(0x1p31, 0.98, 2, 0.5, 40);
    }

    /**
     * Returns a normalisation.
     *
     * @param scale factor of the energies before all else, above 0
     * @param gain power of the average that energies are divided by, at least 0
     * @param bias number that is added before the power, above 0
     * @param power power that compresses the values, above 0
     * @param timeConstant time constant of the average, in frames, above 0
     */
    public static Pcen of(double scale, double gain, double bias, double power, double timeConstant) {
        return new Pcen(scale, gain, bias, power, timeConstant);
    }

    @Override
    public InputShape shape(InputShape input) {
        return input;
    }

    @Override
    public List<FeatureMatrix> apply(List<FeatureMatrix> windows) {
        return windows.stream().map(this::apply).toList();
    }

    private FeatureMatrix apply(FeatureMatrix window) {
        int features = window.features();
        double squared = timeConstant * timeConstant;
        double share = (Math.sqrt(1 + 4 * squared) - 1) / (2 * squared);
        double[] average = new double[features];
        Arrays.fill(average, 1);
        float[] values = window.toArray();
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                throw new PreprocessingException("pcen must get energies of at least 0, but got " + values[i] + " in feature "
                        + i % features + "; extract mel-spectrogram without decibels");
            }
            double energy = values[i] * scale;
            double mean = (1 - share) * average[i % features] + share * energy;
            average[i % features] = mean;
            double gained = energy * StrictMath.exp(-gain * (StrictMath.log(EPSILON) + StrictMath.log1p(mean / EPSILON)));
            values[i] = (float) (StrictMath.pow(bias, power) * StrictMath.expm1(power * StrictMath.log1p(gained / bias)));
        }
        return FeatureMatrix.of(window.frames(), features, values);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("scale", scale);
        settings.put("gain", gain);
        settings.put("bias", bias);
        settings.put("power", power);
        settings.put("timeConstant", timeConstant);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "Pcen" + description().settings();
    }

    /** Registers {@code pcen}; the settings and their defaults are those of {@link #of} and {@link #create}. */
    public static final class Provider extends ComponentProvider<FeatureTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureTransform.class, TYPE, SCALE, GAIN, BIAS, POWER, TIME);
        }

        @Override
        protected FeatureTransform create(Settings settings) {
            return of(settings.number("scale"), settings.number("gain"), settings.number("bias"), settings.number("power"),
                    settings.number("timeConstant"));
        }
    }
}
