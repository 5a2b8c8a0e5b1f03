package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
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

    private static final InputShape SHAPE = new InputShape(128, 8);
    private static final int THREADS = 8;
    private static final int ROUNDS = Integer.getInteger("spira.rounds", 20);

    @Test
    void collectionsChangeNoAnswer() throws InterruptedException, ExecutionException {
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
                work.add(GarbageCollectionTest::answers);
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

    /** Of models with the same weights to the same window, each opened anew. */
    private static List<Double> answers() {
        float[] values = new float[SHAPE.frames() * SHAPE.features()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        List<FeatureMatrix> window = List.of(FeatureMatrix.of(SHAPE.frames(), SHAPE.features(), values));
        List<Double> answers = new ArrayList<>();
        UntrainedNetwork network = (UntrainedNetwork) SpiraConv.v2().create(SHAPE, new RandomStreams(1));
        try (TrainedModel model = new TrainedNetwork(SHAPE, network.takeNetwork())) {
            for (int round = 0; round < ROUNDS; round++) {
                answers.add(model.predict(window)[0]);
            }
        }
        return answers;
    }
}
