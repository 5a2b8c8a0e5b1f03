package io.github.spirabr.model.internal.network;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Inverted dropout that draws each window's factors from that window's own stream. */
final class DropoutLayer extends AbstractLayer<DropoutSpec> {

    private static final long serialVersionUID = 1L;

    private final transient Pass pass;
    private final double probability;
    private final String purpose;
    private float[] mask = new float[0];

    DropoutLayer(NeuralNetConfiguration conf, DataType type, Pass pass, double probability, String purpose) {
        super(conf, type);
        this.pass = pass;
        this.probability = probability;
        this.purpose = purpose;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!training || probability == 0) {
            return workspaces.leverageTo(ArrayType.ACTIVATIONS, input);
        }
        int windows = (int) input.size(0);
        int width = (int) input.size(1);
        mask = new float[windows * width];
        float[] row = new float[width];
        for (int w = 0; w < windows; w++) {
            DropoutMask.draw(row, probability, pass.streams().stream(purpose, w));
            System.arraycopy(row, 0, mask, w * width, width);
        }
        return masked(input, ArrayType.ACTIVATIONS, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray below = probability == 0
                ? workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, epsilon)
                : masked(epsilon, ArrayType.ACTIVATION_GRAD, workspaces);
        return new Pair<>(new DefaultGradient(), below);
    }

    private INDArray masked(INDArray values, ArrayType type, LayerWorkspaceMgr workspaces) {
        float[] products = Heap.toHeap(values);
        for (int i = 0; i < products.length; i++) {
            products[i] *= mask[i];
        }
        INDArray out = workspaces.createUninitialized(type, dataType, values.shape(), 'c');
        Heap.assign(out, products);
        return out;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clearNoiseWeightParams() {
        // There are none.
    }
}
