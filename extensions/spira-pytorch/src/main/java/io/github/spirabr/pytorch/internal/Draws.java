package io.github.spirabr.pytorch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.spirabr.training.engine.WindowStreams;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The factors of dropout of one pass, drawn from the streams of its windows: the bits depend neither on PyTorch nor on the
 * other windows of the batch.
 */
final class Draws {

    private final WindowStreams streams;
    private final Staging staging;
    private final int[] windows;
    private final Map<String, RandomGenerator[]> begun = new HashMap<>();

    /**
     * Creates the draws of a pass.
     *
     * @param windows index in the batch of each window of the pass
     */
    Draws(WindowStreams streams, Staging staging, int[] windows) {
        this.streams = streams;
        this.staging = staging;
        this.windows = windows.clone();
    }

    /**
     * Draws the factors of all windows of the pass, one window after the other. Draws of one purpose go on in its streams.
     *
     * @param shape shape of the tensor that is multiplied with them
     */
    NDArray mask(NDManager pass, String purpose, Shape shape, double probability) {
        RandomGenerator[] random = begun.computeIfAbsent(purpose, this::streams);
        float[] row = new float[Math.toIntExact(shape.size() / windows.length)];
        return staging.tensor(pass, shape, factors -> {
            for (RandomGenerator one : random) {
                draw(row, probability, one);
                factors.put(row);
            }
        });
    }

    private RandomGenerator[] streams(String purpose) {
        RandomGenerator[] random = new RandomGenerator[windows.length];
        for (int w = 0; w < random.length; w++) {
            random[w] = streams.stream(purpose, windows[w]);
        }
        return random;
    }

    /** Fills a row with 0 by the probability, otherwise 1 / (1 - probability); two factors come from each 64 bits drawn. */
    private static void draw(float[] row, double probability, RandomGenerator random) {
        long limit = (long) (probability * (1L << 32));
        float keep = (float) (1 / (1 - probability));
        for (int i = 0; i < row.length; i += 2) {
            long bits = random.nextLong();
            row[i] = bits >>> 32 < limit ? 0 : keep;
            if (i + 1 < row.length) {
                row[i + 1] = (bits & 0xffffffffL) < limit ? 0 : keep;
            }
        }
    }
}
