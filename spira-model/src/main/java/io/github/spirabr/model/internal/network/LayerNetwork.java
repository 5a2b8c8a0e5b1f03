package io.github.spirabr.model.internal.network;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import io.github.spirabr.training.engine.WeightMemory;
import io.github.spirabr.training.engine.WindowStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of Deeplearning4j's own layers. What these draw comes from ND4J's one generator, which is seeded from our
 * stream for each pass, one pass of the process at a time. Running statistics of batch normalisation lie among
 * Deeplearning4j's parameters, with what they are to change by as their gradient; here they are apart from the weights.
 */
public final class LayerNetwork implements Network {

    private static final Set<String> RUNNING = Set.of("mean", "var", "log10stdev");

    private final MultiLayerNetwork network;
    private final Pass pass;
    private final InputShape input;
    private final boolean sequence;
    private final int outputs;
    private final List<Segment> layout = new ArrayList<>();
    private final List<Segment> statisticsLayout = new ArrayList<>();
    /** Indices of the weights and of the running statistics in Deeplearning4j's flat vector. */
    private final int[] fitted;
    private final int[] running;
    private final float[] all;
    private boolean closed;

    private LayerNetwork(MultiLayerNetwork network, Pass pass, InputShape input, boolean sequence, int outputs) {
        this.network = network;
        this.pass = pass;
        this.input = input;
        this.sequence = sequence;
        this.outputs = outputs;
        this.all = new float[Math.toIntExact(network.numParams())];
        boolean[] isRunning = new boolean[all.length];
        int offset = 0;
        int statistics = 0;
        for (Parameter parameter : parameters()) {
            if (parameter.running()) {
                statistics = Segment.add(statisticsLayout, parameter.name(), statistics, parameter.shape());
                Arrays.fill(isRunning, parameter.from(), parameter.from() + parameter.length(), true);
            } else {
                offset = Segment.add(layout, parameter.name(), offset, parameter.shape());
            }
        }
        this.fitted = places(isRunning, false);
        this.running = places(isRunning, true);
    }

    private record Parameter(String name, int from, List<Integer> shape, boolean running) {

        int length() {
            return shape.stream().reduce(1, Math::multiplyExact);
        }
    }

