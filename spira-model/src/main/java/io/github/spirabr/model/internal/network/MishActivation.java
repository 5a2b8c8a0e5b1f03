package io.github.spirabr.model.internal.network;

import io.github.spirabr.model.internal.kernel.Mish;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mish by our kernel: ND4J's own derivative overflows to NaN for inputs above some 22. */
final class MishActivation extends BaseActivationFunction {

    private static final long serialVersionUID = 1L;

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        float[] x = Heap.toHeap(in);
        float[] y = new float[x.length];
        Mish.values(x, y);
        Heap.assign(in, y);
        return in;
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        assertShape(in, epsilon);
        float[] gradient = Heap.toHeap(epsilon);
        Mish.timesDerivatives(Heap.toHeap(in), gradient);
        Heap.assign(in, gradient);
        return new Pair<>(in, null);
    }

    @Override
    public String toString() {
        return "mish";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MishActivation;
    }

    @Override
    public int hashCode() {
        return MishActivation.class.hashCode();
    }
}
