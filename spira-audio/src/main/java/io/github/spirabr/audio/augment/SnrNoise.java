package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Noise insertion by signal-to-noise ratio, as in SPIRA-ComParE2021 after the VoxCeleb recipe (Snyder, Chen, Povey:
 * "MUSAN", arXiv 1510.08484; Heo et al., "Clova baseline system for the VoxCeleb Speaker Recognition Challenge 2020",
 * arXiv 2009.14153): a category is drawn, or none at all; of its noises some different ones are drawn, each brought to
 * a signal-to-noise ratio drawn uniformly in decibels, and all are added. The ratio is that of each noise alone: n noises at
 * the same ratio are together 10 log10(n) dB louder, so that four at 10 dB are one noise of 4 dB.
 *
 * <p>With P the mean square, of the recording and of the noise's stretch, a noise is multiplied by sqrt((P_recording +
 * f) / (P_noise + f) / 10^(snr / 10)). f is 0 unless set: the recipe's 1e-4 keeps it from dividing by zero, but makes
 * noise in quiet recordings louder than was drawn. Noises shorter than the recording are looped; stretches of silence
 * are drawn again; a silent recording stays silent if f is 0. Sums are not clipped. It does not depend on the label.
 * Immutable and thread-safe.
 */
public final class SnrNoise implements Augmentation {

    private static final String TYPE = "snr-noise";
    private static final Setting NONE = Setting.number("none", "Probability that a recording stays as it is.").between(0, 1)
            .optional("1 / (number of categories + 1)");
    private static final Setting POWER_FLOOR =
            Setting.number("powerFloor", "Power that is added to each mean square.").between(0, 1).byDefault(0);
    private static final SettingsDeclaration SETTINGS = category("*").and(NONE, POWER_FLOOR);
    /** Power that the VoxCeleb recipe adds to each mean square. */
    private static final double RECIPE_FLOOR = 1e-4;

    private record Category(Noises noises, Range snr, int minCount, int maxCount) {}

    private final Map<String, Category> categories;
    private final List<String> names;
    private final double none;
    private final double powerFloor;

    private SnrNoise(Map<String, Category> categories, double none, double powerFloor) {
        this.categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
        this.names = List.copyOf(categories.keySet());
        this.none = none;
        this.powerFloor = powerFloor;
    }

    /** Returns a builder; at least one category must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this augmentation. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.categories.putAll(categories);
        return builder.none(none).powerFloor(powerFloor);
    }

    /**
     * Returns the published categories, each as likely as no change: noise at 0 to 15 dB, one at a time; speech at 13
     * to 20 dB, three to seven; music at 5 to 15 dB, one.
     *
     * @param speech at least seven
     */
    public static SnrNoise compare2021(Noises noise, Noises speech, Noises music) {
        return builder()
                .category("noise", noise, 0, 15, 1, 1)
                .category("speech", speech, 13, 20, 3, 7)
                .category("music", music, 5, 15, 1, 1)
                .powerFloor(RECIPE_FLOOR)
                .build();
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.github.spirabr.core.preprocessing.PreprocessingException if the sample rate is not that of the noises
     */
    @Override
    public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
        if (random.nextDouble() < none) {
            return waveform;
        }
        Category category = categories.get(names.get(random.nextInt(names.size())));
        category.noises().requireRateOf(waveform, recording.id());
        float[] samples = waveform.toArray();
        double power = Levels.power(samples) + powerFloor;
        if (power == 0) {
            return waveform;
        }
        int count = category.minCount() + random.nextInt(category.maxCount() - category.minCount() + 1);
        List<Noises.Noise> rest = new ArrayList<>(category.noises().noises());
        for (int k = 0; k < count; k++) {
            Waveform noise = rest.remove(random.nextInt(rest.size())).waveform();
            double snr = category.snr().draw(random);
            float[] stretch = Stretches.draw(noise, samples.length, NoiseScaling.PEAK, random);
            double gain = Math.sqrt(power / (Levels.power(stretch) + powerFloor) / Math.pow(10, snr / 10));
            for (int i = 0; i < samples.length; i++) {
                samples[i] += (float) (stretch[i] * gain);
            }
        }
        return Waveform.of(samples, waveform.sampleRate());
    }

    @Override
    public Augmentation inRooms(Supplier<Map<String, Waveform>> rooms) {
        if (categories.values().stream().noneMatch(category -> category.noises().isAmbient())) {
            return this;
        }
        Builder builder = builder().none(none).powerFloor(powerFloor);
        categories.forEach((name, category) -> builder.category(name,
                category.noises().isAmbient() ? category.noises().filled(rooms.get()) : category.noises(),
                category.snr().min(), category.snr().max(), category.minCount(), category.maxCount()));
        return builder.build();
    }

    @Override
    public Map<String, String> material() {
        Map<String, String> material = new LinkedHashMap<>();
        categories.values().forEach(category -> material.putAll(category.noises().material()));
        return Collections.unmodifiableMap(material);
    }

