package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.work.Parallelism;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A data set of which every recording was looked at.
 *
 * @param facts facts of the recordings that can be read, in the order of the data set
 * @param rejected those that cannot
 */
public record InspectedDataset(List<RecordingFacts> facts, List<RejectedRecording> rejected) {

    /** Copies the lists, that of the facts into a table. */
    public InspectedDataset {
        facts = RecordingFacts.compact(facts);
        rejected = List.copyOf(rejected);
    }

    /**
     * Inspects every recording.
     *
     * @param inspector the inspector of one recording
     * @param parallelism the number of recordings inspected at a time
     * @param progress receives the number of inspected recordings
     */
    public static InspectedDataset of(Dataset dataset, RecordingInspector inspector, Parallelism parallelism, IntConsumer progress) {
        try (WorkThreads workers = new WorkThreads(parallelism, "spira-features")) {
            Preparation preparation = new Preparation(workers, progress);
            try (Preparation.Visits<RecordingFacts> visits = preparation.visits(dataset.recordings(), inspector::inspect)) {
                return new InspectedDataset(RecordingFacts.compact(visits), preparation.rejected(dataset.name()));
            }
        }
    }
}
