package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Made-up features: patients' are quiet every other stretch of 8 frames, as if they paused. */
public final class SmallData implements TrainingData, EvaluationData {

    /** The shape of all windows. */
    public static final InputShape SHAPE = new InputShape(128, 8);

    private static final AudioSource NO_AUDIO = AudioSource.ofBytes("none", new byte[0]);

    private final List<RecordingFeatures> recordings = new ArrayList<>();

    /** Of these recordings. */
    public SmallData(List<RecordingFeatures> recordings) {
        this.recordings.addAll(recordings);
    }

    /** Makes recordings of both labels in turn, with one to three windows each. */
    public SmallData(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int r = 0; r < count; r++) {
            Label label = Label.values()[r % 2];
            List<FeatureMatrix> windows = new ArrayList<>();
            for (int w = 0; w < 1 + r % 3; w++) {
                windows.add(window(label, random));
            }
            Recording recording = new Recording("r" + seed + "-" + r, "s" + r, label, Map.of(), NO_AUDIO);
            recordings.add(new RecordingFeatures(recording, windows));
        }
    }

    private static FeatureMatrix window(Label label, SplittableRandom random) {
        float[] values = new float[SHAPE.frames() * SHAPE.features()];
        int phase = random.nextInt(16);
        for (int i = 0; i < values.length; i++) {
            int frame = i / SHAPE.features() + phase;
            boolean pause = label == Label.PATIENT && frame / 8 % 2 == 0;
            values[i] = (float) (random.nextDouble() - 0.5 + (pause ? -2 : 0));
        }
        return FeatureMatrix.of(SHAPE.frames(), SHAPE.features(), values);
    }

    /** Returns all recordings. */
    public List<RecordingFeatures> all() {
        return List.copyOf(recordings);
    }

    @Override
    public int recordings() {
        return recordings.size();
    }

    @Override
    public FeatureStream epoch(int epoch, int skip) {
        List<RecordingFeatures> order = new ArrayList<>(recordings);
        Collections.rotate(order, epoch);
        return FeatureStream.of(order.subList(skip, order.size()));
    }

    @Override
    public FeatureStream epoch(int epoch, int skip, Sampling sampling) {
        List<Label> labels = recordings.stream().map(one -> one.recording().label()).toList();
        int[] order = sampling.draw(labels, new SplittableRandom(epoch));
        return FeatureStream.of(Arrays.stream(order).mapToObj(recordings::get).skip(skip).toList());
    }

    @Override
    public FeatureStream open() {
        return FeatureStream.of(recordings);
    }

    /** Asks a model from several threads at once, each of them again and again, and compares with its answers to one thread. */
    public static void assertAnswersTogether(TrainedModel model, int threads) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<List<FeatureMatrix>> questions =
                    new SmallData(threads, 9).all().stream().map(RecordingFeatures::windows).toList();
            List<double[]> alone = questions.stream().map(model::predict).toList();
            CountDownLatch together = new CountDownLatch(threads);
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int own = t;
                running.add(executor.submit(() -> {
                    together.countDown();
                    together.await();
                    for (int n = 0; n < 50; n++) {
                        assertThat(model.predict(questions.get(own))).isEqualTo(alone.get(own));
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
