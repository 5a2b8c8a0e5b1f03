package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The store through which stages pass on their outcomes, each under the stage's name and identity.
 *
 * @param outcomes small files, networks and checkpoints
 * @param features prepared data sets; null to compute features again in each run
 */
record WorkStore(ModelRepository outcomes, @Nullable PreparedDatasetRepository features) {

    /** The version of a stage's files; part of every identity, so that files of another version are not found. */
    static final int FORMAT = 1;

    private static final String ABOUT = "stage.properties";

    /**
     * Finds an outcome.
     *
     * @param kind a stage, or a part of one's outcome
     */
    Optional<ModelVersion> find(Object kind, String identity) {
        return outcomes.latest(name(kind, identity));
    }

    /**
     * Reads an outcome.
     *
     * @throws PipelineException if it is damaged or of a newer format
     */
    <T> T read(ModelVersion version, Function<ModelArtifact, T> reader) {
        ModelArtifact artifact = outcomes.load(version);
        try {
            Document.read(ABOUT, FORMAT, artifact.file(ABOUT), Document::toMap);
            return reader.apply(artifact);
        } catch (DocumentException e) {
            throw new PipelineException("the outcome of a stage at " + outcomes.location(version) + " could not be used: "
                    + e.getMessage() + ", or delete the outcome to make it anew", e);
        }
    }

    /** Returns whether the stored files of an outcome are not those that were saved. */
    boolean isDamaged(Object kind, String identity) {
        return !outcomes.verify(name(kind, identity)).isSound();
    }

    /** Removes an outcome, also a damaged one. */
    void remove(Object kind, String identity) {
        String name = name(kind, identity);
        outcomes.mend(name);
        outcomes.versions(name).forEach(outcomes::delete);
    }

    ModelVersion save(Object kind, String identity, Map<String, byte[]> files) {
        Map<String, byte[]> all = new HashMap<>(files);
        all.put(ABOUT, Document.of(FORMAT).put("kind", kind).toBytes());
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
