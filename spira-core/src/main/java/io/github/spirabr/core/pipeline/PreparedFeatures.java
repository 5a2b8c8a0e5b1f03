package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Side;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@link TrainingPipeline#prepareFeatures} left for the stages after it.
 *
 * @param split who is on which side, without the rejected recordings
 * @param rejected recordings that cannot be used, within the limits
 * @param dataSets names of the prepared data sets in the work store, by side; the training side has none where its
 *     features are drawn anew in each epoch
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
