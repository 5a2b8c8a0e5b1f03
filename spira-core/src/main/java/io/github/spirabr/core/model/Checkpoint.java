package io.github.spirabr.core.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * The complete state of a training at one step, from which it resumes with identical results.
 *
 * @param step updates of the weights so far
 * @param best whether its weights are those of the best validation so far, so that a store may keep it longer
 * @param files by name; named as the files of a model artifact are
 */
public record Checkpoint(long step, boolean best, Map<String, byte[]> files) {

    /** Copies the map, not the bytes. */
    public Checkpoint {
        files = new TreeMap<>(files);
    }

    /** Creates a checkpoint that is not the best so far. */
    public Checkpoint(long step, Map<String, byte[]> files) {
        this(step, false, files);
    }
}