    /** All arrays, in the order in which they lie in the flat vector. */
    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        Layer[] layers = network.getLayers();
        for (int l = 0; l < layers.length; l++) {
            String given = layers[l].conf().getLayer().getLayerName();
            String layer = given == null ? "layer" + l : given;
            boolean normalises = layers[l].conf().getLayer() instanceof BatchNormalization;
            for (Map.Entry<String, INDArray> entry : layers[l].paramTable().entrySet()) {
                INDArray array = entry.getValue();
                parameters.add(new Parameter(
                        layer + "." + entry.getKey(),
                        Math.toIntExact(array.offset() - network.params().offset()),
                        shape(array),
                        normalises && RUNNING.contains(entry.getKey())));
            }
        }
        parameters.sort(Comparator.comparingInt(Parameter::from));
        return parameters;
    }

    /** Returns the sizes of the dimensions, the slowest first: Deeplearning4j's matrices lie column by column. */
    private static List<Integer> shape(INDArray array) {
        List<Integer> shape = new ArrayList<>(LongStream.of(array.shape()).mapToObj(Math::toIntExact).toList());
        if (array.ordering() == 'f' && !array.isVector()) {
            Collections.reverse(shape);
        }
        return shape;
    }

    private static int[] places(boolean[] isRunning, boolean wanted) {
        int[] places = new int[isRunning.length];
        int count = 0;
        for (int i = 0; i < isRunning.length; i++) {
            if (isRunning[i] == wanted) {
                places[count++] = i;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /**
     * A network with weights drawn as its configuration says.
     *
     * @param json a {@code MultiLayerConfiguration} as it writes itself
     * @param sequence whether windows are given as [features × frames], as recurrent and one-dimensional convolutional
     *     layers take them, instead of as a row of all values, frame after frame
     * @throws IllegalArgumentException if the configuration cannot be read, does not end in sigmoids, or cannot take the
     *     input
     */
    public static Network build(String json, InputShape input, boolean sequence, RandomGenerator random) {
        MultiLayerConfiguration configuration = ConfigurationText.read(json);
        Pass pass = new Pass();
        int outputs = outputs(configuration, pass);
        NativeThreads.useOne();
        long seed = random.nextLong();
        for (NeuralNetConfiguration layer : configuration.getConfs()) {
            layer.setSeed(seed);
        }
        long weights = 0;
        for (NeuralNetConfiguration layer : configuration.getConfs()) {
            weights += layer.getLayer().initializer().numParams(layer);
        }
        WeightMemory.require("the Deeplearning4j configuration", weights);
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        try {
            synchronized (LayerNetwork.class) {
                network.init();
            }
            LayerNetwork built = new LayerNetwork(network, pass, input, sequence, outputs);
            built.predict(new float[][] {new float[input.frames() * input.features()]});
            return built;
        } catch (DL4JException | IllegalArgumentException | IllegalStateException e) {
            throw new IllegalArgumentException("the network of the Deeplearning4j configuration cannot take " + input
                    + (sequence ? " as a sequence" : " as a row of " + input.frames() * input.features() + " values") + ": "
                    + e.getMessage(), e);
        }
    }

    /** Checks the last layer and puts our loss into it. */
    private static int outputs(MultiLayerConfiguration configuration, Pass pass) {
        List<NeuralNetConfiguration> layers = configuration.getConfs();
        org.deeplearning4j.nn.conf.layers.Layer last = layers.get(layers.size() - 1).getLayer();
        if (!(last instanceof org.deeplearning4j.nn.conf.layers.OutputLayer)
                || !(((BaseOutputLayer) last).getActivationFn() instanceof ActivationSigmoid)) {
            throw new IllegalArgumentException("the last layer must be an OutputLayer with sigmoid activation, of which one"
                    + " output is the probability of being a patient, but it is " + last);
        }
        BaseOutputLayer output = (BaseOutputLayer) last;
        output.setLossFn(new PassLoss(pass));
        return Math.toIntExact(output.getNOut());
    }

    @Override
    public int parameterCount() {
        return fitted.length;
    }

    @Override
    public float[] weights() {
        requireOpen();
        return gather(network.params(), fitted);
    }

    @Override
    public void weights(float[] values) {
        requireOpen();
        Flat.require("weights", values, fitted.length);
        scatter(values, fitted);
    }

    @Override
    public List<Segment> layout() {
        return List.copyOf(layout);
    }

    /** Has no effect, as Deeplearning4j's layers work on the calling thread. */
    @Override
    public void threads(int count) {}

    @Override
    public float[] statistics() {
        requireOpen();
        return gather(network.params(), running);
    }

    @Override
    public List<Segment> statisticsLayout() {
        return List.copyOf(statisticsLayout);
    }

    @Override
    public void statistics(float[] values) {
        requireOpen();
        Flat.require("running statistics", values, running.length);
        scatter(values, running);
    }

    private float[] gather(INDArray flat, int[] places) {
        Flat.read(flat, all);
        float[] values = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = all[places[i]];
        }
        return values;
    }

    private void scatter(float[] values, int[] places) {
        Flat.read(network.params(), all);
        for (int i = 0; i < places.length; i++) {
            all[places[i]] = values[i];
        }
        Flat.write(network.params(), all);
    }

    @Override
    public void require(InputShape window) {
        if (!window.equals(input)) {
            throw new IllegalArgumentException("a window has " + window + ", but the network takes " + input);
        }
    }

    private INDArray input(float[][] windows) {
        int count = windows.length;
        float[] packed = Flat.pack(windows, 0, count);
        if (!sequence) {
            return Nd4j.create(packed, new long[] {count, windows[0].length}, 'c');
        }
        int frames = input.frames();
        int features = input.features();
        float[] turned = new float[packed.length];
        for (int w = 0; w < count; w++) {
            int from = w * frames * features;
            for (int t = 0; t < frames; t++) {
                for (int f = 0; f < features; f++) {
                    turned[from + f * frames + t] = packed[from + t * features + f];
                }
            }
        }
        return Nd4j.create(turned, new long[] {count, features, frames}, 'c');
    }

    @Override
    public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
        requireOpen();
        pass.training(windows.loss(), windows.shares());
        try (INDArray in = input(windows.windows());
                INDArray truth = Flat.targets(windows.targets(), 0, windows.count(), outputs)) {
            network.setInput(in);
            network.setLabels(truth);
            synchronized (LayerNetwork.class) {
                Nd4j.getRandom().setSeed(streams.stream("layers", 0).nextLong());
                network.computeGradientAndScore();
            }
            float[] found = gather(network.getFlattenedGradients(), fitted);
            System.arraycopy(found, 0, gradient, 0, gradient.length);
            float[] changes = gather(network.getFlattenedGradients(), running);
            float[] statistics = statistics();
            for (int i = 0; i < changes.length; i++) {
                statistics[i] -= changes[i];
            }
            scatter(statistics, running);
            return pass.lossSum();
        } finally {
            network.clear();
        }
    }

    @Override
    public double[] predict(float[][] windows) {
        requireOpen();
        double[] probabilities = new double[windows.length];
        // A matrix product may round a row differently in batches of different sizes: so one window at a time.
        for (int w = 0; w < windows.length; w++) {
            try (INDArray in = input(new float[][] {windows[w]});
                    INDArray answer = network.output(in, false)) {
                if (answer.length() != outputs) {
                    throw new IllegalStateException("a window gives " + answer.length() + " outputs instead of " + outputs);
                }
                probabilities[w] = answer.getDouble(outputs == 1 ? 0 : 1);
            } finally {
                network.clear();
            }
        }
        return probabilities;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            network.close();
        }
    }

    /** The memory of a closed network is freed, and Deeplearning4j would read it. */
    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the network is closed");
        }
    }
}
