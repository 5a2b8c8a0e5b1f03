package io.github.spirabr.model.internal.network;

import io.github.spirabr.model.internal.kernel.DenseLayer;
import io.github.spirabr.model.internal.kernel.Mish;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The dense layers behind the convolutions: hidden ones with Mish and, in training, dropout, and a last one that gives the
 * logits. Threads share the outputs of a layer, each of which is computed in one order, so that the number of threads does not
 * change a bit. Not thread-safe.
 */
final class DenseLayers {

    private final List<DenseLayer> layers = new ArrayList<>();
    private final double dropout;
    private final Workers workers;
    /** Working memory of each layer and thread. */
    private final List<List<DenseLayer.Workspace>> workspaces = new ArrayList<>();

    /** For each layer the inputs, the sums before activation, and the factors of dropout behind it, of the last pass. */
    private final float[][][] inputs;
    private final float[][] sums;
    private final float[][] masks;

    /**
     * Creates the layers.
     *
     * @param inputs number of inputs of the first layer
     * @param units outputs of each hidden layer
     * @param outputs outputs of the last layer
     */
    DenseLayers(int inputs, List<Integer> units, int outputs, double dropout, Workers workers) {
        this.dropout = dropout;
        this.workers = workers;
        int before = inputs;
        for (int count : units) {
            layers.add(new DenseLayer(before, count));
            before = count;
        }
        layers.add(new DenseLayer(before, outputs));
        layers.forEach(layer -> workspaces.add(new ArrayList<>()));
        this.inputs = new float[layers.size()][][];
        this.sums = new float[layers.size()][];
        this.masks = new float[layers.size()][];
    }

    /** Returns rows for the inputs of so many windows. */
    float[][] newRows(int count) {
        return new float[count][layers.get(0).rowLength()];
    }

    /** Copies the layers' weights, which lie in the flat weights from {@code offset} on. */
    void weights(float[] weights, int offset) {
        int at = offset;
        for (DenseLayer layer : layers) {
            layer.weights(weights, at);
            at += layer.parameterCount();
        }
    }

    /** Returns the logits of all windows, one window after the other. */
    float[] predict(float[][] rows) {
        return forward(rows, layer -> {});
    }

    /** Returns the logits with dropout, and keeps what {@link #backward} needs. */
    float[] train(float[][] rows, WindowStreams streams) {
        return forward(rows, layer -> drawDropout(layer, rows.length, streams));
    }

    private float[] forward(float[][] rows, IntConsumer drawDropout) {
        int count = rows.length;
        int last = layers.size() - 1;
        float[][] in = rows;
        for (int l = 0; l <= last; l++) {
            DenseLayer layer = layers.get(l);
            prepare(l);
            float[][] source = in;
            float[] out = new float[count * layer.outputs()];
            List<DenseLayer.Workspace> memory = workspaces.get(l);
            workers.run(layer.outputs(), (worker, output) -> layer.forward(output, source, count, out, memory.get(worker)));
            inputs[l] = source;
            sums[l] = out;
            masks[l] = new float[0];
            if (l < last) {
                float[] values = new float[out.length];
                Mish.values(out, values);
                drawDropout.accept(l);
                multiply(values, masks[l]);
                in = rows(values, layer.outputs(), layers.get(l + 1).rowLength());
            }
        }
        return sums[last];
    }

    private void prepare(int layer) {
        while (workspaces.get(layer).size() < workers.threads()) {
            workspaces.get(layer).add(layers.get(layer).newWorkspace());
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

    private static float[][] rows(float[] values, int width, int rowLength) {
        float[][] rows = new float[values.length / width][rowLength];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(values, r * width, rows[r], 0, width);
        }
        return rows;
    }

    /**
     * Adds the gradient of the weights, from that of the logits of the last {@link #train}.
     *
     * @param gradient gradient of the flat weights, in which the layers lie from {@code offset} on
     * @return the gradient of the rows
     */
    float[][] backward(float[] ofLogits, float[] gradient, int offset) {
        int count = inputs[0].length;
        int end = offset + layers.stream().mapToInt(DenseLayer::parameterCount).sum();
        float[] above = ofLogits;
        float[][] below = new float[0][];
        for (int l = layers.size() - 1; l >= 0; l--) {
            DenseLayer layer = layers.get(l);
            end -= layer.parameterCount();
            int at = end;
            float[] ofOutputs = above;
            float[][] in = inputs[l];
            float[][] ofInputs = new float[count][layer.inputs()];
            List<DenseLayer.Workspace> memory = workspaces.get(l);
            workers.run(layer.outputs(), (worker, output) ->
                    layer.parameterGradient(output, in, count, ofOutputs, gradient, at, memory.get(worker)));
            workers.run(count, (worker, window) -> layer.inputGradient(window, ofOutputs, ofInputs[window]));
            below = ofInputs;
            if (l > 0) {
                above = flat(ofInputs, layer.inputs());
                multiply(above, masks[l - 1]);
                Mish.timesDerivatives(sums[l - 1], above);
            }
        }
        return below;
    }

    private static float[] flat(float[][] rows, int width) {
        float[] values = new float[rows.length * width];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, values, r * width, width);
        }
        return values;
    }
}
