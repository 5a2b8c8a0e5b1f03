package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What happens to a waveform before the network sees it: augmentations (in training only), then
 * windows, then features. The builder's types hold that order. Immutable and thread-safe.
 */
public final class Preprocessing {

    private final List<Augmentation> augmentations;
    private final Windowing windowing;
    private final FeatureExtractor extractor;

    private Preprocessing(List<Augmentation> augmentations, Windowing windowing, FeatureExtractor extractor) {
        this.augmentations = augmentations;
        this.windowing = windowing;
        this.extractor = extractor;
    }

    /** Starts with the augmentations, of which there may be none. */
    public static Builder builder() {
        return new Builder();
    }

    /** The shape of every window's features for waveforms of this rate, in hertz. */
    public InputShape inputShape(int sampleRate) {
        return new InputShape(extractor.frames(windowing.windowLength(sampleRate)), extractor.features());
    }

    /** The features of each window, as evaluation and prediction see them: nothing is drawn. */
    public List<FeatureMatrix> features(Waveform waveform) {
        return extractor.extract(waveform, windowing.windows(waveform.length(), waveform.sampleRate()));
    }

    /** Whether training sees anything else than evaluation does. */
    public boolean augments() {
        return !augmentations.isEmpty();
    }

    /**
     * The features of each window as training sees them in one epoch.
     *
     * @param recording whose waveform it is
     * @param epoch counted from 1
     * @param random the run's streams
     */
    public List<FeatureMatrix> trainingFeatures(Waveform waveform, Recording recording, int epoch, RandomStreams random) {
        Waveform augmented = waveform;
        for (int i = 0; i < augmentations.size(); i++) {
            RandomGenerator stream = random.stream("augmentation " + i, epoch, recording.id());
            augmented = augmentations.get(i).augment(augmented, recording, stream);
        }
        return features(augmented);
    }

    /** In their order; empty if training augments nothing. */
    public List<Augmentation> augmentations() {
        return augmentations;
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
            return new Extracted(new Preprocessing(augmentations, windowing, extractor));
        }
    }

    /** Has all it needs. */
    public static final class Extracted {

        private final Preprocessing preprocessing;

        private Extracted(Preprocessing preprocessing) {
            this.preprocessing = preprocessing;
        }

        public Preprocessing build() {
            return preprocessing;
        }
    }
}
