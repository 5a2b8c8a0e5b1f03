package io.github.spirabr.training.internal.kernel;

import java.util.Arrays;

/**
 * Means over stretches of time that adapt to its length, as {@code torch.nn.AdaptiveAvgPool2d} computes them: of T time
 * steps, output p of P is the mean of the steps from floor(p T / P) up to, but not including, ceil((p + 1) T / P). Where T
 * is not a multiple of P, stretches overlap; where it is smaller, steps are repeated. Immutable and thread-safe.
 */
public final class AdaptiveTimePooling {

    private final int time;
    private final int pooled;
    private final int features;

    /**
     * Creates an instance.
     *
     * @param time steps that go in, at least 1
     * @param pooled steps that come out, at least 1
     * @param features features of each step
     */
    public AdaptiveTimePooling(int time, int pooled, int features) {
        this.time = time;
        this.pooled = pooled;
        this.features = features;
    }

    /**
     * Pools rows [time * features], one after the other, to rows of [pooled * features].
     *
     * @param count number of rows
     * @param out receives one row after the other
     * @param at place of the first one in {@code out}
     */
    public void forward(float[] rows, int count, float[] out, int at) {
        int to = at;
        for (int r = 0; r < count; r++) {
            int row = r * time * features;
            for (int p = 0; p < pooled; p++) {
                int from = start(p);
                int end = end(p);
                Arrays.fill(out, to, to + features, 0f);
                for (int t = from; t < end; t++) {
                    for (int f = 0; f < features; f++) {
                        out[to + f] += rows[row + t * features + f];
                    }
                }
                float steps = end - from;
                for (int f = 0; f < features; f++) {
                    out[to + f] /= steps;
                }
                to += features;
            }
        }
    }

    /**
     * The gradient of the rows from that of the pooled ones.
     *
     * @param above one row of [pooled * features] after the other
     * @param at place of the first one in {@code above}
     * @param rows overwritten
     * @param count number of rows
     */
    public void backward(float[] above, int at, float[] rows, int count) {
        int from = at;
        Arrays.fill(rows, 0f);
        for (int r = 0; r < count; r++) {
            int row = r * time * features;
            for (int p = 0; p < pooled; p++) {
                int end = end(p);
                float steps = end - start(p);
                for (int t = start(p); t < end; t++) {
                    for (int f = 0; f < features; f++) {
                        rows[row + t * features + f] += above[from + f] / steps;
                    }
                }
                from += features;
            }
        }
    }

    private int start(int p) {
        return (int) ((long) p * time / pooled);
    }

    private int end(int p) {
        return (int) (((p + 1L) * time + pooled - 1) / pooled);
    }
}
