package io.github.spirabr.training.internal.network;

import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import io.github.spirabr.training.engine.WindowStreams;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network of convolutions over time and dense layers, on kernels of our own alone: its bits depend neither on the processor
 * nor on the number of threads.
 */
final class KernelNetwork implements Network {

    /**
     * A batch's gradient is summed over groups of so many windows: each window needs some 16 MB on its way, and
     * the groups use the same. That is exact, as nothing connects one window with another, but for batch
     * normalisation, which takes all windows at once.
     */
    static final int WINDOWS_AT_ONCE = 8;

    private final ConvolutionChain chain;
    private final Convolutions convolutions;
    private final DenseLayers dense;
    private final Workers workers;
    private final InputShape input;
    private final int outputs;
    private final List<Segment> layout;
    private final float[] weights;
    private boolean closed;

    KernelNetwork(
            ConvolutionChain chain,
            DenseLayers dense,
            Workers workers,
            InputShape input,
            int outputs,
            List<Segment> layout) {
        this.chain = chain;
        this.convolutions = new Convolutions(chain, workers);
        this.dense = dense;
        this.workers = workers;
        this.input = input;
        this.outputs = outputs;
        this.layout = List.copyOf(layout);
        this.weights = new float[layout.stream().mapToInt(Segment::length).sum()];
    }

    @Override
    public int parameterCount() {
        return weights.length;
    }

    @Override
    public float[] weights() {
        return weights.clone();
    }

    @Override
    public void weights(float[] values) {
        requireOpen();
        copy("weights", values, weights);
    }

    private static void copy(String what, float[] values, float[] target) {
        if (values.length != target.length) {
            throw new IllegalArgumentException(
                    "the network has " + target.length + " " + what + ", but got " + values.length);
        }
        System.arraycopy(values, 0, target, 0, target.length);
    }

    @Override
    public List<Segment> layout() {
        return layout;
    }

    @Override
    public float[] statistics() {
        return convolutions.statistics().clone();
    }

    @Override
    public List<Segment> statisticsLayout() {
        return chain.statisticsLayout();
    }

    @Override
    public void statistics(float[] values) {
        copy("running statistics", values, convolutions.statistics());
    }

    @Override
    public void threads(int count) {
        workers.threads(count);
    }

    @Override
    public boolean takesLongerWindows() {
        return chain.takesAnyLength();
    }

    @Override
    public void require(InputShape window) {
        boolean fits = window.features() == input.features()
                && (chain.takesAnyLength() || window.frames() == input.frames());
        if (!fits) {
            throw new IllegalArgumentException("a window has " + window + ", but the network takes "
                    + (chain.takesAnyLength() ? "any number of frames x " + input.features() + " features" : input));
        }
        if (window.frames() != input.frames()) {
            chain.blocks(window.frames());
        }
    }

    @Override
    public double dropout() {
        return chain.dropout();
    }

    @Override
    public Optional<NetworkDescription> describe() {
        return Optional.of(new KernelDescription(chain, layout, weights(), statistics()).of(input, outputs));
    }

    @Override
    public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
        requireOpen();
        Arrays.fill(gradient, 0f);
        int[] order = byLength(windows.windows());
        double loss = 0;
        int from = 0;
        while (from < order.length) {
            int to = endOfGroup(windows.windows(), order, from);
            loss += addGradient(windows, order, from, to, streams, gradient);
            from = to;
        }
        return loss;
    }

    /** Windows of one length lie together, so that groups of them can be worked on at once. */
    private static int[] byLength(float[][] windows) {
        return IntStream.range(0, windows.length)
                .boxed()
                .sorted(Comparator.comparingInt(window -> windows[window].length))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int endOfGroup(float[][] windows, int[] order, int from) {
        int most = chain.batchNormalised() ? order.length : WINDOWS_AT_ONCE;
        int to = from + 1;
        while (to < order.length && to - from < most && windows[order[to]].length == windows[order[from]].length) {
            to++;
        }
        return to;
    }

    private double addGradient(
            TrainingWindows windows, int[] order, int from, int to, WindowStreams streams, float[] gradient) {
        int count = to - from;
        float[][] group = new float[count][];
        for (int w = 0; w < count; w++) {
            group[w] = windows.windows()[order[from + w]];
        }
        WindowStreams ofGroup = (purpose, window) -> streams.stream(purpose, order[from + window]);
        float[] rows = new float[count * dense.inputs()];
        convolutions.train(weights, group, ofGroup, rows);
        float[] logits = dense.train(weights, rows, ofGroup);
        float[] slopes = new float[logits.length];
        double loss = 0;
        for (int i = 0; i < logits.length; i++) {
            int window = order[from + i / outputs];
            float share = windows.shares()[window];
            float wanted = wanted(windows.targets()[window], i % outputs);
            loss += share * windows.loss().value(logits[i], wanted);
            slopes[i] = (float) (share * windows.loss().slope(logits[i], wanted) / outputs);
        }
        convolutions.backward(weights, dense.backward(weights, slopes, gradient), count, gradient);
        return loss / outputs;
    }

    /** Returns the target of one output: of a single one, the window's; of several, that of output k is the share of class k. */
    private float wanted(float target, int output) {
        if (outputs == 1 || output == 1) {
            return target;
        }
        return output == 0 ? 1 - target : 0;
    }

    @Override
    public double[] predict(float[][] windows) {
        requireOpen();
        double[] probabilities = new double[windows.length];
        int[] order = byLength(windows);
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && windows[order[to]].length == windows[order[from]].length) {
                to++;
            }
            float[][] rows = new float[to - from][];
            for (int w = 0; w < rows.length; w++) {
                rows[w] = windows[order[from + w]];
            }
            double[] some = predictAlike(rows);
            for (int w = 0; w < rows.length; w++) {
                probabilities[order[from + w]] = some[w];
            }
            from = to;
        }
        return probabilities;
    }

    private double[] predictAlike(float[][] windows) {
        float[] rows = new float[windows.length * dense.inputs()];
        convolutions.predict(weights, windows, rows);
        float[] logits = dense.predict(weights, rows);
        double[] probabilities = new double[windows.length];
        for (int w = 0; w < probabilities.length; w++) {
            double logit = logits[w * outputs + (outputs == 1 ? 0 : 1)];
            probabilities[w] = (float) (1 / (1 + StrictMath.exp(-logit)));
        }
        return probabilities;
    }

    @Override
    public void close() {
        closed = true;
        workers.close();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the network is closed");
        }
    }
}
