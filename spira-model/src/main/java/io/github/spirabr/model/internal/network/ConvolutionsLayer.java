package io.github.spirabr.model.internal.network;

import io.github.spirabr.model.internal.kernel.TemporalConvolutionBlock;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A chain of convolution blocks, each followed by dropout in training.
 *
 * <p>Input: [windows × (frames * features)], frame after frame. Output: [windows × (frames' *
 * channels * features)], flattened time-major: for each frame all channels, for each channel all
 * features; where the chain averages over time, flattened with the channels outside, as published.
 * Windows are worked on in parallel; each has a gradient of its own, and these are added in
 * the windows' order, so that the number of threads does not change a bit.
 */
final class ConvolutionsLayer extends BaseLayer<ConvolutionsSpec> {

    private static final long serialVersionUID = 1L;

    private final transient Pass pass;
    private final transient ConvolutionChain chain;
    private final transient @Nullable BatchStatistics statistics;
    /** For a training pass one of each window, kept for the way back. */
    private final transient Passes training = new Passes(true);
    /** For prediction one of each thread: it needs nothing later. */
    private final transient Passes prediction = new Passes(false);
    private transient float[] weights = new float[0];

    /** The memory of windows on their way, for one length only, as each takes much of it. */
    private final class Passes {

        final boolean forTraining;
        final List<WindowPass> ofWindows = new ArrayList<>();
        List<TemporalConvolutionBlock> blocks = List.of();

        Passes(boolean forTraining) {
            this.forTraining = forTraining;
        }

        void prepare(int frames, int count) {
            if (blocks.isEmpty() || blocks.get(0).inTime() != frames) {
                blocks = chain.blocks(frames);
                ofWindows.clear();
            }
            while (ofWindows.size() < count) {
                ofWindows.add(new WindowPass(chain, blocks, forTraining));
            }
        }

        WindowPass get(int index) {
            return ofWindows.get(index);
        }
    }

    ConvolutionsLayer(NeuralNetConfiguration conf, DataType type, Pass pass, ConvolutionChain chain) {
        super(conf, type);
        this.pass = pass;
        this.chain = chain;
        this.statistics = chain.batchNormalised() ? new BatchStatistics(chain, pass.workers()) : null;
    }

    /** The running statistics themselves; empty if there are none. */
    float[] statistics() {
        return statistics == null ? new float[0] : statistics.running();
    }

    @Override
    public INDArray activate(boolean forTraining, LayerWorkspaceMgr workspaces) {
        int windows = (int) input.size(0);
        int frames = (int) input.size(1) / chain.features();
        int outputs = chain.outputs(frames);
        float[] rows = Heap.toHeap(input);
        float[] out = new float[windows * outputs];
        weights = Heap.toHeap(params());
        if (forTraining) {
            training.prepare(frames, windows);
            train(rows, windows, out);
        } else {
            prediction.prepare(frames, pass.workers().threads());
            predict(rows, windows, out);
        }
        INDArray activations =
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, new long[] {windows, outputs}, 'c');
        Heap.assign(activations, out);
        return activations;
    }

    private void train(float[] rows, int windows, float[] out) {
        pass.workers().run(windows, (worker, window) -> {
            WindowPass memory = training.get(window);
            memory.start(rows, window);
            if (chain.dropout() > 0) {
                memory.drawDropout(pass.streams().stream("dropout of convolutions", window));
            }
            if (statistics == null) {
                memory.forward(weights);
                memory.finish(out, window);
            }
        });
        if (statistics != null) {
            statistics.train(training.blocks, training.ofWindows, windows, weights);
            pass.workers().run(windows, (worker, window) -> training.get(window).finish(out, window));
        }
    }

    /**
     * Rounds of windows on a thread each. What is left for a last round is done window by window, by all threads with a part
     * of the channels each, if a round of its own would leave half of the threads without work. The bits are the same.
     */
    private void predict(float[] rows, int windows, float[] out) {
        Workers workers = pass.workers();
        int left = windows % workers.threads();
        int whole = 2 * left <= workers.threads() || windows < workers.threads() ? windows - left : windows;
        workers.run(whole, (worker, window) -> {
            WindowPass memory = prediction.get(worker);
            memory.start(rows, window);
            forEachBlock((block, offset) ->
                    memory.predict(memory, block, weights, offset, 0, 1, runningStatistics(block)));
            memory.finish(out, window);
        });
        for (int w = whole; w < windows; w++) {
            WindowPass memory = prediction.get(0);
            memory.start(rows, w);
            int parts = workers.threads();
            forEachBlock((block, offset) -> workers.run(parts, (worker, part) ->
                    prediction.get(worker)
                            .predict(memory, block, weights, offset, part, parts, runningStatistics(block))));
            memory.finish(out, w);
        }
    }

    private interface BlockTask {

        void run(int block, int offset);
    }

    private void forEachBlock(BlockTask task) {
        int offset = 0;
        for (int b = 0; b < prediction.blocks.size(); b++) {
            task.run(b, offset);
            offset += prediction.blocks.get(b).parameterCount();
        }
    }

    private float @Nullable [] runningStatistics(int block) {
        return statistics == null ? null : statistics.running(block);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        int windows = (int) epsilon.size(0);
        float[] above = Heap.toHeap(epsilon);
        pass.workers().run(windows, (worker, window) -> {
            training.get(window).startBack(above, window);
            if (statistics == null) {
                training.get(window).backward(weights);
            }
        });
        if (statistics != null) {
            statistics.back(training.blocks, training.ofWindows, windows, weights);
        }
        float[] sum = new float[weights.length];
        for (int w = 0; w < windows; w++) {
            training.get(w).addGradient(sum);
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