    @Override
    public Map<String, Waveform> sounds() {
        Map<String, Waveform> sounds = new LinkedHashMap<>();
        categories.values().forEach(category -> sounds.putAll(category.noises().sounds()));
        return Collections.unmodifiableMap(sounds);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        categories.forEach((name, category) -> {
            String path = path(name);
            category.noises().describe(path + "noises", settings);
            category.snr().describe(path + "snr", settings);
            settings.put(path + "count.min", category.minCount());
            settings.put(path + "count.max", category.maxCount());
        });
        settings.put("none", none);
        settings.put("powerFloor", powerFloor);
        return new ComponentDescription(TYPE, settings);
    }

    private static String path(String category) {
        return "categories." + category + ".";
    }

    @Override
    public String toString() {
        return "SnrNoise" + description().settings();
    }

    private static RangeSettings snr(String category) {
        return RangeSettings.of(path(category) + "snr", "signal-to-noise ratio", "dB", -200, 200);
    }

    private static Setting minCount(String category) {
        return Setting.integer(path(category) + "count.min", "Smallest number of noises that are added.").atLeast(1);
    }

    private static SettingsDeclaration category(String name) {
        return Noises.settings(path(name) + "noises").and(snr(name).declaration()).and(
                minCount(name),
                Setting.integer(path(name) + "count.max", "Largest number of noises that are added.").atLeast(1));
    }

    /** Settings of an {@link SnrNoise}. Not thread-safe. */
    public static final class Builder {

        private final Map<String, Category> categories = new LinkedHashMap<>();
        private double none = Double.NaN;
        private double powerFloor = 0;

        private Builder() {}

        /**
         * Adds a category; all are equally likely.
         *
         * @param name lower-case letters, digits and hyphens
         * @param noises at least {@code maxCount}, because no noise is added twice to one recording
         * @param minSnr the least signal-to-noise ratio, in dB, -200 to 200
         * @param maxSnr the greatest
         * @param minCount smallest number of noises, at least 1
         * @param maxCount largest number of noises
         */
        public Builder category(
                String name, Noises noises, double minSnr, double maxSnr, int minCount, int maxCount) {
            if (!name.matches("[a-z0-9-]+")) {
                throw new InvalidSettingException("categories", "'" + name
                        + "' is not a valid name of a category; use lower-case letters, digits and hyphens");
            }
            Range snr = snr(name).range(minSnr, maxSnr);
            minCount(name).check(minCount);
            if (minCount > maxCount) {
                throw new InvalidSettingException(
                        path(name) + "count.min", minCount + " is above " + path(name) + "count.max, " + maxCount);
            }
            if (maxCount > noises.size() && !noises.isAmbient()) {
                throw new InvalidSettingException(path(name) + "count.max", maxCount + " is more than the "
                        + noises.size() + " noises '" + noises.name() + "'; give more noises or lower it");
            }
            if (categories.putIfAbsent(name, new Category(noises, snr, minCount, maxCount)) != null) {
                throw new InvalidSettingException("categories", "'" + name + "' is given twice");
            }
            return this;
        }

        /**
         * Sets the probability that a recording stays as it is: 0 to 1; by default as likely as each category, 1 /
         * (categories + 1).
         */
        public Builder none(double probability) {
            this.none = NONE.check(probability);
            return this;
        }

        /** Sets the number that is added to each mean square, 0 to 1; by default 0, and 1e-4 as published. */
        public Builder powerFloor(double floor) {
            this.powerFloor = POWER_FLOOR.check(floor);
            return this;
        }

        /**
         * Returns the augmentation.
         *
         * @throws IllegalArgumentException if there is no category
         */
        public SnrNoise build() {
            if (categories.isEmpty()) {
                throw new InvalidSettingException("categories", "must have at least one category of noises, but has none");
            }
            return new SnrNoise(categories, Double.isNaN(none) ? 1.0 / (categories.size() + 1) : none, powerFloor);
        }
    }

    /**
     * Registers {@code snr-noise}. For each category: {@code categories.NAME.noises}, the name of bound {@link Noises};
     * {@code snr.min} and {@code snr.max} in dB, {@code count.min} and {@code count.max}, and where wanted {@code
     * noisesSha256}, all under {@code categories.NAME}. For all, where wanted: {@code none} and {@code powerFloor}.
     */
    public static final class Provider extends ComponentProvider<Augmentation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Augmentation.class, TYPE,
                    SETTINGS);
        }

        @Override
        protected Augmentation create(Settings settings) {
            Builder builder = builder();
            for (String name : settings.names("categories")) {
                String path = path(name);
                builder.category(
                        name,
                        Noises.read(settings, path + "noises"),
                        settings.number(path + "snr.min"),
                        settings.number(path + "snr.max"),
                        settings.integer(path + "count.min"),
                        settings.integer(path + "count.max"));
            }
            if (settings.has("none")) {
                builder.none(settings.number("none"));
            }
            return builder.powerFloor(settings.number("powerFloor")).build();
        }
    }
}
