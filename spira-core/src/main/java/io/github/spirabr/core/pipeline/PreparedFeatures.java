package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Side;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The outcome of {@link TrainingPipeline#prepareFeatures} for the later stages.
 *
 * @param split the split, without the rejected recordings
 * @param rejected recordings that cannot be used, within the limits
 * @param dataSets names of the prepared data sets in the work store, by set; the training set has none if its features
 *     are drawn anew in each epoch
 */
public record PreparedFeatures(DatasetSplit split, List<RejectedRecording> rejected, SortedMap<Side, String> dataSets) {

    /** Copies the collections. */
    public PreparedFeatures {
        rejected = List.copyOf(rejected);
        dataSets = Collections.unmodifiableSortedMap(new TreeMap<>(dataSets));
    }

    PreparedFeatures(DatasetSplit split, List<RejectedRecording> rejected, Map<Side, String> dataSets) {
        this(split, rejected, new TreeMap<>(dataSets));
    }
}
