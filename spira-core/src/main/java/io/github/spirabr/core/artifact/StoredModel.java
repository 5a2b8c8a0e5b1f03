package io.github.spirabr.core.artifact;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Optional;

/** All that a stored model's files say beside the network's weights. */
public record StoredModel(
        ModelVersion version,
        ModelRecipe recipe,
        QualityLimits limits,
        Optional<InputStatistics> inputStatistics,
        Optional<String> dataFingerprint) {

    /** Reads the files of a version that is loaded, all but the weights. */
    public static StoredModel read(ModelVersion version, ModelArtifact artifact, Components components) {
        return new StoredModel(
                version,
                ArtifactFiles.recipe(artifact, components),
                ArtifactFiles.limits(artifact),
                ArtifactFiles.inputStatistics(artifact),
                StoredProvenance.of(artifact).dataFingerprint());
    }
}
