package io.github.spirabr.training;

import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps every checkpoint, in memory. */
public class MemoryCheckpoints implements CheckpointStore {

    /** All checkpoints, in the order in which they were saved. */
    public final List<Checkpoint> saved = new ArrayList<>();

    @Override
    public void save(Checkpoint checkpoint) {
        Map<String, byte[]> copy = new HashMap<>();
        checkpoint.files().forEach((name, bytes) -> copy.put(name, bytes.clone()));
        saved.add(new Checkpoint(checkpoint.step(), checkpoint.best(), copy));
    }

    @Override
    public Optional<Found> latest() {
        return saved.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(saved.get(saved.size() - 1), List.of()));
    }

    @Override
    public void clear() {
        saved.clear();
    }

    /** Returns a store of the first checkpoints. */
    public MemoryCheckpoints upTo(int count) {
        MemoryCheckpoints part = new MemoryCheckpoints();
        saved.subList(0, count).forEach(part::save);
        return part;
    }
}
