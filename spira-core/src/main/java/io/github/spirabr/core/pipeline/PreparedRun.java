package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.KnownSounds;
import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.preprocessing.Preprocessing;
import java.util.Optional;

/**
 * The input of the stages after the first.
 *
 * @param outcome outcome of the first stage
 * @param preprocessing fitted on the training set
 * @param usable split without the rejected recordings
 * @param certificate certificate of the split, if it was audited
 * @param sounds sounds of the training and validation set, if the split was audited
 * @param features features of all usable recordings
 */
record PreparedRun(
        FeatureOutcome outcome,
        Preprocessing preprocessing,
        DatasetSplit usable,
        Optional<SplitCertificate> certificate,
        Optional<KnownSounds> sounds,
        FeatureWorks features) {}
