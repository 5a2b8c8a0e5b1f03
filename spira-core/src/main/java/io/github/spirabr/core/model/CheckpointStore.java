package io.github.spirabr.core.model;

import java.util.List;
import java.util.Optional;

/**
 * Port: keeps the checkpoints of runs. A checkpoint is there whole or not at all, whenever the
 * process is killed. Used by one run at a time.
 */
public interface CheckpointStore {

    /**
     * What is left of a run.
     *
     * @param checkpoint the newest that is whole
     * @param damaged says of each newer one why it cannot be used
     */
    record Found(Checkpoint checkpoint, List<String> damaged) {

        /** Copies the list. */
        public Found {
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * Returns the store of one run among others, so that a run of other settings finds none of this one's checkpoints. By default
     * this store, for all runs.
     *
     * @param identity names all that the run's network depends on: hexadecimal digits
     */
    default CheckpointStore ofRun(String identity) {
        return this;
    }

    /**
     * Keeps a checkpoint, and as many of those before it as the store's policy says.
     *
     * @throws TrainingException if it cannot be kept; those before it stay
     */
    void save(Checkpoint checkpoint);

    /**
     * The newest checkpoint that is whole; empty if there is none.
     *
     * @throws TrainingException if there are checkpoints, but all of them are damaged
     */
    Optional<Found> latest();

    /** Removes all checkpoints: the run is over. */
    void clear();
}
