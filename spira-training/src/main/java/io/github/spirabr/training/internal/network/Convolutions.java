package io.github.spirabr.training.internal.network;

import io.github.spirabr.training.engine.WindowStreams;
import io.github.spirabr.training.internal.kernel.BlockScratch;
import io.github.spirabr.training.internal.kernel.TemporalConvolutionBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows on their way through a chain of convolution blocks, each followed by dropout in training. A window's output is
 * flattened time-major: for each frame all channels, for each channel all features; where the chain averages over time,
 * flattened with the channels outside, as published. Windows are worked on in parallel; each has a gradient of its own, and
 * these are added in the windows' order, so that the number of threads does not change a bit. Not thread-safe.
 */
final class Convolutions {

    /** Multiply-adds of a convolution from which on several threads are worth the time until they start. */
    private static final long WORTH_THREADS = 2_000_000;

    private final ConvolutionChain chain;
    private final Workers workers;
    private final @Nullable BatchStatistics statistics;
    /** For a training pass one of each window, kept for the way back. */
    private final Passes training = new Passes(true);
    /** For prediction one of each thread: it needs nothing later. */
    private final Passes prediction = new Passes(false);

    Convolutions(ConvolutionChain chain, Workers workers) {
        this.chain = chain;
        this.workers = workers;
        this.statistics = chain.batchNormalised() ? new BatchStatistics(chain, workers) : null;
    }

    /** The memory of windows on their way, for one length only, as each takes much of it. */
    private final class Passes {

        final boolean forTraining;
        final List<WindowPass> ofWindows = new ArrayList<>();
        /** The memory of each thread beside that of windows. */
        final List<List<BlockScratch>> scratch = new ArrayList<>();
        List<TemporalConvolutionBlock> blocks = List.of();

        Passes(boolean forTraining) {
            this.forTraining = forTraining;
        }

        void prepare(int frames, int count) {
            if (blocks.isEmpty() || blocks.get(0).inTime() != frames) {
                blocks = chain.blocks(frames);
                ofWindows.clear();
                scratch.clear();
            }
            while (scratch.size() < workers.threads()) {
                scratch.add(blocks.stream().map(TemporalConvolutionBlock::newScratch).toList());
            }
            while (ofWindows.size() < count) {
                ofWindows.add(new WindowPass(chain, blocks, scratch.get(0), forTraining));
            }
        }

        /** Returns the memory of a window, for a thread. */
        WindowPass get(int index, int worker) {
            WindowPass pass = ofWindows.get(index);
            pass.use(scratch.get(worker));
            return pass;
        }
    }

    /** Returns the running statistics themselves; empty if there are none. */
    float[] statistics() {
        return statistics == null ? new float[0] : statistics.running();
    }

    /** Computes the outputs of windows of equal length, with dropout, and keeps what {@link #backward} needs. */
    void train(float[] weights, float[][] windows, WindowStreams streams, float[] out) {
        int count = windows.length;
        int width = out.length / count;
        training.prepare(windows[0].length / chain.features(), count);
        workers.run(count, (worker, window) -> {
            WindowPass memory = training.get(window, worker);
            memory.start(windows[window]);
            if (chain.dropout() > 0) {
                memory.drawDropout(streams.stream("dropout of convolutions", window));
            }
            if (statistics == null) {
                memory.forward(weights);
                memory.finish(out, window * width);
            }
        });
        if (statistics != null) {
            statistics.train(training.blocks, training::get, count, weights);
            workers.run(count, (worker, window) -> training.get(window, worker).finish(out, window * width));
        }
    }

    /** Adds the gradient of the weights, from that of the outputs of the last {@link #train}. */
    void backward(float[] weights, float[] above, int count, float[] gradient) {
        int width = above.length / count;
        workers.run(count, (worker, window) -> {
            WindowPass memory = training.get(window, worker);
            memory.startBack(above, window * width);
            if (statistics == null) {
                memory.backward(weights);
            }
        });
        if (statistics != null) {
            statistics.back(training.blocks, training::get, count, weights);
        }
        for (int w = 0; w < count; w++) {
            training.get(w, 0).addGradient(gradient);
        }
    }

    /**
     * Computes the outputs of windows of equal length. Rounds of windows are on a thread each. What is left for a last round is
     * done window by window, by all threads with a part of the channels each, if a round of its own would leave half of the
     * threads without work. The bits are the same.
     */
    void predict(float[] weights, float[][] windows, float[] out) {
        int count = windows.length;
        int width = out.length / count;
        prediction.prepare(windows[0].length / chain.features(), workers.threads());
        int left = count % workers.threads();
        int whole = 2 * left <= workers.threads() || count < workers.threads() ? count - left : count;
        workers.run(whole, (worker, window) -> {
            WindowPass memory = prediction.get(worker, worker);
            memory.start(windows[window]);
            forEachBlock((block, offset) ->
                    memory.predict(memory, block, weights, offset, 0, 1, runningStatistics(block)));
            memory.finish(out, window * width);
        });
        for (int w = whole; w < count; w++) {
            WindowPass memory = prediction.get(0, 0);
            memory.start(windows[w]);
            forEachBlock((block, offset) -> {
                boolean small = prediction.blocks.get(block).multiplyAdds() < WORTH_THREADS;
                int parts = small ? 1 : workers.threads();
                workers.run(parts, (worker, part) -> prediction.get(worker, worker)
                        .predict(memory, block, weights, offset, part, parts, runningStatistics(block)));
            });
            memory.finish(out, w * width);
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
}
