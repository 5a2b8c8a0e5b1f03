package io.github.spirabr.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.preprocessing.InputShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;

/**
 * Contract of every engine's {@link Network}: gradients are those of the loss, predictions do not depend on the batch, one seed
 * gives one training on any number of threads, weights come back as they were given, and closing frees all.
 *
 * <p>It is in this module's test jar, as the suites of {@code spira-testkit} know the core alone.
 */
public abstract class NetworkEngineContract {

    private static final int WINDOWS = 6;
    private static final int STEPS = 3;
    private static final int WARM_UP = 10;
    private static final int BUILDS = 50;
    private static final int COLLECTIONS = 5;
    private static final int MOST_SECONDS = 10;
    /** Differences of losses over a step of this length, along a direction of length 1. */
    private static final double STEP = 3e-3;

    /** Returns a new network, whose weights are drawn from the seed. */
    protected abstract Network build(long seed);

    /** Returns the shape of the windows; by default 128 frames of 8 features. */
    protected InputShape input() {
        return new InputShape(128, 8);
    }

    /**
     * Returns the numbers of threads that give the same bits. An engine that cannot promise this says so in its description, and
     * returns the only number that it promises bits for.
     */
    protected List<Integer> threads() {
        return List.of(1, 2, 8);
    }

    /** Returns the engine's memory outside of Java's heap, in bytes; 0 if it has none. */
    protected long nativeBytes() {
        return 0;
    }

    private static WindowStreams streams(int step) {
        return (purpose, window) -> new SplittableRandom(31L * (31L * step + window) + purpose.hashCode());
    }

    private TrainingWindows batch(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        float[][] windows = new float[WINDOWS][input().frames() * input().features()];
        float[] targets = new float[WINDOWS];
        float[] shares = new float[WINDOWS];
        for (int w = 0; w < WINDOWS; w++) {
            for (int i = 0; i < windows[w].length; i++) {
                windows[w][i] = (float) random.nextGaussian();
            }
            targets[w] = w % 3 / 2f;
            shares[w] = (w + 1f) / (WINDOWS * (WINDOWS + 1) / 2);
        }
        return new TrainingWindows(windows, targets, shares, OutputLoss.PLAIN);
    }

    private static void requireLayout(List<Segment> layout, int length) {
        Set<String> names = new HashSet<>();
        int end = 0;
        for (Segment segment : layout) {
            assertThat(segment.offset()).as(segment.name()).isEqualTo(end);
            assertThat(segment.layer()).as(segment.name()).isNotEmpty();
            assertThat(names.add(segment.name())).as(segment.name() + " once").isTrue();
            end += segment.length();
        }
        assertThat(end).isEqualTo(length);
    }

    @Example
    void theLayoutCoversWeightsAndStatistics() {
        try (Network network = build(1)) {
            assertThat(network.weights()).hasSize(network.parameterCount()).isNotEmpty();
            requireLayout(network.layout(), network.parameterCount());
            requireLayout(network.statisticsLayout(), network.statistics().length);
        }
    }

