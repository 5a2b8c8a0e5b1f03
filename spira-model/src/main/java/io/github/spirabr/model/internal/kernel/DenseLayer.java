package io.github.spirabr.model.internal.kernel;

import java.util.Arrays;

/**
 * A dense layer, {@code y[o] = b[o] + sum_i w[o][i]*x[i]}, forward and backward for several inputs at once.
 *
 * <p>Inputs are rows of {@link #rowLength} floats, zero after the last input, so that all heavy loops of {@link FloatLoops}
 * run from index 0. Each method computes a part of its result, one output or one input row, and parts may be computed by any
 * thread: the order of operations within a part is fixed, and there is no fused arithmetic. A row's outputs do not depend on
 * the other rows.
 *
 * <p>Thread-safe between two calls of {@link #weights}, if each thread uses a {@link Workspace} of its own.
 */
public final class DenseLayer {

    /** Rows are a multiple of so many floats long, so that {@link FloatLoops#foldLanes} quarters them evenly. */
    private static final int ROW_UNIT = 64;

    private final int inputs;
    private final int outputs;
    private final int rowLength;
    private final float[][] rows;
    private final float[] biases;

    /** The working memory of one thread. */
    public static final class Workspace {

        private final float[] row;
        private final float[][] fold;

        private Workspace(int rowLength) {
            this.row = new float[rowLength];
            this.fold = new float[3][rowLength / 4];
        }
    }

    /** Creates a layer whose weights are zero. */
    public DenseLayer(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.rowLength = Math.multiplyExact((inputs + ROW_UNIT - 1) / ROW_UNIT, ROW_UNIT);
        this.rows = new float[outputs][rowLength];
        this.biases = new float[outputs];
    }

    /** Returns the number of inputs. */
    public int inputs() {
        return inputs;
    }

    /** Returns the number of outputs. */
    public int outputs() {
        return outputs;
    }

    /** Returns the number of floats in a row of inputs. */
    public int rowLength() {
        return rowLength;
    }

    /** Returns the number of weights and biases together. */
    public int parameterCount() {
        return outputs * inputs + outputs;
    }

    /** Returns the memory that one thread needs. */
    public Workspace newWorkspace() {
        return new Workspace(rowLength);
    }

    /** Copies the weights {@code [o][i]} and the biases after them, from {@code offset} on. */
    public void weights(float[] params, int offset) {
        for (int o = 0; o < outputs; o++) {
            System.arraycopy(params, offset + o * inputs, rows[o], 0, inputs);
        }
        System.arraycopy(params, offset + outputs * inputs, biases, 0, outputs);
    }

    /**
     * Computes one output for all rows.
     *
     * @param out receives {@code y[output]} of row r at {@code r*outputs + output}
     */
    public void forward(int output, float[][] in, int count, float[] out, Workspace workspace) {
        for (int r = 0; r < count; r++) {
            FloatLoops.products1(workspace.row, rowLength, rows[output], in[r]);
            double sum = FloatLoops.foldLanes(workspace.row, rowLength, workspace.fold);
            out[r * outputs + output] = (float) (sum + biases[output]);
        }
    }

    /**
     * Adds the gradient of one output's weights and bias, row after row.
     *
     * @param gradOut gradient of the outputs, {@code [r*outputs + o]}
     * @param gradParams gradient of the parameters, laid out as in {@link #weights}
     */
    public void parameterGradient(
            int output, float[][] in, int count, float[] gradOut, float[] gradParams, int offset, Workspace workspace) {
        int at = offset + output * inputs;
        System.arraycopy(gradParams, at, workspace.row, 0, inputs);
        FloatLoops.addWeighted(workspace.row, inputs, in, count, gradOut, output, outputs);
        System.arraycopy(workspace.row, 0, gradParams, at, inputs);
        for (int r = 0; r < count; r++) {
            gradParams[offset + outputs * inputs + output] += gradOut[r * outputs + output];
        }
    }

    /**
     * Computes the gradient of one row of inputs.
     *
     * @param gradOut gradient of the outputs, {@code [r*outputs + o]}
     * @param gradIn receives the gradient, of which the first {@link #inputs} floats are overwritten
     */
    public void inputGradient(int row, float[] gradOut, float[] gradIn) {
        Arrays.fill(gradIn, 0, inputs, 0f);
        FloatLoops.addWeighted(gradIn, inputs, rows, outputs, gradOut, row * outputs, 1);
    }
}
