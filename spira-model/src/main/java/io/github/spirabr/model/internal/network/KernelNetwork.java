package io.github.spirabr.model.internal.network;

import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.preprocessing.InputShape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network whose first layer is a {@link ConvolutionsLayer}, followed by dense ones. */
final class KernelNetwork implements Network {

    /**
     * A batch's gradient is summed over groups of so many windows: each window needs some 16 MB on its way, and
     * the groups use the same. That is exact, as nothing connects one window with another, but for batch
     * normalisation, which takes all windows at once.
     */
    private static final int WINDOWS_AT_ONCE = 8;

    private final MultiLayerNetwork network;
    private final Pass pass;
    private final ConvolutionChain chain;
    private final InputShape input;
    private final int outputs;
    private final List<Segment> layout;
    private final float[] part;

    KernelNetwork(
            MultiLayerNetwork network,
            Pass pass,
            ConvolutionChain chain,
            InputShape input,
            int outputs,
            List<Segment> layout) {
        this.network = network;
        this.pass = pass;
        this.chain = chain;
        this.input = input;
        this.outputs = outputs;
        this.layout = List.copyOf(layout);
        this.part = new float[parameterCount()];
    }

    @Override
    public int parameterCount() {
        return Math.toIntExact(network.numParams());
    }

    @Override
    public float[] weights() {
        float[] weights = new float[parameterCount()];
        Flat.read(network.params(), weights);
        return weights;
    }

    @Override
    public void weights(float[] values) {
        Flat.require("weights", values, parameterCount());
        Flat.write(network.params(), values);
    }

    @Override
    public List<Segment> layout() {
        return layout;
    }

    @Override
    public float[] statistics() {
        return convolutions().statistics().clone();
    }

    @Override
    public void statistics(float[] values) {
        float[] statistics = convolutions().statistics();
        Flat.require("running statistics", values, statistics.length);
        System.arraycopy(values, 0, statistics, 0, values.length);
    }

    private ConvolutionsLayer convolutions() {
        return (ConvolutionsLayer) network.getLayer(0);
    }

    @Override
    public void threads(int count) {
        pass.workers().threads(count);
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
    public Optional<NetworkDescription> describe() {
        return Optional.of(new KernelDescription(chain, layout, weights(), statistics()).of(input, outputs));
    }

    @Override
    public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
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
        float[][] rows = new float[count][];
        float[] targets = new float[count];
        float[] shares = new float[count];
        for (int w = 0; w < count; w++) {
            rows[w] = windows.windows()[order[from + w]];
            targets[w] = windows.targets()[order[from + w]];
            shares[w] = windows.shares()[order[from + w]];
        }
        pass.training((purpose, window) -> streams.stream(purpose, order[from + window]), windows.loss(), shares);
        try (INDArray in = Nd4j.create(Flat.pack(rows, 0, count), new long[] {count, rows[0].length}, 'c');
                INDArray truth = Flat.targets(targets, 0, count, outputs)) {
            network.setInput(in);
            network.setLabels(truth);
            network.computeGradientAndScore();
            // Deeplearning4j gives the sum over the windows, and leaves a division to its own updaters.
            Flat.read(network.getFlattenedGradients(), part);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += part[i];
            }
            return pass.lossSum();
        } finally {
            network.clear();
        }
    }

    @Override
    public double[] predict(float[][] windows) {
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
        int count = windows.length;
        double[] probabilities = new double[count];
        try (INDArray in = Nd4j.create(Flat.pack(windows, 0, count), new long[] {count, windows[0].length}, 'c')) {
            INDArray convolved = convolutions().activate(in, false, LayerWorkspaceMgr.noWorkspaces());
            int last = network.getnLayers() - 1;
            // A matrix product may round a row differently in batches of different sizes: so one row at a time.
            for (int w = 0; w < count; w++) {
                INDArray row = convolved.getRow(w, true).dup('c');
                INDArray answer = network.activateSelectedLayers(1, last, row);
                probabilities[w] = answer.getDouble(outputs == 1 ? 0 : 1);
            }
        } finally {
            network.clear();
        }
        return probabilities;
    }

    @Override
    public void close() {
        pass.workers().close();
        network.close();
    }
}
