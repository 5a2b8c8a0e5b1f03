package io.github.spirabr.pytorch;

import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.training.SmallData;
import io.github.spirabr.training.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A training step of CNN10 on 8 windows of 401 frames (4 s), for the comparison in examples/benchmarks/compare.sh: prints "step"
 * and the median of its times in milliseconds. Its argument is the number of threads.
 */
final class PannsStep {

    private static final int WINDOWS = 8;
    private static final int WARM_UP = 3;
    private static final int STEPS = 9;
    private static final InputShape SHAPE = new InputShape(401, 64);

    private PannsStep() {}

    public static void main(String[] args) {
        SplittableRandom random = new SplittableRandom(1);
        RandomStreams streams = new RandomStreams(1);
        List<Long> ends = new ArrayList<>();
        TrainingListener clock = new TrainingListener() {
            @Override
            public void onTraining(TrainingEvent event) {
                if (event instanceof TrainingEvent.StepCompleted) {
                    ends.add(System.nanoTime());
                }
            }
        };
        Trainer.builder().epochs(1).batchSize(WINDOWS).build()
                .train(Panns.cnn10().on(ComputeDevice.CPU).create(SHAPE, streams), data(WINDOWS * (1 + WARM_UP + STEPS), random),
                        data(2, random),
                        TrainingContext.of(streams, clock).withParallelism(Parallelism.of(Integer.parseInt(args[0]))))
                .model().close();
        List<Double> times = new ArrayList<>();
        for (int step = 1 + WARM_UP; step < ends.size(); step++) {
            times.add((ends.get(step) - ends.get(step - 1)) / 1e6);
        }
        times.sort(null);
        System.out.println("step " + times.get(times.size() / 2));
    }

    private static SmallData data(int count, SplittableRandom random) {
        List<RecordingFeatures> recordings = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            float[] values = new float[SHAPE.frames() * SHAPE.features()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (60 * random.nextDouble() - 50);
            }
            Recording recording = new Recording("r" + r, "s" + r, Label.values()[r % 2], Map.of(),
                    AudioSource.ofBytes("none", new byte[0]));
            recordings.add(new RecordingFeatures(
                    recording, List.of(FeatureMatrix.of(SHAPE.frames(), SHAPE.features(), values))));
        }
        return new SmallData(recordings);
    }
}
