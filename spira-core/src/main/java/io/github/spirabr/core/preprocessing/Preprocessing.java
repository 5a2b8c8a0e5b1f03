package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * The steps from a waveform to the network's input: transforms, augmentations (in training only), windows, features,
 * and augmentations of features (in training only). The builder's types enforce that order. Immutable and thread-safe.
 */
public final class Preprocessing implements PreprocessingPlan {

    private final List<WaveformTransform> transforms;
    private final List<Augmentation> augmentations;
    private final Windowing windowing;
    private final FeatureExtractor extractor;
    private final List<FeatureAugmentation> featureAugmentations;

    Preprocessing(
            List<WaveformTransform> transforms,
            List<Augmentation> augmentations,
            Windowing windowing,
            FeatureExtractor extractor,
            List<FeatureAugmentation> featureAugmentations) {
        this.transforms = transforms;
        this.augmentations = augmentations;
        this.windowing = windowing;
        this.extractor = extractor;
        this.featureAugmentations = featureAugmentations;
    }

    /** Returns a builder that takes optional transforms and augmentations first. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns an editor of these steps, for a preprocessing that differs in some of them. */
    public Editor<Windowing, Preprocessing> toBuilder() {
        return new Editor<>(Preprocessing::new, transforms, augmentations, windowing, extractor, featureAugmentations);
    }

    /**
     * Returns the shape of every window's features for waveforms of this rate, in hertz.
     *
     * @throws PreprocessingException if the features are for another sample rate
     */
    public InputShape inputShape(int sampleRate) {
        extractor.sampleRate().ifPresent(only -> {
            if (only != sampleRate) {
                throw new PreprocessingException("the features " + extractor.description().type() + " must have recordings of "
                        + only + " Hz, but got " + sampleRate + " Hz; set the reader's sampleRate to " + only);
            }
        });
        return new InputShape(extractor.frames(windowing.windowLength(sampleRate)), extractor.features());
    }

    /**
     * Computes the features of each window for evaluation and prediction: nothing is drawn at random.
     *
     * @throws ShortRecordingException if the recording is too short for the windowing
     */
    public List<FeatureMatrix> features(Waveform waveform) {
        Waveform transformed = transform(waveform);
        return extract(transformed, windows(transformed));
    }

    /**
     * Returns the windows of a recording, in samples of the transformed waveform.
     *
     * @throws ShortRecordingException if the recording is too short for the windowing
     */
    public List<WindowSpan> spans(Waveform waveform) {
        return windows(transform(waveform));
    }

    private List<WindowSpan> windows(Waveform transformed) {
        return windowing.windows(transformed.length(), transformed.sampleRate());
    }

    @Override
    public Waveform transform(Waveform waveform) {
        return transform(transforms, waveform);
    }

    /**
     * Applies the transforms in order; refuses one that changes the sample rate, since later lengths in samples depend
     * on it.
     */
    static Waveform transform(List<WaveformTransform> transforms, Waveform waveform) {
        Waveform transformed = waveform;
        for (WaveformTransform transform : transforms) {
            transformed = transform.apply(transformed);
            if (transformed.sampleRate() != waveform.sampleRate()) {
                throw new PreprocessingException("the transform " + transform.description().type() + " must keep the sample rate"
                        + " of " + waveform.sampleRate() + " Hz, but changed it to " + transformed.sampleRate()
                        + " Hz; only the reader sets the sample rate");
            }
        }
        return transformed;
    }

    /**
     * Returns whether training uses other samples or windows than evaluation, so that its features cannot be cached.
     */
    public boolean augmentsWaveforms() {
        return !augmentations.isEmpty() || windowing.draws();
    }

    /** Returns whether the input in training differs in any way from that in evaluation. */
    public boolean augments() {
        return augmentsWaveforms() || !featureAugmentations.isEmpty();
    }

    /**
     * Returns the transformed waveform, and then that waveform as each augmentation in turn leaves it in one epoch of training.
     *
     * @param recording the recording that the waveform belongs to
     * @param epoch counted from 1
     * @param random the run's streams
     */
    public List<Waveform> augmented(Waveform waveform, Recording recording, int epoch, RandomStreams random) {
        List<Waveform> steps = new ArrayList<>(List.of(transform(waveform)));
        for (int i = 0; i < augmentations.size(); i++) {
            RandomGenerator stream = random.stream("augmentation " + i, epoch, recording.id());
            steps.add(augmentations.get(i).augment(steps.get(i), recording, stream));
        }
        return steps;
    }

