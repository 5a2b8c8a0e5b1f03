package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A normalisation that subtracts the mean of each feature, and divides by its standard deviation unless {@link #variance} is
 * off. Mean and deviation are those of all frames of a window, of all windows of a recording, of the frames around each frame,
 * or of the training set. The last ones are fitted on the training set alone and stored with the model. The deviation is divided
 * by the number of frames; a feature that does not vary is divided by 1. Immutable and thread-safe.
 *
 * <p>Sliding frames are centred, and moved inwards at both ends of a window, as {@code sliding_window_cmn(center=True)} of
 * torchaudio and Kaldi's apply-cmvn-sliding do.
 */
public final class MeanVariance implements FeatureTransform {

    private static final String TYPE = "mean-variance";
    private static final int SLIDING_FRAMES = 600;
    private static final Setting OVER = Setting.choice("over", Over.class, "Frames of which mean and deviation are taken.")
            .byDefault(Over.RECORDING);
    private static final Setting VARIANCE =
            Setting.truth("variance", "True if features are divided by their deviation, too.").byDefault(true);
    private static final Setting FRAMES = Setting.integer("frames", "Frames around each frame.").atLeast(2).unit("frames")
            .byDefault(SLIDING_FRAMES).when("over", Over.SLIDING);
    private static final Setting MEAN = Setting.numbers("mean", "Mean of each feature over the training set.")
            .optional("fitted on the training set").when("over", Over.TRAINING_SET);
    private static final Setting DEVIATION = Setting.numbers("deviation", "Deviation of each feature over the training set.")
            .atLeast(0).optional("fitted on the training set").when("over", Over.TRAINING_SET);

    private enum Over {
        RECORDING,
        WINDOW,
        SLIDING,
        TRAINING_SET
    }

    private final Over over;
    private final boolean variance;
    private final int frames;
    /** Empty unless they are fitted. */
    private final List<Double> mean;
    private final List<Double> deviation;

    private MeanVariance(Over over, boolean variance, int frames, List<Double> mean, List<Double> deviation) {
        this.over = over;
        this.variance = variance;
        this.frames = FRAMES.check(frames);
        this.mean = mean;
        this.deviation = deviation;
        if (mean.size() != deviation.size()) {
            throw new IllegalArgumentException("mean and deviation must have one number for each feature, but have " + mean.size()
                    + " and " + deviation.size() + "; give both, or none to fit them");
        }
    }

    /** Returns a normalisation over all frames of all windows of a recording. */
    public static MeanVariance ofRecording() {
        return new MeanVariance(Over.RECORDING, true, SLIDING_FRAMES, List.of(), List.of());
    }

    /** Returns a normalisation over all frames of each window. */
    public static MeanVariance ofWindow() {
        return new MeanVariance(Over.WINDOW, true, SLIDING_FRAMES, List.of(), List.of());
    }

    /**
     * Returns a normalisation over the frames around each frame of a window.
     *
     * @param frames number of them, at least 2; Kaldi's default is 600
     */
    public static MeanVariance sliding(int frames) {
        return new MeanVariance(Over.SLIDING, true, frames, List.of(), List.of());
    }

    /** Returns a normalisation over the training set, to be fitted on it. */
    public static MeanVariance ofTrainingSet() {
        return new MeanVariance(Over.TRAINING_SET, true, SLIDING_FRAMES, List.of(), List.of());
    }

    /** Returns a copy that divides by the deviation, or only subtracts the mean; by default it divides. */
    public MeanVariance variance(boolean divide) {
        return new MeanVariance(over, divide, frames, mean, deviation);
    }

    @Override
    public boolean needsFitting() {
        return over == Over.TRAINING_SET && mean.isEmpty();
    }

    @Override
    public MeanVariance fit(TrainingFrames training) {
        return over == Over.TRAINING_SET
                ? new MeanVariance(over, variance, this.frames, training.mean(), training.deviation()) : this;
    }

    @Override
    public InputShape shape(InputShape input) {
        return input;
    }

    @Override
    public List<FeatureMatrix> apply(List<FeatureMatrix> windows) {
        return switch (over) {
            case WINDOW -> windows.stream().map(window -> ofAllFrames(List.of(window)).get(0)).toList();
            case RECORDING -> ofAllFrames(windows);
            case SLIDING -> windows.stream().map(this::slid).toList();
            case TRAINING_SET -> ofTraining(windows);
        };
    }

    private List<FeatureMatrix> ofAllFrames(List<FeatureMatrix> windows) {
        FrameSums sums = new FrameSums();
        windows.forEach(sums::add);
        return normalised(windows, sums.mean(), sums.deviation());
    }

    private FeatureMatrix slid(FeatureMatrix window) {
        float[] values = window.toArray();
        for (int frame = 0; frame < window.frames(); frame++) {
            int first = Math.max(0, Math.min(frame - frames / 2, window.frames() - frames));
            FrameSums sums = new FrameSums();
            sums.add(window, first, Math.min(window.frames(), first + frames));
            double[] means = sums.mean();
            normalise(values, frame, means, divisors(means, sums.deviation()));
        }
        return FeatureMatrix.of(window.frames(), window.features(), values);
    }

    private List<FeatureMatrix> ofTraining(List<FeatureMatrix> windows) {
        for (FeatureMatrix window : windows) {
            if (window.features() != mean.size()) {
                throw new PreprocessingException("mean-variance must get the " + mean.size() + " features that it was fitted on,"
                        + " but got " + window.features());
            }
        }
        return normalised(windows, mean.stream().mapToDouble(Double::doubleValue).toArray(),
                deviation.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private List<FeatureMatrix> normalised(List<FeatureMatrix> windows, double[] means, double[] deviations) {
        double[] divisors = divisors(means, deviations);
        List<FeatureMatrix> normalised = new ArrayList<>(windows.size());
        for (FeatureMatrix window : windows) {
            float[] values = window.toArray();
            for (int frame = 0; frame < window.frames(); frame++) {
                normalise(values, frame, means, divisors);
            }
            normalised.add(FeatureMatrix.of(window.frames(), window.features(), values));
        }
        return List.copyOf(normalised);
    }

    private double[] divisors(double[] means, double[] deviations) {
        double[] divisors = new double[means.length];
        Arrays.setAll(divisors, i -> variance && varies(means[i], deviations[i]) ? deviations[i] : 1);
        return divisors;
    }

    private static void normalise(float[] values, int frame, double[] means, double[] divisors) {
        for (int feature = 0; feature < means.length; feature++) {
            int at = frame * means.length + feature;
            values[at] = (float) ((values[at] - means[feature]) / divisors[feature]);
        }
    }

    /** Returns whether a deviation is more than what rounding leaves of a constant. */
    private static boolean varies(double mean, double deviation) {
        return deviation > 1e-7 * Math.abs(mean) && deviation > Float.MIN_NORMAL;
    }

    @Override
    public List<String> featureNames(List<String> names) {
        // Divided by its deviation, a feature has no unit.
        return variance ? names.stream().map(name -> name.replaceFirst(" \\([^()]*\\)$", "")).toList() : names;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("over", Settings.nameOf(over));
        settings.put("variance", variance);
        if (over == Over.SLIDING) {
            settings.put("frames", frames);
        }
        if (!mean.isEmpty()) {
            settings.put("mean", mean);
            settings.put("deviation", deviation);
        }
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "MeanVariance" + description().settings();
    }

    /** Registers {@code mean-variance}, optionally with {@code over}, {@code variance} and {@code frames}. */
    public static final class Provider extends ComponentProvider<FeatureTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureTransform.class, TYPE, OVER, VARIANCE, FRAMES, MEAN, DEVIATION);
        }

        @Override
        protected FeatureTransform create(Settings settings) {
            Over over = settings.choice("over", Over.class);
            return new MeanVariance(
                    over, settings.bool("variance"), over == Over.SLIDING ? settings.integer("frames") : SLIDING_FRAMES,
                    settings.has("mean") ? settings.numbers("mean") : List.of(),
                    settings.has("deviation") ? settings.numbers("deviation") : List.of());
        }
    }
}
