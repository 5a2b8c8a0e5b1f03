package io.github.spirabr.training.internal.network;

import io.github.spirabr.core.internal.adapter.Standardisation;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.model.NetworkDescription.Layer;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import io.github.spirabr.training.engine.WindowStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A network for windows of one frame: each feature is standardised by its mean and deviation in the training set, and dense
 * layers follow, each hidden one with Mish. The means and deviations are its statistics; without hidden layers also the
 * standard errors of the weights.
 */
public final class HeadNetwork extends OwnNetwork {

    /** Standard errors in half the 95 % interval of a normal distribution. */
    private static final double INTERVAL = 1.959963984540054;

    private final InputShape input;
    private final List<Integer> hidden;
    private final double dropout;
    private final DenseLayers dense;
    private final List<Segment> statisticsLayout = new ArrayList<>();
    private final float[] statistics;

    private HeadNetwork(InputShape input, List<Integer> hidden, double dropout, int threads) {
        super(new Workers(threads), layout(input, hidden));
        this.input = input;
        this.hidden = List.copyOf(hidden);
        this.dropout = dropout;
        this.dense = new DenseLayers(input.features(), hidden, 1, 0, dropout, workers);
        List<Integer> perFeature = List.of(input.features());
        int next = Segment.add(statisticsLayout, "standardisation.mean", 0, perFeature);
        next = Segment.add(statisticsLayout, "standardisation.deviation", next, perFeature);
        if (hidden.isEmpty()) {
            next = Segment.add(statisticsLayout, "output.error", next, perFeature);
        }
        this.statistics = new float[next];
        Arrays.fill(statistics, input.features(), 2 * input.features(), 1);
    }

    private static List<Segment> layout(InputShape input, List<Integer> hidden) {
        List<Segment> layout = new ArrayList<>();
        SpiraConvNetwork.addDense(layout, 0, input.features(), hidden, 1);
        return layout;
    }

    /**
     * Returns a network with weights drawn as PyTorch does by default.
     *
     * @param hidden units of each hidden layer; empty for a linear model
     * @param dropout after each hidden layer, in [0, 1)
     */
    public static HeadNetwork build(
            InputShape input, List<Integer> hidden, double dropout, RandomGenerator random, int threads) {
        HeadNetwork built = new HeadNetwork(input, hidden, dropout, threads);
        built.weights(SpiraConvNetwork.draw(built, random));
        return built;
    }

    /** Counts the weights. Nothing is allocated. */
    public static long parameters(InputShape input, List<Integer> hidden) {
        long count = 0;
        long inputs = input.features();
        for (int units : hidden) {
            count += (inputs + 1) * units;
            inputs = units;
        }
        return count + inputs + 1;
    }

    /** Sets the mean and the deviation of each feature over recordings of equal weight, whose windows share it. */
    public void standardise(Iterator<RecordingFeatures> recordings) {
        Standardisation fitted = new Standardisation(input.features());
        recordings.forEachRemaining(one -> one.windows().forEach(window -> {
            require(new InputShape(window.frames(), window.features()));
            fitted.add(window.toArray(), 1.0 / one.windows().size());
        }));
        double[] means = fitted.means();
        double[] deviations = fitted.deviations();
        for (int i = 0; i < input.features(); i++) {
            statistics[i] = (float) means[i];
            statistics[input.features() + i] = (float) deviations[i];
        }
    }

    /** Sets the standard error of each weight of a linear model. */
    public void errors(double[] errors) {
        for (int i = 0; i < input.features(); i++) {
            statistics[2 * input.features() + i] = (float) errors[i];
        }
    }

    /** Returns the weight of each standardised feature with its interval; empty if the model is not linear. */
    public List<Coefficient> coefficients() {
        List<Coefficient> coefficients = new ArrayList<>();
        for (int i = 0; hidden.isEmpty() && i < input.features(); i++) {
            double half = INTERVAL * statistics[2 * input.features() + i];
            coefficients.add(new Coefficient(weights[i], weights[i] - half, weights[i] + half));
        }
        return coefficients;
    }

    /** Returns the standardised features of windows, one window after the other. */
    public float[] standardised(float[][] windows) {
        int features = input.features();
        float[] rows = new float[windows.length * features];
        for (int w = 0; w < windows.length; w++) {
            for (int i = 0; i < features; i++) {
                rows[w * features + i] = (float) (((double) windows[w][i] - statistics[i]) / statistics[features + i]);
            }
        }
        return rows;
    }

    @Override
    public float[] statistics() {
        return statistics.clone();
    }

    @Override
    public List<Segment> statisticsLayout() {
        return List.copyOf(statisticsLayout);
    }

    @Override
    public void statistics(float[] values) {
        copy("running statistics", values, statistics);
    }

    @Override
    public void require(InputShape window) {
        if (!window.equals(input)) {
            throw new IllegalArgumentException("a window has " + window + ", but the network takes " + input);
        }
    }

    @Override
    public double dropout() {
        return dropout;
    }

    @Override
    public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
        requireOpen();
        Arrays.fill(gradient, 0f);
        float[] logits = dense.train(weights, standardised(windows.windows()), streams);
        float[] slopes = new float[logits.length];
        int[] all = new int[windows.count()];
        Arrays.setAll(all, w -> w);
        double loss = windows.slopes(logits, all, slopes);
        dense.backward(weights, slopes, gradient);
        return loss;
    }

    @Override
    public double[] predict(float[][] windows) {
        requireOpen();
        float[] logits = dense.predict(weights, standardised(windows));
        double[] probabilities = new double[windows.length];
        Arrays.setAll(probabilities, w -> OutputLoss.probability(logits[w]));
        return probabilities;
    }

    /** Describes the standardisation as part of the first layer. */
    @Override
    public Optional<NetworkDescription> describe() {
        List<Layer> layers = new ArrayList<>(List.of(new Layer.Flatten(true)));
        for (int a = 0; a < layout().size(); a += 2) {
            Segment weight = layout().get(a);
            Segment bias = layout().get(a + 1);
            float[] factors = Arrays.copyOfRange(weights, weight.offset(), weight.offset() + weight.length());
            float[] offsets = Arrays.copyOfRange(weights, bias.offset(), bias.offset() + bias.length());
            if (a == 0) {
                foldStandardisation(factors, offsets);
            } else {
                layers.add(new Layer.Mish());
            }
            layers.add(new Layer.Dense(NetworkDescription.Weights.of(weight.shape(), factors),
                    NetworkDescription.Weights.of(bias.shape(), offsets)));
        }
        layers.add(new Layer.Sigmoid());
        layers.add(new Layer.Pick(0));
        return Optional.of(new NetworkDescription(input, false, layers));
    }

    private void foldStandardisation(float[] factors, float[] offsets) {
        int features = input.features();
        for (int o = 0; o < offsets.length; o++) {
            double offset = offsets[o];
            for (int i = 0; i < features; i++) {
                double factor = (double) factors[o * features + i] / statistics[features + i];
                offset -= factor * statistics[i];
                factors[o * features + i] = (float) factor;
            }
            offsets[o] = (float) offset;
        }
    }
}