    /**
     * Computes the features of each window for one epoch of training.
     *
     * @param recording the recording that the waveform belongs to
     * @param epoch counted from 1
     * @param random the run's streams
     * @throws ShortRecordingException if the recording is too short for the windowing
     */
    public List<FeatureMatrix> trainingFeatures(Waveform waveform, Recording recording, int epoch, RandomStreams random) {
        Waveform augmented = augmented(waveform, recording, epoch, random).get(augmentations.size());
        List<WindowSpan> spans = windowing.trainingWindows(
                augmented.length(), augmented.sampleRate(), random.stream("window", epoch, recording.id()));
        return augmentFeatures(extract(augmented, spans), recording, epoch, random);
    }

    /**
     * Applies only the feature augmentations, the last part of {@link #trainingFeatures}: for cached windows, where
     * nothing {@link #augmentsWaveforms}.
     *
     * @param features the features of the recording's windows, in time order
     * @param recording the recording that the windows belong to
     * @param epoch counted from 1
     * @param random the run's streams
     */
    public List<FeatureMatrix> augmentFeatures(
            List<FeatureMatrix> features, Recording recording, int epoch, RandomStreams random) {
        List<FeatureMatrix> windows = features;
        for (int i = 0; i < featureAugmentations.size(); i++) {
            RandomGenerator stream = random.stream("feature augmentation " + i, epoch, recording.id());
            List<FeatureMatrix> changed = new ArrayList<>(windows.size());
            for (FeatureMatrix window : windows) {
                changed.add(featureAugmentations.get(i).augment(window, recording, stream));
            }
            windows = List.copyOf(changed);
        }
        return windows;
    }

    private List<FeatureMatrix> extract(Waveform waveform, List<WindowSpan> spans) {
        return windowing.padsFrames() ? extractAndPad(waveform, spans) : extractor.extract(waveform, spans);
    }

    private List<FeatureMatrix> extractAndPad(Waveform waveform, List<WindowSpan> spans) {
        int frames = inputShape(waveform.sampleRate()).frames();
        List<WindowSpan> inside = spans.stream()
                .map(span -> new WindowSpan(span.start(), Math.min(span.length(), waveform.length() - span.start())))
                .toList();
        List<FeatureMatrix> padded = new ArrayList<>(spans.size());
        for (FeatureMatrix matrix : extractor.extract(waveform, inside)) {
            float[] values = new float[frames * matrix.features()];
            matrix.copyTo(values, 0);
            padded.add(FeatureMatrix.of(frames, matrix.features(), values));
        }
        return List.copyOf(padded);
    }

    @Override
    public boolean needsFitting() {
        return false;
    }

    @Override
    public Preprocessing fit(TrainingLengths lengths) {
        return this;
    }

    @Override
    public List<WaveformTransform> transforms() {
        return transforms;
    }

    @Override
    public List<Augmentation> augmentations() {
        return augmentations;
    }

    @Override
    public Preprocessing withAugmentations(List<Augmentation> replacements) {
        return toBuilder().augmentations(replacements).build();
    }

    @Override
    public List<FeatureAugmentation> featureAugmentations() {
        return featureAugmentations;
    }

    /** Returns the windowing. */
    public Windowing windowing() {
        return windowing;
    }

    /** Returns the feature extractor. */
    public FeatureExtractor extractor() {
        return extractor;
    }

    /** The builder's first step: takes transforms, then augmentations, and then the windowing. */
    public static final class Builder extends Open {

        private Builder() {
            super(new ArrayList<>(), new ArrayList<>());
        }

        /** Adds a transform after those before it; in training, evaluation and prediction. */
        public Builder transform(WaveformTransform transform) {
            transforms.add(transform);
            return this;
        }
    }

    /** The builder's second step: takes augmentations, and then the windowing; no transform can follow. */
    public static final class Augmented extends Open {

        private Augmented(List<WaveformTransform> transforms, List<Augmentation> augmentations) {
            super(transforms, augmentations);
        }
    }

    /** The steps of the builder that come before the windowing. */
    public abstract static sealed class Open permits Builder, Augmented {

        final List<WaveformTransform> transforms;
        final List<Augmentation> augmentations;

        Open(List<WaveformTransform> transforms, List<Augmentation> augmentations) {
            this.transforms = transforms;
            this.augmentations = augmentations;
        }

        /** Adds an augmentation after those before it; training only. */
        public Augmented augment(Augmentation augmentation) {
            augmentations.add(augmentation);
            return new Augmented(transforms, augmentations);
        }

