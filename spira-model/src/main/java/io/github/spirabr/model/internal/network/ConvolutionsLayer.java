package io.github.spirabr.model.internal.network;

import io.github.spirabr.model.internal.kernel.TemporalConvolutionBlock;
import io.github.spirabr.model.internal.kernel.TemporalConvolutionBlock.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A chain of convolution blocks, each followed by dropout in training.
 *
 * <p>Input: [windows × (frames * features)], frame after frame. Output: [windows × (frames' *
 * channels * features)], flattened time-major: for each frame all channels, for each channel all
 * features. Windows are worked on in parallel; each has a gradient of its own, and these are added in
 * the windows' order, so that the number of threads does not change a bit.
 */
final class ConvolutionsLayer extends BaseLayer<ConvolutionsSpec> {

    private static final long serialVersionUID = 1L;

    private final transient Pass pass;
    private final transient List<TemporalConvolutionBlock> blocks;
    private final double dropout;
    private final int parameterCount;
    /** Of the windows of a training pass, kept for the way back. */
    private final transient List<WindowMemory> training = new ArrayList<>();
    /** One for each thread: prediction needs nothing later. */
    private final transient List<WindowMemory> prediction = new ArrayList<>();
    private transient float[] weights = new float[0];

    ConvolutionsLayer(
            NeuralNetConfiguration conf,
            DataType type,
            Pass pass,
            List<TemporalConvolutionBlock> blocks,
            double dropout) {
        super(conf, type);
        this.pass = pass;
        this.blocks = blocks;
        this.dropout = dropout;
        this.parameterCount = blocks.stream().mapToInt(TemporalConvolutionBlock::parameterCount).sum();
    }

    /** Arrays of one window on its way through all blocks. */
    private final class WindowMemory {

        final float[][] input = new float[1][blocks.get(0).inRowLength()];
        final Workspace[] workspaces = new Workspace[blocks.size()];
        final float[][] masks = new float[blocks.size()][];
        /** Of the input of each block but the first, in the block's shape; and of the last block's output. */
        final float[][][] gradients = new float[blocks.size() + 1][][];
        final float[] parameterGradient = new float[parameterCount];

        WindowMemory(boolean forTraining) {
            for (int b = 0; b < workspaces.length; b++) {
                TemporalConvolutionBlock block = blocks.get(b);
                workspaces[b] = block.newWorkspace();
                if (forTraining) {
                    masks[b] = dropout > 0 ? new float[block.maskLength()] : null;
                    gradients[b + 1] = new float[block.outChannels()][block.outRowLength()];
                }
            }
        }

        void forward(float[] rows, int window, boolean forTraining, float[] out) {
            System.arraycopy(rows, window * input[0].length, input[0], 0, input[0].length);
            if (forTraining && dropout > 0) {
                RandomGenerator random = pass.streams().stream("dropout of convolutions", window);
                for (float[] mask : masks) {
                    DropoutMask.draw(mask, dropout, random);
                }
            }
            int offset = 0;
            for (int b = 0; b < workspaces.length; b++) {
                TemporalConvolutionBlock block = blocks.get(b);
                block.forward(weights, offset, inputOf(b), forTraining ? masks[b] : null, workspaces[b]);
                offset += block.parameterCount();
            }
            flatten(workspaces[workspaces.length - 1].output, out, window);
        }

        void backward(float[] above, int window) {
            unflatten(above, window, gradients[blocks.size()]);
            Arrays.fill(parameterGradient, 0f);
            int offset = parameterCount;
            for (int b = workspaces.length - 1; b >= 0; b--) {
                TemporalConvolutionBlock block = blocks.get(b);
                offset -= block.parameterCount();
                float[] gradient = new float[block.parameterCount()];
                block.backward(
                        weights, offset, inputOf(b), masks[b], gradients[b + 1], gradient, gradients[b], workspaces[b]);
                System.arraycopy(gradient, 0, parameterGradient, offset, gradient.length);
            }
        }

        private float[][] inputOf(int block) {
            return block == 0 ? input : workspaces[block - 1].output;
        }
    }

    private void flatten(float[][] channels, float[] out, int window) {
        int features = blocks.get(blocks.size() - 1).features();
        int frames = channels[0].length / features;
        int at = window * frames * channels.length * features;
        for (int t = 0; t < frames; t++) {
            for (float[] channel : channels) {
                System.arraycopy(channel, t * features, out, at, features);
                at += features;
            }
        }
    }

    private void unflatten(float[] flat, int window, float[][] channels) {
        int features = blocks.get(blocks.size() - 1).features();
        int frames = channels[0].length / features;
        int at = window * frames * channels.length * features;
        for (int t = 0; t < frames; t++) {
            for (float[] channel : channels) {
                System.arraycopy(flat, at, channel, t * features, features);
                at += features;
            }
        }
    }

    @Override
    public INDArray activate(boolean forTraining, LayerWorkspaceMgr workspaces) {
        int windows = (int) input.size(0);
        int outputs = blocks.get(blocks.size() - 1).maskLength();
        float[] rows = Heap.toHeap(input);
        float[] out = new float[windows * outputs];
        weights = Heap.toHeap(params());
        List<WindowMemory> memory = forTraining ? training : prediction;
        int slots = forTraining ? windows : pass.workers().threads();
        while (memory.size() < slots) {
            memory.add(new WindowMemory(forTraining));
        }
        pass.workers().run(windows, (worker, window) ->
                memory.get(forTraining ? window : worker).forward(rows, window, forTraining, out));
        INDArray activations =
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, new long[] {windows, outputs}, 'c');
        Heap.assign(activations, out);
        return activations;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        int windows = (int) epsilon.size(0);
        float[] above = Heap.toHeap(epsilon);
        pass.workers().run(windows, (worker, window) -> training.get(window).backward(above, window));
        float[] sum = new float[parameterCount];
        for (int w = 0; w < windows; w++) {
            float[] gradient = training.get(w).parameterGradient;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i];
            }
        }
        Heap.assign(gradientsFlattened, sum);
        Gradient gradient = new DefaultGradient();
        gradient.setGradientFor("W", gradientsFlattened);
        // Nothing lies below: this is a network's first layer.
        return new Pair<>(gradient, null);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
