package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.Component;
import java.util.Map;

/**
 * Port: assigns each subject to the training set, the validation set or the test set. It assigns subjects, not
 * recordings, so that no subject can be in two sets. Folds and rounds of continuous training describe themselves as
 * well, but only their makers can create them again.
 */
public interface Splitter extends Component {

    /**
     * Returns the set of each subject; a subject without an entry is not used.
     *
     * @param dataset the data set to split
     * @param seed seed of the run; the same data set and seed give the same result
     * @throws InvalidDatasetException if the data set cannot be split in this way
     */
    Map<String, Side> assign(Dataset dataset, long seed);

    /**
     * Splits the data set: by subject, unless this is a {@link SubjectLeakingSplit}.
     *
     * @throws InvalidDatasetException if the data set cannot be split in this way
     */
    default DatasetSplit split(Dataset dataset, long seed) {
        return DatasetSplit.of(dataset, assign(dataset, seed));
    }

    /** Returns this split with a seed of its own, so that runs with other seeds have the same sets. */
    default Splitter withSeed(long seed) {
        return new SeededSplit(this, seed);
    }
}
