package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.internal.SortedProperties;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where stages leave what comes after them: each outcome under the stage's name and identity.
 *
 * @param outcomes small files, networks and checkpoints
 * @param features prepared data sets
 */
record WorkStore(ModelRepository outcomes, PreparedDatasetRepository features) {

    /** To be raised whenever the files of a stage change; part of every identity, so that old ones are not found. */
    static final String FORMAT = "1";

    private static final String ABOUT = "stage.properties";

    /**
     * @param kind a stage, or a part of one's outcome
     */
    Optional<ModelVersion> find(Object kind, String identity) {
        return outcomes.latest(name(kind, identity));
    }

    ModelArtifact load(ModelVersion version) {
        ModelArtifact artifact = outcomes.load(version);
        String format = SortedProperties.read(artifact.file(ABOUT)).get("format");
        if (!FORMAT.equals(format)) {
            throw new PipelineException("the outcome of a stage at " + outcomes.location(version) + " has format " + format
                    + ", but this version reads " + FORMAT + " only; delete it, or use the version that made it");
        }
        return artifact;
    }

    ModelVersion save(Object kind, String identity, Map<String, byte[]> files) {
        Map<String, byte[]> all = new HashMap<>(files);
        all.put(ABOUT, ("format=" + FORMAT + "\nkind=" + kind + "\n").getBytes(StandardCharsets.UTF_8));
        return outcomes.save(name(kind, identity), ModelArtifact.of(all));
    }

    String location(ModelVersion version) {
        return outcomes.location(version);
    }

    StoredCheckpoints checkpoints(String identity) {
        return new StoredCheckpoints(outcomes, "checkpoints-" + identity);
    }

    private static String name(Object kind, String identity) {
        return kind + "-" + identity;
    }
}