    @Example
    void weightsAndStatisticsComeBackAsTheyWereGiven() {
        try (Network network = build(1)) {
            float[] weights = network.weights();
            float[] statistics = network.statistics();
            RandomGenerator random = new SplittableRandom(2);
            for (float[] values : List.of(weights, statistics)) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = 0.5f + random.nextFloat();
                }
            }
            float[] given = weights.clone();
            network.weights(weights);
            network.statistics(statistics);
            Arrays.fill(weights, 0);
            assertThat(network.weights()).isEqualTo(given);
            assertThat(network.statistics()).isEqualTo(statistics);
            Arrays.fill(network.weights(), 0);
            assertThat(network.weights()).isEqualTo(given);
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> network.weights(new float[given.length + 1]));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> network.statistics(new float[statistics.length + 1]));
        }
    }

    @Example
    void aNetworkOfTheSameWeightsAnswersTheSame() {
        float[][] windows = batch(3).windows();
        try (Network one = build(1);
                Network other = build(2)) {
            train(one, 1);
            assertThat(other.predict(windows)).isNotEqualTo(one.predict(windows));
            other.weights(one.weights());
            other.statistics(one.statistics());
            assertThat(other.predict(windows)).isEqualTo(one.predict(windows));
        }
    }

    /** For each array along two directions of length 1: that of its gradient, and one at random. */
    @Example
    void gradientsAreDifferencesOfTheLoss() {
        try (Network network = build(1)) {
            TrainingWindows batch = batch(4);
            float[] gradient = new float[network.parameterCount()];
            Arrays.fill(gradient, Float.NaN);
            network.gradient(batch, streams(0), gradient);
            float[] weights = network.weights();
            Random random = new Random(5);
            for (Segment segment : network.layout()) {
                double[] along = new double[segment.length()];
                double[] any = new double[segment.length()];
                for (int i = 0; i < segment.length(); i++) {
                    along[i] = gradient[segment.offset() + i];
                    any[i] = random.nextGaussian();
                }
                for (double[] direction : List.of(along, any)) {
                    double length = Math.sqrt(Arrays.stream(direction).map(one -> one * one).sum());
                    if (length > 0) {
                        double slope = 0;
                        for (int i = 0; i < direction.length; i++) {
                            slope += gradient[segment.offset() + i] * direction[i] / length;
                        }
                        double difference = (moved(network, batch, weights, segment, direction, STEP / length)
                                - moved(network, batch, weights, segment, direction, -STEP / length)) / (2 * STEP);
                        assertThat(slope).as(segment.name())
                                .isCloseTo(difference, within(5e-4 + 0.02 * Math.abs(difference)));
                    }
                }
            }
        }
    }

    private static double moved(
            Network network, TrainingWindows batch, float[] weights, Segment segment, double[] direction, double by) {
        float[] there = weights.clone();
        for (int i = 0; i < direction.length; i++) {
            there[segment.offset() + i] += (float) (by * direction[i]);
        }
        network.weights(there);
        return network.gradient(batch, streams(0), new float[weights.length]);
    }

    @Example
    void windowsAreNotChanged() {
        try (Network network = build(1)) {
            TrainingWindows batch = batch(6);
            network.gradient(batch, streams(0), new float[network.parameterCount()]);
            network.predict(batch.windows());
            TrainingWindows again = batch(6);
            assertThat(batch.windows()).isDeepEqualTo(again.windows());
            assertThat(batch.targets()).isEqualTo(again.targets());
            assertThat(batch.shares()).isEqualTo(again.shares());
        }
    }

    @Example
    void aPredictionDoesNotDependOnTheOtherWindows() {
        try (Network network = build(1)) {
            train(network, 1);
            float[][] windows = batch(7).windows();
            double[] together = network.predict(windows);
            assertThat(together).doesNotHaveDuplicates();
            for (int w = 0; w < windows.length; w++) {
                assertThat(together[w]).isBetween(0.0, 1.0);
                assertThat(network.predict(new float[][] {windows[w]})[0]).isEqualTo(together[w]);
                assertThat(network.predict(new float[][] {windows[(w + 1) % WINDOWS], windows[w]})[1]).isEqualTo(together[w]);
            }
        }
    }

    /** Some steps of gradient descent; returns all numbers that they give. */
    private List<float[]> train(Network network, int threads) {
        network.threads(threads);
        List<float[]> all = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            float[] gradient = new float[network.parameterCount()];
            double loss = network.gradient(batch(step), streams(step), gradient);
            float[] weights = network.weights();
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= 0.05f * gradient[i];
            }
            network.weights(weights);
            all.add(gradient);
            all.add(new float[] {(float) loss});
        }
        all.add(network.weights());
        all.add(network.statistics());
        double[] answers = network.predict(batch(8).windows());
        float[] rounded = new float[answers.length];
        for (int w = 0; w < answers.length; w++) {
            rounded[w] = (float) answers[w];
        }
        all.add(rounded);
        return all;
    }

    private List<float[]> train(long seed, int threads) {
        try (Network network = build(seed)) {
            return train(network, threads);
        }
    }

    @Example
    void oneSeedGivesOneTrainingOnAnyNumberOfThreads() {
        List<float[]> first = train(1, threads().get(0));
        for (int count : threads()) {
            for (int round = 0; round < 2; round++) {
                List<float[]> again = train(1, count);
                for (int i = 0; i < first.size(); i++) {
                    assertThat(Arrays.equals(again.get(i), first.get(i))).as("array %s on %s threads", i, count).isTrue();
                }
            }
        }
        List<float[]> other = train(2, threads().get(0));
        assertThat(Arrays.equals(other.get(0), first.get(0))).as("the gradient of another seed").isFalse();
    }

    @Example
    void windowsOfAnotherShapeAreRefused() {
        try (Network network = build(1)) {
            network.require(input());
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> network.require(new InputShape(input().frames(), input().features() + 1)));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> network.require(new InputShape(input().frames() == 1 ? 2 : 1, input().features())));
        }
    }

    @Example
    void aClosedNetworkIsClosedAgainAndRefusesWork() {
        Network network = build(1);
        TrainingWindows batch = batch(9);
        float[] weights = network.weights();
        network.close();
        network.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> network.predict(batch.windows()))
                .withMessageContaining("closed");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> network.gradient(batch, streams(0), new float[weights.length])).withMessageContaining("closed");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> network.weights(weights))
                .withMessageContaining("closed");
    }

    /** Half of the weights would be seen if each network that was closed left them behind. */
    @Example
    void fiftyBuildsLeaveNothingBehind() throws InterruptedException {
        TrainingWindows batch = batch(10);
        long weights = 0;
        for (int build = 0; build < WARM_UP; build++) {
            weights = buildAndClose(build, batch);
        }
        long heap = heapBytes();
        long outside = nativeBytes();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int build = 0; build < BUILDS; build++) {
            buildAndClose(build, batch);
        }
        long most = BUILDS * weights * Float.BYTES / 2;
        assertThat(heapBytes() - heap).as("bytes of the heap").isLessThan(most);
        assertThat(nativeBytes() - outside).as("bytes outside of the heap").isLessThan(most);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)) {
                thread.join(1000L * MOST_SECONDS);
                assertThat(thread.isAlive()).as(thread.getName() + " is alive").isFalse();
            }
        }
    }

    private int buildAndClose(int seed, TrainingWindows batch) {
        try (Network network = build(seed)) {
            network.threads(2);
            float[] gradient = new float[network.parameterCount()];
            network.gradient(batch, streams(seed), gradient);
            network.predict(batch.windows());
            return gradient.length;
        }
    }

    private static long heapBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
