package io.github.spirabr.model.internal.network;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Deeplearning4j network of one sigmoid output, seen as what training and prediction need: flat
 * weights, the gradient of a batch, the probabilities of windows. Not thread-safe.
 */
public final class Network implements AutoCloseable {

    /**
     * A batch's gradient is summed over groups of so many windows: each window needs some 16 MB on its way, and
     * the groups use the same. That is exact, as nothing in these networks connects one window with another.
     */
    private static final int WINDOWS_AT_ONCE = 8;

    private final MultiLayerNetwork network;
    private final Pass pass;
    private final Workers workers;
    private final int inputs;
    private final float[] part;

    Network(MultiLayerNetwork network, Pass pass, Workers workers, int inputs) {
        this.network = network;
        this.pass = pass;
        this.workers = workers;
        this.inputs = inputs;
        this.part = new float[parameterCount()];
    }

    /** How many numbers are fitted. */
    public int parameterCount() {
        return Math.toIntExact(network.numParams());
    }

    /** A copy of all weights, in the order of the layers. */
    public float[] weights() {
        float[] weights = new float[parameterCount()];
        buffer(network.params()).get(weights);
        return weights;
    }

    /** Replaces all weights. */
    public void weights(float[] values) {
        if (values.length != parameterCount()) {
            throw new IllegalArgumentException(
                    "the network has " + parameterCount() + " weights, but got " + values.length);
        }
        buffer(network.params()).put(values);
    }

    /**
     * The gradient of the windows' mean loss, dropout on.
     *
     * @param windows [count × inputs], row after row
     * @param labels 0 or 1 for each window
     * @param streams what dropout is drawn from
     * @param gradient receives the gradient, as many numbers as there are weights
     * @return the mean loss
     */
    public double gradient(float[] windows, float[] labels, Pass.WindowStreams streams, float[] gradient) {
        Arrays.fill(gradient, 0f);
        double lossSum = 0;
        for (int from = 0; from < labels.length; from += WINDOWS_AT_ONCE) {
            int first = from;
            int to = Math.min(labels.length, from + WINDOWS_AT_ONCE);
            pass.streams((purpose, window) -> streams.stream(purpose, first + window));
            lossSum += (to - from)
                    * addGradient(
                            Arrays.copyOfRange(windows, from * inputs, to * inputs),
                            Arrays.copyOfRange(labels, from, to),
                            1f / labels.length,
                            gradient);
        }
        return lossSum / labels.length;
    }

    /** Adds the gradient of the windows' summed loss, times a share, and gives their mean loss. */
    private double addGradient(float[] windows, float[] labels, float share, float[] gradient) {
        try (INDArray input = Nd4j.create(windows, new long[] {labels.length, inputs}, 'c');
                INDArray truth = Nd4j.create(labels, new long[] {labels.length, 1}, 'c')) {
            network.setInput(input);
            network.setLabels(truth);
            network.computeGradientAndScore();
            // Deeplearning4j gives the sum over the windows, and leaves the division to its own updaters.
            buffer(network.getFlattenedGradients()).get(part);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += part[i] * share;
            }
            return network.score();
        } finally {
            network.clear();
        }
    }

    /**
     * The probability of each window, which does not depend on the others in the batch.
     *
     * @param windows [count × inputs], row after row
     */
    public double[] predict(float[] windows) {
        int count = windows.length / inputs;
        double[] probabilities = new double[count];
        try (INDArray input = Nd4j.create(windows, new long[] {count, inputs}, 'c')) {
            int last = network.getnLayers() - 1;
            int batched = parallelLayers();
            INDArray reached = input;
            for (int layer = 0; layer < batched; layer++) {
                reached = network.getLayer(layer).activate(reached, false, LayerWorkspaceMgr.noWorkspaces());
            }
            // A matrix product may round a row differently in batches of different sizes: so one row at a time.
            for (int w = 0; w < count; w++) {
                INDArray row = reached.getRow(w, true).dup('c');
                probabilities[w] = network.activateSelectedLayers(batched, last, row).getDouble(0);
            }
        } finally {
            network.clear();
        }
        return probabilities;
    }

    /** How many of the first layers are known to treat each window by itself. */
    private int parallelLayers() {
        int count = 0;
        for (Layer layer : network.getLayers()) {
            if (!(layer instanceof ConvolutionsLayer)) {
                break;
            }
            count++;
        }
        return count;
    }

    private static FloatBuffer buffer(INDArray flat) {
        return flat.data().asNioFloat();
    }

    @Override
    public void close() {
        workers.close();
        network.close();
    }
}
