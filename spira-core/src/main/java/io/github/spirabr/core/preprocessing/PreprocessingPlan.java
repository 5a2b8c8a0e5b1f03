package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import java.util.List;

/**
 * A description of the preprocessing, before or after fitting: the input of a training pipeline. {@link #fit} turns it
 * into {@link Preprocessing}, which alone can compute features.
 */
public sealed interface PreprocessingPlan permits Preprocessing, UnfittedPreprocessing {

    /**
     * Returns whether {@link #fit} depends on the lengths of recordings, so that all training recordings must be read before it.
     */
    boolean needsFitting();

    /**
     * Returns the preprocessing with its windows fitted on these training recordings; {@code this} if they need no fitting.
     * Transforms of features are fitted after that, see {@link Preprocessing#needsFrames}.
     */
    Preprocessing fit(TrainingLengths lengths);

    /** Returns the transforms in their order; empty if recordings are used as they are. */
    List<WaveformTransform> transforms();

    /** Applies the transforms to a waveform. */
    Waveform transform(Waveform waveform);

    /** Returns the augmentations of waveforms in their order; may be empty. */
    List<Augmentation> augmentations();

    /** Returns the same plan with other augmentations of waveforms. */
    PreprocessingPlan withAugmentations(List<Augmentation> replacements);

    /** Returns the transforms of features in their order; may be empty. */
    List<FeatureTransform> featureTransforms();

    /** Returns the augmentations of features in their order; may be empty. */
    List<FeatureAugmentation> featureAugmentations();
}
