package io.github.spirabr.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Port: a store of the checkpoints of runs. Checkpoints are stored atomically, even if the process is killed. Used by one run at a
 * time.
 */
public interface CheckpointStore {

    /**
     * The stored state of an interrupted run.
     *
     * @param checkpoint the newest intact checkpoint
     * @param damaged a sentence for each newer checkpoint that cannot be used, with the reason
     */
    record Found(Checkpoint checkpoint, List<String> damaged) {

        /** Copies the list. */
        public Found {
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * Returns the store of one run among others, so that a run with other settings finds none of its checkpoints. By default this
     * store, for all runs.
     *
     * @param identity hexadecimal digits that name all inputs of the run's network
     */
    default CheckpointStore ofRun(String identity) {
        return this;
    }

    /**
     * Stores a checkpoint, and keeps as many earlier ones as the store's policy says.
     *
     * @throws TrainingException if it cannot be stored; earlier ones stay
     */
    void save(Checkpoint checkpoint);

    /**
     * Returns the newest intact checkpoint; empty if there is no checkpoint.
     *
     * @throws TrainingException if there are checkpoints, but all of them are damaged
     */
    Optional<Found> latest();

    /** Removes all checkpoints at the end of the run. */
    void clear();

    /**
     * The complete state of a training at one step, from which it resumes with identical results.
     *
     * @param step updates of the weights so far
     * @param best whether its weights are those of the best validation so far, so that a store may keep it longer
     * @param files files, by name; named as the files of a model artifact are
     */
    record Checkpoint(long step, boolean best, Map<String, byte[]> files) {

        /** Copies the map, not the bytes. */
        public Checkpoint {
            files = new TreeMap<>(files);
        }

        /** Creates a checkpoint that is not the best so far. */
        public Checkpoint(long step, Map<String, byte[]> files) {
            this(step, false, files);
        }
    }
}
