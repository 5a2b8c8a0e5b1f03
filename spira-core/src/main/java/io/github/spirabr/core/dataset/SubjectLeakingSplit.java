package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A split by recording, in which the same subject may be in the training set and the test set: the metrics are then too
 * good, and do not apply to subjects not seen in training. It serves to repeat published experiments that were split in
 * this way, and to measure the size of the bias; {@link DatasetSplit#sharedSubjects} and every certificate report it.
 * In all other cases use {@link SubjectSplit}. Immutable and thread-safe.
 */
public final class SubjectLeakingSplit implements Splitter {

    static final String TYPE = "recordings-leaking-subjects";

    private final double[] shares;

    private SubjectLeakingSplit(double[] shares) {
        this.shares = shares;
    }

    /**
     * Returns a random split by recording, stratified by class, each class rounded to whole recordings.
     *
     * @param training share of the recordings, above 0; the three shares add up to 1
     * @param validation share of the recordings, above 0
     * @param test share of the recordings, above 0
     */
    public static SubjectLeakingSplit of(double training, double validation, double test) {
        return new SubjectLeakingSplit(SubjectSplit.shares(training, validation, test));
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, SubjectSplit.described(shares));
    }

    @Override
    public String toString() {
        return "SubjectLeakingSplit" + Arrays.toString(shares);
    }

    /**
     * Refuses every data set.
     *
     * @throws IllegalStateException always, since a subject has no set here; {@link #split} returns the split
     */
    @Override
    public Map<String, Side> assign(Dataset dataset, long seed) {
        throw new IllegalStateException("a split by recording assigns no subjects; call split");
    }

    @Override
    public DatasetSplit split(Dataset dataset, long seed) {
        RandomStreams random = new RandomStreams(seed);
        Map<String, Side> sides = new HashMap<>();
        for (Label label : Label.values()) {
            List<String> ids = new ArrayList<>(dataset.recordings().stream()
                    .filter(one -> one.label() == label)
                    .map(Recording::id)
                    .toList());
            Map<String, Long> places = new HashMap<>();
            for (String id : ids) {
                RandomGenerator stream = random.stream("split by recording", 0, id);
                places.put(id, stream.nextLong());
            }
            ids.sort(Comparator.<String, Long>comparing(places::get).thenComparing(Comparator.naturalOrder()));
            int[] counts = SubjectSplit.quotas(ids.size(), shares);
            int next = 0;
            for (Side side : Side.values()) {
                for (int i = 0; i < counts[side.ordinal()]; i++) {
                    sides.put(ids.get(next++), side);
                }
            }
        }
        return DatasetSplit.byRecording(dataset, sides);
    }
}
