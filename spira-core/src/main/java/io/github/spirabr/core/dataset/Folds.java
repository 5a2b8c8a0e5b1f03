package io.github.spirabr.core.dataset;

import java.util.List;

/**
 * Port: several splits of one data set, so that each subject is in the test set once. Implementations are immutable.
 */
public interface Folds {

    /**
     * Returns one splitter for each fold; it is valid for this data set and seed.
     *
     * @throws InvalidDatasetException if the data set cannot be split in this way
     */
    List<Splitter> of(Dataset dataset, long seed);
}