        /** Cuts (augmented) waveforms into windows; no augmentation of waveforms can follow. */
        public Windowed<Preprocessing> window(Windowing windowing) {
            List<WaveformTransform> before = List.copyOf(transforms);
            List<Augmentation> heard = List.copyOf(augmentations);
            return new Windowed<>((extractor, seen) -> new Preprocessing(before, heard, windowing, extractor, seen));
        }

        /** Cuts (augmented) waveforms into windows that are fitted on the training recordings. */
        public Windowed<UnfittedPreprocessing> window(UnfittedWindowing windowing) {
            List<WaveformTransform> before = List.copyOf(transforms);
            List<Augmentation> heard = List.copyOf(augmentations);
            return new Windowed<>((extractor, seen) -> new UnfittedPreprocessing(before, heard, windowing, extractor, seen));
        }
    }

    /** A factory of a plan from its last parts: the extractor, and augmentations of features. */
    private interface Last<P extends PreprocessingPlan> extends BiFunction<FeatureExtractor, List<FeatureAugmentation>, P> {}

    /**
     * The builder's step that takes the feature extractor.
     *
     * @param <P> the type that is built: {@link UnfittedPreprocessing} where the windows are to be fitted
     */
    public static final class Windowed<P extends PreprocessingPlan> {

        private final Last<P> last;

        private Windowed(Last<P> last) {
            this.last = last;
        }

        /** Extracts features from each window. */
        public Extracted<P> extract(FeatureExtractor extractor) {
            return new Extracted<>(last, extractor);
        }
    }

    /**
     * The builder's last step: takes augmentations of features, and builds.
     *
     * @param <P> the type that is built: {@link UnfittedPreprocessing} where the windows are to be fitted
     */
    public static final class Extracted<P extends PreprocessingPlan> {

        private final Last<P> last;
        private final FeatureExtractor extractor;
        private final List<FeatureAugmentation> featureAugmentations = new ArrayList<>();

        private Extracted(Last<P> last, FeatureExtractor extractor) {
            this.last = last;
            this.extractor = extractor;
        }

        /** Adds an augmentation of features after those before it; training only. */
        public Extracted<P> augment(FeatureAugmentation augmentation) {
            featureAugmentations.add(augmentation);
            return this;
        }

        /** Builds the preprocessing from all added steps. */
        public P build() {
            return last.apply(extractor, List.copyOf(featureAugmentations));
        }
    }

    /** A factory of a plan from all its steps. */
    interface Maker<W, P extends PreprocessingPlan> {

        P make(List<WaveformTransform> transforms, List<Augmentation> augmentations, W windowing, FeatureExtractor extractor,
                List<FeatureAugmentation> featureAugmentations);
    }

    /**
     * An editor that replaces steps of a preprocessing; their order in a run is that of the {@link Builder}. Not
     * thread-safe.
     *
     * @param <W> the kind of windowing
     * @param <P> the kind of preprocessing that is built
     */
    public static final class Editor<W, P extends PreprocessingPlan> {

        private final Maker<W, P> maker;
        private List<WaveformTransform> transforms;
        private List<Augmentation> augmentations;
        private W windowing;
        private FeatureExtractor extractor;
        private List<FeatureAugmentation> featureAugmentations;

        Editor(
                Maker<W, P> maker,
                List<WaveformTransform> transforms,
                List<Augmentation> augmentations,
                W windowing,
                FeatureExtractor extractor,
                List<FeatureAugmentation> featureAugmentations) {
            this.maker = maker;
            this.transforms = transforms;
            this.augmentations = augmentations;
            this.windowing = windowing;
            this.extractor = extractor;
            this.featureAugmentations = featureAugmentations;
        }

        /** Replaces all transforms. */
        public Editor<W, P> transforms(List<WaveformTransform> replacements) {
            transforms = List.copyOf(replacements);
            return this;
        }

        /** Replaces all augmentations of waveforms. */
        public Editor<W, P> augmentations(List<Augmentation> replacements) {
            augmentations = List.copyOf(replacements);
            return this;
        }

        /** Replaces the windowing. */
        public Editor<W, P> window(W replacement) {
            windowing = replacement;
            return this;
        }

        /** Replaces the feature extractor. */
        public Editor<W, P> extract(FeatureExtractor replacement) {
            extractor = replacement;
            return this;
        }

        /** Replaces all augmentations of features. */
        public Editor<W, P> featureAugmentations(List<FeatureAugmentation> replacements) {
            featureAugmentations = List.copyOf(replacements);
            return this;
        }

        /** Builds the preprocessing. */
        public P build() {
            return maker.make(transforms, augmentations, windowing, extractor, featureAugmentations);
        }
    }
}
