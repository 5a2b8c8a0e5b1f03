package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What happens to a waveform before the network sees it: augmentations (in training only), then
 * windows, then features, then augmentations of these (in training only). The builder's types hold
 * that order. Immutable and thread-safe.
 */
public final class Preprocessing implements PreprocessingPlan {

    private final List<Augmentation> augmentations;
    private final Windowing windowing;
    private final FeatureExtractor extractor;
    private final List<FeatureAugmentation> featureAugmentations;

    Preprocessing(
            List<Augmentation> augmentations,
            Windowing windowing,
            FeatureExtractor extractor,
            List<FeatureAugmentation> featureAugmentations) {
        this.augmentations = augmentations;
        this.windowing = windowing;
        this.extractor = extractor;
        this.featureAugmentations = featureAugmentations;
    }

    /** Starts with the augmentations, of which there may be none. */
    public static Builder builder() {
        return new Builder();
    }

    /** The shape of every window's features for waveforms of this rate, in hertz. */
    public InputShape inputShape(int sampleRate) {
        return new InputShape(extractor.frames(windowing.windowLength(sampleRate)), extractor.features());
    }

    /**
     * The features of each window, as evaluation and prediction see them: nothing is drawn.
     *
     * @throws ShortRecordingException if the windowing does not take so short a recording
     */
    public List<FeatureMatrix> features(Waveform waveform) {
        return extract(waveform, windowing.windows(waveform.length(), waveform.sampleRate()));
    }

    /** Whether training hears other samples or windows than evaluation does, so that its features cannot be kept. */
    public boolean augmentsWaveforms() {
        return !augmentations.isEmpty() || windowing.draws();
    }

    /** Whether training sees anything else than evaluation does. */
    public boolean augments() {
        return augmentsWaveforms() || !featureAugmentations.isEmpty();
    }

    /**
     * The features of each window as training sees them in one epoch.
     *
     * @param recording whose waveform it is
     * @param epoch counted from 1
     * @param random the run's streams
     * @throws ShortRecordingException if the windowing does not take so short a recording
     */
    public List<FeatureMatrix> trainingFeatures(Waveform waveform, Recording recording, int epoch, RandomStreams random) {
        Waveform augmented = waveform;
        for (int i = 0; i < augmentations.size(); i++) {
            RandomGenerator stream = random.stream("augmentation " + i, epoch, recording.id());
            augmented = augmentations.get(i).augment(augmented, recording, stream);
        }
        List<WindowSpan> spans = windowing.trainingWindows(
                augmented.length(), augmented.sampleRate(), random.stream("window", epoch, recording.id()));
        return augmentFeatures(extract(augmented, spans), recording, epoch, random);
    }

    /**
     * The last part of {@link #trainingFeatures} alone: for windows that were kept, where nothing {@link
     * #augmentsWaveforms}.
     *
     * @param features of the recording's windows, in time order
     * @param recording whose windows they are
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

    /** In their order; empty if training augments no waveform. */
    @Override
    public List<Augmentation> augmentations() {
        return augmentations;
    }

    @Override
    public List<FeatureAugmentation> featureAugmentations() {
        return featureAugmentations;
    }

    public Windowing windowing() {
        return windowing;
    }

    public FeatureExtractor extractor() {
        return extractor;
    }

    /** Takes augmentations, and then the windowing. */
    public static final class Builder {

        private final List<Augmentation> augmentations = new ArrayList<>();

        private Builder() {}

        /** Adds an augmentation after those before it; training only. */
        public Builder augment(Augmentation augmentation) {
            augmentations.add(augmentation);
            return this;
        }

        /** Cuts (augmented) waveforms into windows; no augmentation of waveforms can follow. */
        public Windowed window(Windowing windowing) {
            return new Windowed(List.copyOf(augmentations), windowing);
        }

        /** Cuts (augmented) waveforms into windows that are fitted on the training recordings. */
        public UnfittedWindowed window(UnfittedWindowing windowing) {
            return new UnfittedWindowed(List.copyOf(augmentations), windowing);
        }
    }

    /** Has windows and takes the features that are extracted from each. */
    public static final class Windowed {

        private final List<Augmentation> augmentations;
        private final Windowing windowing;

        private Windowed(List<Augmentation> augmentations, Windowing windowing) {
            this.augmentations = augmentations;
            this.windowing = windowing;
        }

        /** Extracts features from each window. */
        public Extracted extract(FeatureExtractor extractor) {
            return new Extracted(augmentations, windowing, extractor);
        }
    }

    /** Has all it needs, and takes augmentations of features. */
    public static final class Extracted {

        private final List<Augmentation> augmentations;
        private final Windowing windowing;
        private final FeatureExtractor extractor;
        private final List<FeatureAugmentation> featureAugmentations = new ArrayList<>();

        private Extracted(List<Augmentation> augmentations, Windowing windowing, FeatureExtractor extractor) {
            this.augmentations = augmentations;
            this.windowing = windowing;
            this.extractor = extractor;
        }

        /** Adds an augmentation of features after those before it; training only. */
        public Extracted augment(FeatureAugmentation augmentation) {
            featureAugmentations.add(augmentation);
            return this;
        }

        public Preprocessing build() {
            return new Preprocessing(augmentations, windowing, extractor, List.copyOf(featureAugmentations));
        }
    }

    /** Has windows that are to be fitted and takes the features that are extracted from each. */
    public static final class UnfittedWindowed {

        private final List<Augmentation> augmentations;
        private final UnfittedWindowing windowing;

        private UnfittedWindowed(List<Augmentation> augmentations, UnfittedWindowing windowing) {
            this.augmentations = augmentations;
            this.windowing = windowing;
        }

        /** Extracts features from each window. */
        public UnfittedExtracted extract(FeatureExtractor extractor) {
            return new UnfittedExtracted(augmentations, windowing, extractor);
        }
    }

    /** Has all it needs but the fitting, and takes augmentations of features. */
    public static final class UnfittedExtracted {

        private final List<Augmentation> augmentations;
        private final UnfittedWindowing windowing;
        private final FeatureExtractor extractor;
        private final List<FeatureAugmentation> featureAugmentations = new ArrayList<>();

        private UnfittedExtracted(
                List<Augmentation> augmentations, UnfittedWindowing windowing, FeatureExtractor extractor) {
            this.augmentations = augmentations;
            this.windowing = windowing;
            this.extractor = extractor;
        }

        /** Adds an augmentation of features after those before it; training only. */
        public UnfittedExtracted augment(FeatureAugmentation augmentation) {
            featureAugmentations.add(augmentation);
            return this;
        }

        public UnfittedPreprocessing build() {
            return new UnfittedPreprocessing(augmentations, windowing, extractor, List.copyOf(featureAugmentations));
        }
    }
}
