package io.github.spirabr.training;

import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.preprocessing.BatchAugmentation;
import java.util.ArrayList;
import java.util.List;

/** The remaining batches of an epoch, drawn and augmented. */
final class Batches implements AutoCloseable {

    private final TrainingPlan plan;
    private final TrainingContext context;
    private final TrainingClock clock;
    private final int epoch;
    private final FeatureStream stream;
    private int step;

    private Batches(
            TrainingPlan plan, TrainingContext context, TrainingClock clock, int epoch, int step, FeatureStream stream) {
        this.plan = plan;
        this.context = context;
        this.clock = clock;
        this.epoch = epoch;
        this.step = step;
        this.stream = stream;
    }

    /**
     * Returns the batches of an epoch, from a step on.
     *
     * @param step number of completed batches of the epoch
     */
    static Batches of(
            TrainingData training, TrainingPlan plan, TrainingContext context, TrainingClock clock, int epoch, int step) {
        int skip = Math.min(training.recordings(), step * plan.batchSize());
        FeatureStream stream = plan.sampling() == Sampling.SHUFFLED
                ? training.epoch(epoch, skip)
                : training.epoch(epoch, skip, plan.sampling());
        return new Batches(plan, context, clock, epoch, step, stream);
    }

    WindowBatch next() {
        long before = System.nanoTime();
        List<RecordingFeatures> recordings = new ArrayList<>(plan.batchSize());
        List<String> suffixes = new ArrayList<>(plan.batchSize());
        while (recordings.size() < plan.batchSize() && stream.hasNext()) {
            // A recording that is drawn again needs random streams of its own.
            int place = step * plan.batchSize() + recordings.size();
            suffixes.add(plan.sampling() == Sampling.SHUFFLED ? "" : " at " + place);
            recordings.add(stream.next());
        }
        clock.waited(System.nanoTime() - before);
        WindowBatch batch = WindowBatch.of(recordings, suffixes);
        String name = "batch " + step;
        for (int a = 0; a < plan.batchAugmentations().size(); a++) {
            BatchAugmentation augmentation = plan.batchAugmentations().get(a);
            batch = batch.augmented(augmentation, context.random().stream("batch augmentation " + a, epoch, name), name);
        }
        step++;
        return batch;
    }

    @Override
    public void close() {
        stream.close();
    }
}
