package io.github.spirabr.model.internal.network;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Between heap arrays and those of ND4J. */
final class Heap {

    private Heap() {}

    /** A copy of all values in row-major order, whatever the array's own order and strides. */
    static float[] toHeap(INDArray array) {
        INDArray plain = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
        float[] values = new float[Math.toIntExact(plain.length())];
        plain.data().asNioFloat().get(values);
        // A buffer does not hold its array: if the collector came before it is read, ND4J would free the memory.
        Reference.reachabilityFence(plain);
        return values;
    }

    /** Overwrites {@code array}, of any order and strides, with values in row-major order. */
    static void assign(INDArray array, float[] values) {
        try (INDArray plain = Nd4j.create(values, array.shape(), 'c')) {
            array.assign(plain);
        }
    }
}
