package io.github.spirabr.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Compares a gradient with differences of the loss, one weight after the other. */
public final class Differences {

    private static final float STEP = 1e-2f;

    private Differences() {}

    /** Returns three windows of values in [-0.5, 0.5), with different targets and shares. */
    public static TrainingWindows batch(RandomGenerator random, int values) {
        float[][] windows = new float[3][values];
        for (float[] window : windows) {
            for (int i = 0; i < window.length; i++) {
                window[i] = (float) (random.nextDouble() - 0.5);
            }
        }
        return new TrainingWindows(windows, new float[] {0, 1, 0.25f}, new float[] {0.5f, 0.25f, 0.25f}, OutputLoss.PLAIN);
    }

    /** Compares the gradient at some weights, within 1e-4. */
    public static void requireGradient(Network network, TrainingWindows batch, IntStream indices) {
        float[] weights = network.weights();
        float[] gradient = new float[weights.length];
        loss(network, batch, gradient);
        indices.forEach(i -> {
            float kept = weights[i];
            weights[i] = kept + STEP;
            double up = loss(network, weights, batch);
            weights[i] = kept - STEP;
            double down = loss(network, weights, batch);
            weights[i] = kept;
            assertThat((double) gradient[i]).as("weight %d", i).isCloseTo((up - down) / (2 * STEP), within(1e-4));
        });
    }

    private static double loss(Network network, float[] weights, TrainingWindows batch) {
        network.weights(weights);
        return loss(network, batch, new float[weights.length]);
    }

    private static double loss(Network network, TrainingWindows batch, float[] gradient) {
        return network.gradient(batch, (purpose, window) -> new SplittableRandom(1), gradient);
    }
}
