package io.github.spirabr.core.registry;

import java.util.List;
import java.util.Optional;

/**
 * Port: keeps models in numbered, immutable versions. Safe for any number of threads and processes:
 * a version appears whole or not at all, and no number is given twice.
 */
public interface ModelRepository {

    /**
     * Saves an artifact as the next version of a model.
     *
     * @param name of the model, see {@link ModelVersion}
     * @throws ModelRepositoryException if it could not be stored; then nothing of it is visible
     */
    ModelVersion save(String name, ModelArtifact artifact);

    /**
     * Loads a version and checks every file's SHA-256.
     *
     * @throws ModelRepositoryException if there is no such version, or a file is missing or altered
     */
    ModelArtifact load(ModelVersion version);

    /** All versions of a model, oldest first; empty if there are none. */
    List<ModelVersion> versions(String name);

    /** The newest version of a model; empty if there is none. */
    default Optional<ModelVersion> latest(String name) {
        List<ModelVersion> versions = versions(name);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    /** Where a version lies, for people: a path or an address without credentials. */
    String location(ModelVersion version);
}
