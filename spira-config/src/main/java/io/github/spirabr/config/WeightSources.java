package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.StoredWeights;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The stored models and files whose weights a training starts from. */
final class WeightSources {

    private static final String ENDING = ".safetensors";
    /** The file itself, a copy, and its numbers. */
    private static final int COPIES = 4;

    private WeightSources() {}

    /**
     * Reads all files of the model, or the file of weights.
     *
     * @throws ModelRepositoryException if it does not exist, or is damaged
     */
    static Map<String, byte[]> files(Experiment experiment, StoredWeights weights) {
        return weights.file().map(WeightSources::file).orElseGet(() -> model(experiment, weights));
    }

    private static Map<String, byte[]> file(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(ENDING)) {
            throw new IllegalArgumentException("a file of weights must have a name that ends in " + ENDING + ", but was "
                    + file + "; write it with safetensors.torch.save_file, or with 'spira models export'");
        }
        try {
            long size = Files.size(file);
            long most = Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / COPIES);
            if (size > most) {
                throw new IllegalArgumentException("a file of weights must have at most " + (most >> 20) + " MB, but " + file
                        + " has " + (size >> 20) + " MB; give Java more memory with -Xmx, or leave out arrays");
            }
            return Map.of(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("the file of weights " + file + " must be readable, but is not: " + e
                    + "; correct the path, or copy the file there", e);
        }
    }

    private static Map<String, byte[]> model(Experiment experiment, StoredWeights weights) {
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
