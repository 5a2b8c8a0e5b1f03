package io.github.spirabr.training.internal.kernel;

/**
 * A dense layer, {@code y[o] = b[o] + sum_i w[o][i]*x[i]}, forward and backward for several inputs at once. Its weights
 * {@code [o][i]} and the biases after them lie in flat parameters, and so do their gradients.
 *
 * <p>Each method computes a part of its result, and parts may be computed by any thread: the order of operations within a part is
 * fixed. A row's outputs do not depend on the other rows.
 *
 * <p>Immutable, hence thread-safe, if each thread uses a {@link Workspace} of its own.
 */
public final class DenseLayer {

    /** Outputs of a part. */
    private static final int PART = 12;

    private final int inputs;
    private final int outputs;
    private final int offset;
    private final Kernels kernels = Kernels.best();

    /** The working memory of one thread. */
    public static final class Workspace {

        private final KernelScratch kernel = new KernelScratch();
        private double[] products = new double[0];

        private double[] products(int count) {
            if (products.length < count) {
                products = new double[count];
            }
            return products;
        }
    }

    /**
     * Creates a layer.
     *
     * @param offset place of its weights in the flat parameters
     */
    public DenseLayer(int inputs, int outputs, int offset) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.offset = offset;
    }

    /** Returns the number of inputs. */
    public int inputs() {
        return inputs;
    }

    /** Returns the number of outputs. */
    public int outputs() {
        return outputs;
    }

    /** Returns the number of weights and biases together. */
    public int parameterCount() {
        return outputs * inputs + outputs;
    }

    /** Returns the number of parts of {@link #forward} and {@link #parameterGradient}. */
    public int parts() {
        return (outputs + PART - 1) / PART;
    }

    /** Returns the number of parts of {@link #inputGradient} for so many rows. */
    public int parts(int rows) {
        return (rows + Kernels.OUTPUTS - 1) / Kernels.OUTPUTS;
    }

    private int biases() {
        return offset + outputs * inputs;
    }

    /**
     * Computes some outputs for all rows.
     *
     * @param in one row of inputs after the other
     * @param out receives {@code y[o]} of row r at {@code r*outputs + o}
     */
    public void forward(int part, float[] params, float[] in, int count, float[] out, Workspace workspace) {
        int first = part * PART;
        int some = Math.min(PART, outputs - first);
        double[] products = workspace.products(some * count);
        kernels.products(params, offset + first * inputs, inputs, some, in, rows(count), inputs, products, workspace.kernel);
        for (int o = 0; o < some; o++) {
            for (int r = 0; r < count; r++) {
                out[r * outputs + first + o] = (float) (products[o * count + r] + params[biases() + first + o]);
            }
        }
    }

    private int[] rows(int count) {
        int[] offsets = new int[count];
        for (int r = 0; r < count; r++) {
            offsets[r] = r * inputs;
        }
        return offsets;
    }

    /**
     * Adds the gradient of the weights and biases of some outputs, row after row.
     *
     * @param gradOut gradient of the outputs, {@code [r*outputs + o]}
     */
    public void parameterGradient(
            int part, float[] in, int count, float[] gradOut, float[] gradParams, Workspace workspace) {
        int first = part * PART;
        Taps taps = new Taps(Math.min(PART, outputs - first), count);
        int[] from = new int[count];
        for (int r = 0; r < count; r++) {
            taps.offsets[r] = r * inputs;
            from[r] = r * outputs;
        }
        taps.weights(gradOut, first, 1, from);
        kernels.weightedSums(in, taps, null, 0, gradParams, offset + first * inputs, inputs, inputs, workspace.kernel);
        for (int o = first; o < first + taps.outputs; o++) {
            for (int r = 0; r < count; r++) {
                gradParams[biases() + o] += gradOut[r * outputs + o];
            }
        }
    }

    /**
     * Computes the gradient of some rows of inputs.
     *
     * @param count number of rows of all parts
     * @param gradOut gradient of the outputs, {@code [r*outputs + o]}
     * @param gradIn receives the gradient, one row after the other
     */
    public void inputGradient(int part, float[] params, int count, float[] gradOut, float[] gradIn, Workspace workspace) {
        int first = part * Kernels.OUTPUTS;
        Taps taps = new Taps(Math.min(Kernels.OUTPUTS, count - first), outputs);
        int[] from = new int[outputs];
        for (int o = 0; o < outputs; o++) {
            taps.offsets[o] = offset + o * inputs;
            from[o] = o;
        }
        taps.weights(gradOut, first * outputs, outputs, from);
        kernels.weightedSums(
                params, taps, new float[taps.outputs], 0, gradIn, first * inputs, inputs, inputs, workspace.kernel);
    }
}
