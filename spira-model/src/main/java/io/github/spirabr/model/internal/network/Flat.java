package io.github.spirabr.model.internal.network;

import io.github.spirabr.training.engine.TrainingWindows;
import java.lang.ref.Reference;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Between rows on the heap, flat buffers and arrays of ND4J. */
final class Flat {

    private Flat() {}

    /** Copies the values of a flat vector that is no view. */
    static void read(INDArray flat, float[] values) {
        flat.data().asNioFloat().get(values);
        Reference.reachabilityFence(flat);
    }

    /** Overwrites the values of a flat vector that is no view. */
    static void write(INDArray flat, float[] values) {
        flat.data().asNioFloat().put(values);
        Reference.reachabilityFence(flat);
    }

    static void require(String what, float[] values, int wanted) {
        if (values.length != wanted) {
            throw new IllegalArgumentException("the network has " + wanted + " " + what + ", but got " + values.length);
        }
    }

    /** Rows {@code from} to {@code to} of equal length, one after the other. */
    static float[] pack(float[][] rows, int from, int to) {
        int width = rows[from].length;
        float[] packed = new float[Math.multiplyExact(to - from, width)];
        for (int r = from; r < to; r++) {
            System.arraycopy(rows[r], 0, packed, (r - from) * width, width);
        }
        return packed;
    }

    /** Returns the target of each output of each window. */
    static INDArray targets(float[] targets, int from, int to, int outputs) {
        float[] wanted = new float[(to - from) * outputs];
        for (int w = from; w < to; w++) {
            for (int k = 0; k < outputs; k++) {
                wanted[(w - from) * outputs + k] = TrainingWindows.target(targets[w], k, outputs);
            }
        }
        return Nd4j.create(wanted, new long[] {to - from, outputs}, 'c');
    }
}
