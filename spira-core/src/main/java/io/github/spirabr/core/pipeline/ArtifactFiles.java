package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files of a model's artifact: its recipe, its provenance, and the network's own. */
final class ArtifactFiles {

    private static final String RECIPE = "model.properties";
    private static final String PROVENANCE = "provenance.properties";

    private ArtifactFiles() {}

    static Map<String, byte[]> of(ModelRecipe recipe, Map<String, byte[]> network, Provenance provenance) {
        Map<String, byte[]> files = new HashMap<>(network);
        own(files, RECIPE, PropertyText.write(recipe.describe()));
        own(files, PROVENANCE, PropertyText.write(provenance.describe()));
        return files;
    }

    private static void own(Map<String, byte[]> files, String name, byte[] content) {
        if (files.put(name, content) != null) {
            throw new IllegalStateException("the network's state has a file " + name + ", which is the pipeline's own");
        }
    }

    static ModelRecipe recipe(ModelArtifact artifact, Components components) {
        return ModelRecipe.read(PropertyText.read(artifact.file(RECIPE)), components);
    }

    /** Names all that the run of this artifact depended on; empty if it is of an older library, or of no run. */
    static Optional<String> identity(ModelArtifact artifact) {
        return artifact.has(PROVENANCE)
                ? Optional.ofNullable(PropertyText.read(artifact.file(PROVENANCE)).get(Provenance.IDENTITY))
                : Optional.empty();
    }

    static Map<String, byte[]> network(ModelArtifact artifact) {
        Map<String, byte[]> files = new HashMap<>();
        for (String name : artifact.fileNames()) {
            if (!name.equals(RECIPE) && !name.equals(PROVENANCE)) {
                files.put(name, artifact.file(name));
            }
        }
        return files;
    }
}
