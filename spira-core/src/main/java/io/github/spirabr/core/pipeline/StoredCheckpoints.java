package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.internal.Table;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checkpoints of one training, each a version of an artifact; the newest two are kept. */
final class StoredCheckpoints implements CheckpointStore {

    private static final int KEEP = 2;
    private static final String ABOUT = "checkpoint.tsv";

    private final ModelRepository store;
    private final String name;

    StoredCheckpoints(ModelRepository store, String name) {
        this.store = store;
        this.name = name;
    }

    @Override
    public void save(Checkpoint checkpoint) {
        Map<String, byte[]> files = new HashMap<>(checkpoint.files());
        files.put(ABOUT, Table.write(List.of(List.of(
                Long.toString(checkpoint.step()), Boolean.toString(checkpoint.best())))));
        try {
            store.save(name, ModelArtifact.of(files));
            if (store.versions(name).size() > KEEP) {
                store.prune(name, KEEP);
            }
        } catch (ModelRepositoryException e) {
            throw new TrainingException(
                    "the checkpoint of step " + checkpoint.step() + " could not be stored: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Found> latest() {
        List<ModelVersion> versions = store.versions(name);
        List<String> damaged = new ArrayList<>();
        for (int i = versions.size() - 1; i >= 0; i--) {
            try {
                return Optional.of(new Found(checkpoint(store.load(versions.get(i))), damaged));
            } catch (ModelRepositoryException | DocumentException e) {
                damaged.add(e.getMessage());
            }
        }
        if (damaged.isEmpty()) {
            return Optional.empty();
        }
        throw new TrainingException("no checkpoint can be used: " + String.join("; ", damaged)
                + "; delete them to train from the beginning");
    }

    private static Checkpoint checkpoint(ModelArtifact artifact) {
        Map<String, byte[]> files = new HashMap<>();
        artifact.fileNames().stream().filter(file -> !file.equals(ABOUT)).forEach(
                file -> files.put(file, artifact.file(file)));
        return Table.readRow(ABOUT, artifact.file(ABOUT), row -> new Checkpoint(
                Long.parseLong(row.get(0)), Boolean.parseBoolean(row.get(1)), files));
    }

    @Override
    public void clear() {
        store.versions(name).forEach(store::delete);
    }
}
