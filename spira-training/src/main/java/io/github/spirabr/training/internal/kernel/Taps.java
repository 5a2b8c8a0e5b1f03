package io.github.spirabr.training.internal.kernel;

/**
 * The weights of {@link Kernels#weightedSums}: for each group of {@link Kernels#OUTPUTS} outputs tap after tap, and for each tap
 * the weights of these outputs; those beyond the last output equal the last one's. Used by one thread.
 */
final class Taps {

    final int outputs;
    final int count;
    final int[] offsets;
    final float[] weights;

    /**
     * Reserves memory.
     *
     * @param outputs number of outputs
     * @param count number of taps of each output
     */
    Taps(int outputs, int count) {
        this.outputs = outputs;
        this.count = count;
        this.offsets = new int[count];
        this.weights = new float[Math.multiplyExact(groups() * Kernels.OUTPUTS, count)];
    }

    int groups() {
        return (outputs + Kernels.OUTPUTS - 1) / Kernels.OUTPUTS;
    }

    /** Returns where the weights of an output start; they are {@link Kernels#OUTPUTS} apart. */
    int start(int output) {
        return output / Kernels.OUTPUTS * Kernels.OUTPUTS * count + output % Kernels.OUTPUTS;
    }

    /**
     * Takes the weights of all outputs: {@code w[o][q] = values[at + o*stride + from[q]]}.
     *
     * @param stride distance of the weights of two outputs
     */
    void weights(float[] values, int at, int stride, int[] from) {
        for (int o = 0; o < groups() * Kernels.OUTPUTS; o++) {
            int to = start(o);
            int first = at + Math.min(o, outputs - 1) * stride;
            for (int q = 0; q < count; q++) {
                weights[to + q * Kernels.OUTPUTS] = values[first + from[q]];
            }
        }
    }
}
