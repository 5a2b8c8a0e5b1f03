package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.internal.MemoryBudget;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The context that the stages of one run share.
 *
 * @param split split of all recordings, usable or not
 * @param ambient recordings of rooms, which are in no set
 * @param waveforms decoded waveforms, kept if they fit into the budget
 */
record RunContext(
        PipelineParts parts,
        Dataset dataset,
        DatasetSplit split,
        AmbientRecordings ambient,
        RandomStreams random,
        WorkThreads threads,
        StageIdentities identities,
        MemoryBudget budget,
        Waveforms waveforms,
        StageOutcomes outcomes,
        PipelineListener listener) {

    /** Returns the recordings of all sets. */
    static List<Recording> recordings(DatasetSplit split) {
        return Stream.of(split.training().recordings(), split.validation().recordings(), split.test().recordings())
                .flatMap(List::stream)
                .toList();
    }

    void tell(PipelineEvent event) {
        listener.onPipeline(event);
    }

    /** Returns the cache of features that depend on no random draw; null if there is none. */
    @Nullable StoredFeatures stored(Preprocessing preprocessing) {
        return parts.featureCache() == null
                ? null : new StoredFeatures(parts.featureCache(), parts.reader(), preprocessing);
    }
}
