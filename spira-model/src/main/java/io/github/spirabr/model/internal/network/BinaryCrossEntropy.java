package io.github.spirabr.model.internal.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binary cross-entropy of one sigmoid output, from its logit z: max(z, 0) - z y + ln(1 + exp(-|z|)),
 * gradient sigmoid(z) - y. Unlike the loss of the sigmoid's output it neither needs clipping nor
 * divides by zero where the sigmoid saturates.
 */
final class BinaryCrossEntropy implements ILossFunction {

    private static final long serialVersionUID = 1L;

    @Override
    public double computeScore(
            INDArray labels, INDArray logits, IActivation sigmoid, @Nullable INDArray mask, boolean average) {
        float[] y = Heap.toHeap(labels);
        float[] z = Heap.toHeap(logits);
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += loss(z[i], y[i]);
        }
        return average ? sum / z.length : sum;
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray logits, IActivation sigmoid, @Nullable INDArray mask) {
        float[] y = Heap.toHeap(labels);
        float[] z = Heap.toHeap(logits);
        float[] losses = new float[z.length];
        for (int i = 0; i < z.length; i++) {
            losses[i] = (float) loss(z[i], y[i]);
        }
        return Nd4j.create(losses, new long[] {z.length, 1}, 'c');
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray logits, IActivation sigmoid, @Nullable INDArray mask) {
        float[] y = Heap.toHeap(labels);
        float[] z = Heap.toHeap(logits);
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) (1 / (1 + Math.exp(-z[i])) - y[i]);
        }
        return Nd4j.create(z, logits.shape(), 'c');
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray logits, IActivation sigmoid, @Nullable INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, logits, sigmoid, mask, average), computeGradient(labels, logits, sigmoid, mask));
    }

    private static double loss(double z, double y) {
        return Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));
    }

    @Override
    public String name() {
        return "BinaryCrossEntropy";
    }

    @Override
    public String toString() {
        return name();
    }
}
