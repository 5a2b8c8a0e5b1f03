package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.StoredWeights;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.HashMap;
import java.util.Map;

/** The stored models whose weights a training starts from. */
final class WeightSources {

    private WeightSources() {}

    /**
     * Reads all files of the model.
     *
     * @throws ModelRepositoryException if it does not exist, or is damaged
     */
    static Map<String, byte[]> files(Experiment experiment, StoredWeights weights) {
        StoragePlace place = weights.models().orElse(experiment.models());
        ModelRepository models = place.models();
        String name = weights.modelName().orElse(experiment.modelName());
        ModelVersion version = weights.alias().isEmpty()
                ? new ModelVersion(name, weights.version().orElseThrow())
                : models.find(name, weights.alias().get()).orElseThrow(() -> new ModelRepositoryException("no version of '" + name
                        + "' in " + place + " has the alias '" + weights.alias().get() + "'; the model has the aliases "
                        + models.aliases(name).keySet()));
        ModelArtifact artifact = models.load(version);
        Map<String, byte[]> files = new HashMap<>();
        artifact.fileNames().forEach(file -> files.put(file, artifact.file(file)));
        return files;
    }
}
