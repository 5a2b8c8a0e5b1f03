package io.github.spirabr.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.SmallData;
import io.github.spirabr.training.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ND4J frees memory when the collector finds its Java object unreachable, which may be while it is still read. */
@Tag("slow")
class GarbageCollectionTest {

    private static final InputShape SHAPE = SmallData.SHAPE;
    private static final ModelFactory NETWORK = Dl4jNetwork.of(OwnNetworks.convolutional());
    private static final int THREADS = 8;
    private static final int ROUNDS = Integer.getInteger("spira.rounds", 20);

    @Test
    void collectionsChangeNoAnswer() throws InterruptedException, ExecutionException {
        Map<String, byte[]> state = state();
        AtomicBoolean done = new AtomicBoolean();
        Thread collector = new Thread(() -> {
            while (!done.get()) {
                System.gc();
            }
        });
        collector.start();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<Double>>> work = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                work.add(() -> answers(state));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> one : threads.invokeAll(work)) {
                all.addAll(one.get());
            }
            assertThat(all).containsOnly(all.get(0));
        } finally {
            done.set(true);
            threads.shutdownNow();
            collector.join();
        }
    }

    private static Map<String, byte[]> state() {
        RandomStreams random = new RandomStreams(1);
        try (TrainedModel model = Trainer.builder().epochs(1).build()
                .train(NETWORK.create(SHAPE, random), new SmallData(8, 1), new SmallData(4, 2),
                        TrainingContext.of(random, new TrainingListener() {}))
                .model()) {
            return model.state();
        }
    }

    /** Returns the answers of a model that is opened anew to the same window. */
    private static List<Double> answers(Map<String, byte[]> state) {
        float[] values = new float[SHAPE.frames() * SHAPE.features()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        List<FeatureMatrix> window = List.of(FeatureMatrix.of(SHAPE.frames(), SHAPE.features(), values));
        List<Double> answers = new ArrayList<>();
        try (TrainedModel model = NETWORK.create(SHAPE, new RandomStreams(1)).restore(state)) {
            for (int round = 0; round < ROUNDS; round++) {
                answers.add(model.predict(window)[0]);
            }
        }
        return answers;
    }
}
