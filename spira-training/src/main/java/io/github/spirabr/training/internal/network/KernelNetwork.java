package io.github.spirabr.training.internal.network;

import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import io.github.spirabr.training.engine.WindowStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A network of convolutions over time and dense layers, on kernels of our own alone: its bits depend neither on the processor
 * nor on the number of threads.
 */
final class KernelNetwork extends OwnNetwork {

    /**
     * A batch's gradient is summed over groups of so many windows: each window needs some 16 MB on its way, and
     * the groups use the same. That is exact, as nothing connects one window with another, but for batch
     * normalisation, which takes all windows at once.
     */
    static final int WINDOWS_AT_ONCE = 8;

    private final ConvolutionChain chain;
    private final Convolutions convolutions;
    private final DenseLayers dense;
    private final InputShape input;
    private final int outputs;

    KernelNetwork(
            ConvolutionChain chain,
            DenseLayers dense,
            Workers workers,
            InputShape input,
            int outputs,
            List<Segment> layout) {
        super(workers, layout);
        this.chain = chain;
        this.convolutions = new Convolutions(chain, workers);
        this.dense = dense;
        this.input = input;
        this.outputs = outputs;
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
        return Optional.of(new KernelDescription(chain, layout(), weights(), statistics()).of(input, outputs));
    }

    @Override
    public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
        requireOpen();
        Arrays.fill(gradient, 0f);
        double loss = 0;
        for (int[] alike : TrainingWindows.byLength(windows.windows())) {
            int most = chain.batchNormalised() ? alike.length : WINDOWS_AT_ONCE;
            for (int from = 0; from < alike.length; from += most) {
                int[] group = Arrays.copyOfRange(alike, from, Math.min(from + most, alike.length));
                loss += addGradient(windows, group, streams, gradient);
            }
        }
        return loss;
    }

    private double addGradient(TrainingWindows windows, int[] group, WindowStreams streams, float[] gradient) {
        WindowStreams ofGroup = (purpose, window) -> streams.stream(purpose, group[window]);
        float[] rows = new float[group.length * dense.inputs()];
        convolutions.train(weights, chosen(windows.windows(), group), ofGroup, rows);
        float[] logits = dense.train(weights, rows, ofGroup);
        float[] slopes = new float[logits.length];
        double loss = windows.slopes(logits, group, slopes);
        convolutions.backward(weights, dense.backward(weights, slopes, gradient), group.length, gradient);
        return loss;
    }

    private static float[][] chosen(float[][] windows, int[] indices) {
        return Arrays.stream(indices).mapToObj(window -> windows[window]).toArray(float[][]::new);
    }

    @Override
    public double[] predict(float[][] windows) {
        requireOpen();
        double[] probabilities = new double[windows.length];
        for (int[] alike : TrainingWindows.byLength(windows)) {
            double[] some = predictAlike(chosen(windows, alike));
            for (int w = 0; w < alike.length; w++) {
                probabilities[alike[w]] = some[w];
            }
        }
        return probabilities;
    }

    private double[] predictAlike(float[][] windows) {
        float[] rows = new float[windows.length * dense.inputs()];
        convolutions.predict(weights, windows, rows);
        float[] logits = dense.predict(weights, rows);
        double[] probabilities = new double[windows.length];
        for (int w = 0; w < probabilities.length; w++) {
            probabilities[w] = OutputLoss.probability(logits[w * outputs + (outputs == 1 ? 0 : 1)]);
        }
        return probabilities;
    }
}
