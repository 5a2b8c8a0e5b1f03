package io.github.spirabr.training.internal.network;

import io.github.spirabr.training.engine.WindowStreams;
import io.github.spirabr.training.internal.kernel.DenseLayer;
import io.github.spirabr.training.internal.kernel.Mish;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The dense layers behind the convolutions: hidden ones with Mish and, in training, dropout, and a last one that gives the
 * logits. Threads share the outputs of a layer, each of which is computed in one order, so that the number of threads does not
 * change a bit. Not thread-safe.
 */
final class DenseLayers {

    /** Multiply-adds of a layer from which on several threads are worth the time until they start. */
    private static final long WORTH_THREADS = 2_000_000;

    private final List<DenseLayer> layers = new ArrayList<>();
    private final double dropout;
    private final Workers workers;
    /** Working memory of each layer and thread. */
    private final List<List<DenseLayer.Workspace>> workspaces = new ArrayList<>();

    /** For each layer the inputs, the sums before activation, and the factors of dropout behind it, of the last pass. */
    private final float[][] inputs;
    private final float[][] sums;
    private final float[][] masks;

    /**
     * Creates the layers.
     *
     * @param inputs number of inputs of the first layer
     * @param units outputs of each hidden layer
     * @param outputs outputs of the last layer
     * @param offset place of the layers in the flat weights
     */
    DenseLayers(int inputs, List<Integer> units, int outputs, int offset, double dropout, Workers workers) {
        this.dropout = dropout;
        this.workers = workers;
        int before = inputs;
        int at = offset;
        for (int count : units) {
            layers.add(new DenseLayer(before, count, at));
            at += layers.get(layers.size() - 1).parameterCount();
            before = count;
        }
        layers.add(new DenseLayer(before, outputs, at));
        layers.forEach(layer -> workspaces.add(new ArrayList<>()));
        this.inputs = new float[layers.size()][];
        this.sums = new float[layers.size()][];
        this.masks = new float[layers.size()][];
    }

    /** Returns the number of inputs of the first layer. */
    int inputs() {
        return layers.get(0).inputs();
    }

    /** Returns the logits of windows, one window after the other, as their rows of inputs are. */
    float[] predict(float[] weights, float[] rows) {
        return forward(weights, rows, layer -> {});
    }

    /** Returns the logits with dropout, and keeps what {@link #backward} needs. */
    float[] train(float[] weights, float[] rows, WindowStreams streams) {
        return forward(weights, rows, layer -> drawDropout(layer, rows.length / inputs(), streams));
    }

    private float[] forward(float[] weights, float[] rows, IntConsumer drawDropout) {
        int count = rows.length / inputs();
        int last = layers.size() - 1;
        float[] in = rows;
        for (int l = 0; l <= last; l++) {
            DenseLayer layer = layers.get(l);
            prepare(l);
            float[] source = in;
            float[] out = new float[count * layer.outputs()];
            List<DenseLayer.Workspace> memory = workspaces.get(l);
            run(layer.parts(), (long) count * layer.parameterCount(),
                    (worker, part) -> layer.forward(part, weights, source, count, out, memory.get(worker)));
            inputs[l] = source;
            sums[l] = out;
            masks[l] = new float[0];
            if (l < last) {
                in = new float[out.length];
                Mish.values(out, in);
                drawDropout.accept(l);
                multiply(in, masks[l]);
            }
        }
        return sums[last];
    }

    /** Runs the parts, on this thread if they are little work. */
    private void run(int parts, long multiplyAdds, Workers.Task task) {
        if (multiplyAdds >= WORTH_THREADS) {
            workers.run(parts, task);
            return;
        }
        for (int part = 0; part < parts; part++) {
            task.run(0, part);
        }
    }

    private void prepare(int layer) {
        while (workspaces.get(layer).size() < workers.threads()) {
            workspaces.get(layer).add(new DenseLayer.Workspace());
        }
    }

    private void drawDropout(int layer, int count, WindowStreams streams) {
        if (dropout == 0) {
            return;
        }
        int width = layers.get(layer).outputs();
        String purpose = "dropout of dense layer" + (layer == 0 ? "" : " " + (layer + 1));
        float[] mask = new float[count * width];
        float[] row = new float[width];
        for (int w = 0; w < count; w++) {
            DropoutMask.draw(row, dropout, streams.stream(purpose, w));
            System.arraycopy(row, 0, mask, w * width, width);
        }
        masks[layer] = mask;
    }

    private static void multiply(float[] values, float[] mask) {
        for (int i = 0; i < mask.length; i++) {
            values[i] *= mask[i];
        }
    }

    /**
     * Adds the gradient of the weights, from that of the logits of the last {@link #train}.
     *
     * @param gradient gradient of the flat weights
     * @return the gradient of the rows, one after the other
     */
    float[] backward(float[] weights, float[] ofLogits, float[] gradient) {
        int count = inputs[0].length / inputs();
        float[] above = ofLogits;
        for (int l = layers.size() - 1; l >= 0; l--) {
            DenseLayer layer = layers.get(l);
            float[] ofOutputs = above;
            float[] in = inputs[l];
            float[] ofInputs = new float[in.length];
            List<DenseLayer.Workspace> memory = workspaces.get(l);
            int parts = layer.parts();
            run(parts + layer.parts(count), (long) count * layer.parameterCount(), (worker, part) -> {
                if (part < parts) {
                    layer.parameterGradient(part, in, count, ofOutputs, gradient, memory.get(worker));
                } else {
                    layer.inputGradient(part - parts, weights, count, ofOutputs, ofInputs, memory.get(worker));
                }
            });
            above = ofInputs;
            if (l > 0) {
                multiply(above, masks[l - 1]);
                Mish.timesDerivatives(sums[l - 1], above);
            }
        }
        return above;
    }
}
