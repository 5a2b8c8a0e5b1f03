package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import java.util.List;

/** A preprocessing whose windowing must be fitted on the training recordings. Immutable and thread-safe. */
public final class UnfittedPreprocessing implements PreprocessingPlan {

    private final List<WaveformTransform> transforms;
    private final List<Augmentation> augmentations;
    private final UnfittedWindowing windowing;
    private final FeatureExtractor extractor;
    private final List<FeatureTransform> featureTransforms;
    private final List<FeatureAugmentation> featureAugmentations;

    UnfittedPreprocessing(
            List<WaveformTransform> transforms,
            List<Augmentation> augmentations,
            UnfittedWindowing windowing,
            FeatureExtractor extractor,
            List<FeatureTransform> featureTransforms,
            List<FeatureAugmentation> featureAugmentations) {
        this.transforms = transforms;
        this.augmentations = augmentations;
        this.windowing = windowing;
        this.extractor = extractor;
        this.featureTransforms = featureTransforms;
        this.featureAugmentations = featureAugmentations;
    }

    /** Returns an editor of these steps, for a preprocessing that differs in some of them. */
    public Preprocessing.Editor<UnfittedWindowing, UnfittedPreprocessing> toBuilder() {
        return new Preprocessing.Editor<>(
                UnfittedPreprocessing::new, transforms, augmentations, windowing, extractor, featureTransforms,
                featureAugmentations);
    }

    @Override
    public boolean needsFitting() {
        return true;
    }

    @Override
    public Preprocessing fit(TrainingLengths lengths) {
        return new Preprocessing(
                transforms, augmentations, windowing.fit(lengths), extractor, featureTransforms, featureAugmentations);
    }

    @Override
    public List<WaveformTransform> transforms() {
        return transforms;
    }

    @Override
    public Waveform transform(Waveform waveform) {
        return Preprocessing.transform(transforms, waveform);
    }

    @Override
    public List<Augmentation> augmentations() {
        return augmentations;
    }

    @Override
    public UnfittedPreprocessing withAugmentations(List<Augmentation> replacements) {
        return toBuilder().augmentations(replacements).build();
    }

    @Override
    public List<FeatureTransform> featureTransforms() {
        return featureTransforms;
    }

    @Override
    public List<FeatureAugmentation> featureAugmentations() {
        return featureAugmentations;
    }

    /** Returns the windowing that is to be fitted. */
    public UnfittedWindowing windowing() {
        return windowing;
    }

    /** Returns the feature extractor. */
    public FeatureExtractor extractor() {
        return extractor;
    }
}
