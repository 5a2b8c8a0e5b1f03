package io.github.spirabr.audio.augment;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Recording;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Blank stripes of frames and of features (Park et al., "SpecAugment", Interspeech 2019, without time
 * warping), as SPIRA-ComParE2021 did through PANNs (Kong et al. 2020). For each stripe of width W, over a matrix of N
 * frames or features, its size w is drawn uniformly from 0 to W - 1, and its beginning from 0 to N - w - 1. Stripes may
 * overlap; one that is as wide as the matrix leaves one row. Immutable and thread-safe.
 */
public final class SpecAugment implements FeatureAugmentation {

    /** The value of blanked features. */
    public enum Fill {
        /** Zero, as published. For features in decibels this is as loud as full scale, not silence. */
        ZERO,
        /** The mean of the window's values. */
        MEAN
    }

    private static final String TYPE = "spec-augment";
    private static final int MOST = 100_000;
    private static final Setting TIME_STRIPES =
            Setting.integer("timeStripes", "Number of stripes of frames that are masked.").between(0, MOST).byDefault(2);
    private static final Setting TIME_WIDTH =
            Setting.integer("timeWidth", "Width of a stripe in frames; a stripe is narrower than this.")
                    .between(1, MOST).byDefault(64);
    private static final Setting FEATURE_STRIPES =
            Setting.integer("featureStripes", "Number of stripes of features that are masked.").between(0, MOST).byDefault(2);
    private static final Setting FEATURE_WIDTH =
            Setting.integer("featureWidth", "Width of a stripe in features; a stripe is narrower than this.")
                    .between(1, MOST).byDefault(8);
    private static final Setting FILL =
            Setting.choice("fill", Fill.class, "Value of the masked features.").byDefault(Fill.ZERO);

    private final int timeStripes;
    private final int timeWidth;
    private final int featureStripes;
    private final int featureWidth;
    private final Fill fill;
    private final Chance chance;

    private SpecAugment(
            int timeStripes, int timeWidth, int featureStripes, int featureWidth, Fill fill, Chance chance) {
        this.timeStripes = timeStripes;
        this.timeWidth = timeWidth;
        this.featureStripes = featureStripes;
        this.featureWidth = featureWidth;
        this.fill = fill;
        this.chance = chance;
    }

    /**
     * Returns the settings of ComParE 2021: two stripes of up to 64 frames and two of up to 8 features, filled with zeros,
     * in every window.
     */
    public static SpecAugment compare2021() {
        return new SpecAugment(2, 64, 2, 8, Fill.ZERO, Chance.ALWAYS);
    }

    /**
     * Returns a copy with other stripes of frames.
     *
     * @param count 0 to 100000
     * @param width width, in frames, 1 to 100000; a stripe is narrower than this
     */
    public SpecAugment timeStripes(int count, int width) {
        TIME_STRIPES.check(count);
        TIME_WIDTH.check(width);
        return new SpecAugment(count, width, featureStripes, featureWidth, fill, chance);
    }

    /**
     * Returns a copy with other stripes of features.
     *
     * @param count 0 to 100000
     * @param width width, in features, 1 to 100000; a stripe is narrower than this
     */
    public SpecAugment featureStripes(int count, int width) {
        FEATURE_STRIPES.check(count);
        FEATURE_WIDTH.check(width);
        return new SpecAugment(timeStripes, timeWidth, count, width, fill, chance);
    }

    /** Returns a copy with another filling. */
    public SpecAugment fill(Fill what) {
        return new SpecAugment(timeStripes, timeWidth, featureStripes, featureWidth, what, chance);
    }

    /** Returns a copy that changes some windows only, by this probability: 0 to 1; by default 1. */
    public SpecAugment probability(double probability) {
        return new SpecAugment(timeStripes, timeWidth, featureStripes, featureWidth, fill, Chance.of(probability));
    }

    @Override
    public FeatureMatrix augment(FeatureMatrix window, Recording recording, RandomGenerator random) {
        if (!chance.comes(random)) {
            return window;
        }
        float[] values = window.toArray();
        float blank = fill == Fill.ZERO ? 0 : mean(values);
        int frames = window.frames();
        int features = window.features();
        for (int s = 0; s < timeStripes; s++) {
            int width = width(random, timeWidth, frames);
            int first = random.nextInt(frames - width);
            Arrays.fill(values, first * features, (first + width) * features, blank);
        }
        for (int s = 0; s < featureStripes; s++) {
            int width = width(random, featureWidth, features);
            int first = random.nextInt(features - width);
            for (int frame = 0; frame < frames; frame++) {
                Arrays.fill(values, frame * features + first, frame * features + first + width, blank);
            }
        }
        return FeatureMatrix.of(frames, features, values);
    }

    private static int width(RandomGenerator random, int width, int size) {
        return Math.min(random.nextInt(width), size - 1);
    }

    private static float mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return (float) (sum / values.length);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("timeStripes", timeStripes);
        settings.put("timeWidth", timeWidth);
        settings.put("featureStripes", featureStripes);
        settings.put("featureWidth", featureWidth);
        settings.put("fill", Settings.nameOf(fill));
        chance.describe(settings);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "SpecAugment" + description().settings();
    }

    /**
     * Registers {@code spec-augment}, where wanted with settings {@code timeStripes}, {@code timeWidth}, {@code
     * featureStripes}, {@code featureWidth}, {@code fill} ({@code zero} or {@code mean}) and {@code probability}; by
     * default as ComParE 2021.
     */
    public static final class Provider extends ComponentProvider<FeatureAugmentation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureAugmentation.class, TYPE,
                    TIME_STRIPES, TIME_WIDTH, FEATURE_STRIPES, FEATURE_WIDTH, FILL, Chance.SETTING);
        }

        @Override
        protected FeatureAugmentation create(Settings settings) {
            return compare2021()
                    .timeStripes(settings.integer("timeStripes"), settings.integer("timeWidth"))
                    .featureStripes(settings.integer("featureStripes"), settings.integer("featureWidth"))
                    .fill(settings.choice("fill", Fill.class))
                    .probability(Chance.read(settings));
        }
    }
}
