package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import java.util.List;

/**
 * Preprocessing as it is described, before or after it has learned anything: what a training pipeline
 * is given. {@link #fit} turns it into {@link Preprocessing}, which alone can make features.
 */
public sealed interface PreprocessingPlan permits Preprocessing, UnfittedPreprocessing {

    /** Whether {@link #fit} looks at the recordings, so that all training recordings must be read before it. */
    boolean needsFitting();

    /** The preprocessing for these training recordings; {@code this} if it needs no fitting. */
    Preprocessing fit(TrainingLengths lengths);

    /** In their order; empty if recordings are taken as they are. */
    List<WaveformTransform> transforms();

    /** What the transforms make of a waveform. */
    Waveform transform(Waveform waveform);

    /** In their order; empty if training augments no waveform. */
    List<Augmentation> augmentations();

    /** In their order; empty if training augments no features. */
    List<FeatureAugmentation> featureAugmentations();
}
