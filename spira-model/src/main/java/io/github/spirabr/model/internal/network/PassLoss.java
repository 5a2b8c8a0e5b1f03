package io.github.spirabr.model.internal.network;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The loss that the current {@link Pass} is told, of sigmoid outputs: the mean over a window's outputs, times the
 * window's share, summed over the windows. It stands in the network's configuration, so that the loss can be chosen
 * when training begins.
 */
final class PassLoss implements ILossFunction {

    private static final long serialVersionUID = 1L;

    private final transient Pass pass;

    PassLoss(Pass pass) {
        this.pass = pass;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray logits, IActivation sigmoid, @Nullable INDArray mask, boolean average) {
        float[] y = Heap.toHeap(labels);
        float[] z = Heap.toHeap(logits);
        int outputs = (int) logits.size(1);
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += pass.shares()[i / outputs] * pass.loss().value(z[i], y[i]);
        }
        pass.lossSum(sum / outputs);
        return sum / outputs;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray logits, IActivation sigmoid, @Nullable INDArray mask) {
        float[] y = Heap.toHeap(labels);
        float[] z = Heap.toHeap(logits);
        int outputs = (int) logits.size(1);
        float[] losses = new float[z.length / outputs];
        for (int i = 0; i < z.length; i++) {
            losses[i / outputs] += (float) (pass.loss().value(z[i], y[i]) / outputs);
        }
        return Nd4j.create(losses, new long[] {losses.length, 1}, 'c');
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray logits, IActivation sigmoid, @Nullable INDArray mask) {
        float[] y = Heap.toHeap(labels);
        float[] z = Heap.toHeap(logits);
        int outputs = (int) logits.size(1);
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) (pass.shares()[i / outputs] * pass.loss().slope(z[i], y[i]) / outputs);
        }
        return Nd4j.create(z, logits.shape(), 'c');
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray logits, IActivation sigmoid, @Nullable INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, logits, sigmoid, mask, average), computeGradient(labels, logits, sigmoid, mask));
    }

    @Override
    public String name() {
        return "PassLoss";
    }

    @Override
    public String toString() {
        return name();
    }
}
