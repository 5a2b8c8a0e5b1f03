package io.github.spirabr.pytorch.internal;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import io.github.spirabr.training.engine.WeightMemory;
import io.github.spirabr.training.engine.WindowStreams;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * A network of a DJL block on PyTorch. Weights are read and written in PyTorch's own memory; all tensors of a pass are freed
 * at its end. Bits depend on the processor and on the number of threads.
 */
final class BlockNetwork implements Network {

    private final Block block;
    private final Device device;
    private final AcceptedWindows accepted;
    private final int outputs;
    private final NDManager manager;
    private final ParameterStore store;
    private final List<NDArray> trained = new ArrayList<>();
    private final List<NDArray> running = new ArrayList<>();
    private final List<Segment> layout = new ArrayList<>();
    private final List<Segment> statisticsLayout = new ArrayList<>();
    private final Staging staging;
    private int threads = Runtime.getRuntime().availableProcessors();

    private BlockNetwork(Block block, Device device, AcceptedWindows accepted, NDManager manager, int outputs) {
        this.block = block;
        this.device = device;
        this.accepted = accepted;
        this.outputs = outputs;
        this.manager = manager;
        this.store = new ParameterStore(manager, false);
        this.staging = new Staging(manager);
        int weights = 0;
        int statistics = 0;
        for (Pair<String, Parameter> pair : block.getParameters()) {
            NDArray array = pair.getValue().getArray();
            List<Integer> shape = LongStream.of(array.getShape().getShape()).mapToObj(Math::toIntExact).toList();
            if (pair.getValue().requiresGradient()) {
                trained.add(array);
                weights = Segment.add(layout, name(pair.getKey()), weights, shape);
            } else {
                running.add(array);
                statistics = Segment.add(statisticsLayout, name(pair.getKey()), statistics, shape);
            }
        }
    }

    /** Returns the name of an array: DJL puts a line between layer and array, PyTorch a dot. */
    private static String name(String key) {
        if (key.contains(".")) {
            return key;
        }
        int line = key.lastIndexOf('_');
        return line < 0 ? "block." + key : key.substring(0, line) + "." + key.substring(line + 1);
    }

    /**
     * Builds a network of named arrays, with weights drawn from the generator.
     *
     * @throws IllegalArgumentException if it does not take the input, or the device is not there
     */
    static BlockNetwork of(Layer layer, AcceptedWindows accepted, String device, RandomGenerator random) {
        WeightMemory.require("the network", NamedBlock.count(layer));
        NamedBlock block = new NamedBlock(layer);
        return build(block, accepted, device, 0).filled(network -> network.weights(block.draw(random)));
    }

    /**
     * Builds a network of any block, with weights that DJL draws from the seed.
     *
     * @throws IllegalArgumentException if it does not take the input, or the device is not there
     */
    static BlockNetwork of(Block block, InputShape input, String device, RandomGenerator random) {
        return build(block, AcceptedWindows.of(input), device, random.nextLong());
    }

    private static BlockNetwork build(Block block, AcceptedWindows accepted, String deviceName, long seed) {
        InputShape input = accepted.input();
        Device device = Pytorch.device(deviceName);
        synchronized (Pytorch.LOCK) {
            NDManager manager = Pytorch.engine().newBaseManager(device);
            try {
                Pytorch.engine().setRandomSeed(Math.floorMod(seed, Integer.MAX_VALUE));
                block.initialize(manager, DataType.FLOAT32, new Shape(1, 1, input.frames(), input.features()));
                return new BlockNetwork(block, device, accepted, manager, outputs(block, manager, input));
            } catch (Error e) {
                manager.close();
                throw e;
            } catch (RuntimeException e) {
                manager.close();
                throw new IllegalArgumentException("the network must take windows of " + input + " as [windows, 1, frames,"
                        + " features] and give a logit for each, but did not: " + e.getMessage(), e);
            }
        }
    }

    /** Returns this network after it was filled, and closes it if that fails. */
    BlockNetwork filled(Consumer<BlockNetwork> filling) {
        try {
            filling.accept(this);
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Counts the logits of a window of zeros. */
    private static int outputs(Block block, NDManager manager, InputShape input) {
        return Pytorch.withoutGradients(() -> {
            try (NDManager pass = manager.newSubManager()) {
                NDArray x = pass.zeros(new Shape(1, 1, input.frames(), input.features()));
                NDList out = block.forward(new ParameterStore(manager, false), new NDList(x), false, null);
                return Math.toIntExact(out.singletonOrThrow().size());
            }
        });
    }

    @Override
    public int parameterCount() {
        return length(layout);
    }

    private static int length(List<Segment> segments) {
        return segments.stream().mapToInt(Segment::length).sum();
    }

    @Override
    public float[] weights() {
        return read(trained, parameterCount());
    }

    @Override
    public void weights(float[] values) {
        write("weights", values, trained, layout);
    }

    @Override
    public List<Segment> layout() {
        return List.copyOf(layout);
    }

    @Override
    public List<Segment> statisticsLayout() {
        return List.copyOf(statisticsLayout);
    }

    @Override
    public float[] statistics() {
        return read(running, length(statisticsLayout));
    }

    @Override
    public void statistics(float[] values) {
        write("running statistics", values, running, statisticsLayout);
    }

    /** PyTorch's memory is gone after that, and reading it would end the process. */
    private void requireOpen() {
        if (!manager.isOpen()) {
            throw new IllegalStateException("the network is closed");
        }
    }

    private float[] read(List<NDArray> arrays, int length) {
        requireOpen();
        float[] values = new float[length];
        int at = 0;
        for (NDArray one : arrays) {
            int count = Math.toIntExact(one.size());
            read(one, values, at, count);
            at += count;
        }
        return values;
    }

    /** Copies an array; that of a GPU goes through an array on the processor, which is freed at once. */
    private void read(NDArray array, float[] values, int at, int count) {
        if (device.isGpu()) {
            try (NDArray copy = array.toDevice(Device.cpu(), true)) {
                Staging.view(copy).get(values, at, count);
            }
        } else {
            Staging.view(array).get(values, at, count);
        }
    }

    private void write(String what, float[] values, List<NDArray> arrays, List<Segment> segments) {
        requireOpen();
        int length = length(segments);
        if (values.length != length) {
            throw new IllegalArgumentException(what + " of the network must be " + length + " numbers, but were "
                    + values.length + "; take those of the same network for the same input shape");
        }
        for (int i = 0; i < arrays.size(); i++) {
            FloatBuffer source = FloatBuffer.wrap(values, segments.get(i).offset(), segments.get(i).length());
            if (device.isGpu()) {
                arrays.get(i).set(source);
            } else {
                Staging.view(arrays.get(i)).put(source);
            }
        }
    }

    /** Sets the number of threads of later passes; the last bits of their results depend on it. */
    @Override
    public void threads(int count) {
        this.threads = count;
    }

    @Override
    public boolean takesLongerWindows() {
        return accepted.longer();
    }

    @Override
    public void require(InputShape window) {
        accepted.check().accept(window);
    }

    /** Computes windows of one length in one pass, so that a batch normalisation takes its means over these. */
    @Override
    public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
        synchronized (Pytorch.LOCK) {
            requireOpen();
            Pytorch.requireRunning();
            Pytorch.threads(threads);
            Pytorch.engine().setRandomSeed(Math.floorMod(streams.stream("layers", 0).nextLong(), Integer.MAX_VALUE));
            staging.begin();
            try {
                double loss = 0;
                for (int[] alike : TrainingWindows.byLength(windows.windows())) {
                    loss += pass(windows, alike, streams);
                }
                takeGradient(gradient);
                return loss;
            } finally {
                trained.forEach(one -> JniUtils.zeroGrad((PtNDArray) one));
            }
        }
    }

    private double pass(TrainingWindows windows, int[] alike, WindowStreams streams) {
        PairList<String, Object> params = new PairList<>();
        params.add(NamedBlock.DRAWS, new Draws(streams, staging, alike));
        try (NDManager pass = manager.newSubManager();
                GradientCollector collector = Pytorch.engine().newGradientCollector()) {
            NDArray x = tensor(pass, windows.windows(), alike);
            NDArray logits = block.forward(store, new NDList(x), true, params).singletonOrThrow();
            float[] z = logits.toFloatArray();
            float[] slopes = new float[z.length];
            double loss = windows.slopes(z, alike, slopes);
            NDArray weights = staging.tensor(pass, logits.getShape(), floats -> floats.put(slopes));
            collector.backward(logits.mul(weights).sum());
            return loss;
        }
    }

    private void takeGradient(float[] gradient) {
        for (int i = 0; i < trained.size(); i++) {
            try (NDArray one = trained.get(i).getGradient()) {
                read(one, gradient, layout.get(i).offset(), layout.get(i).length());
            }
        }
    }

    private NDArray tensor(NDManager pass, float[][] windows, int... chosen) {
        int length = windows[chosen[0]].length;
        int features = accepted.input().features();
        Shape shape = new Shape(chosen.length, 1, length / features, features);
        return staging.tensor(pass, shape, floats -> {
            for (int window : chosen) {
                floats.put(windows[window]);
            }
        });
    }

    /** Computes one window at a time, as PyTorch may round a window differently in batches of different sizes. */
    @Override
    public double[] predict(float[][] windows) {
        synchronized (Pytorch.LOCK) {
            requireOpen();
            Pytorch.requireRunning();
            Pytorch.threads(threads);
            return Pytorch.withoutGradients(() -> {
                double[] probabilities = new double[windows.length];
                for (int w = 0; w < windows.length; w++) {
                    staging.begin();
                    try (NDManager pass = manager.newSubManager()) {
                        NDArray x = tensor(pass, windows, w);
                        NDArray logits = block.forward(store, new NDList(x), false, null).singletonOrThrow();
                        probabilities[w] = OutputLoss.probability(logits.toFloatArray()[outputs == 1 ? 0 : 1]);
                    }
                }
                return probabilities;
            });
        }
    }

    @Override
    public void close() {
        synchronized (Pytorch.LOCK) {
            manager.close();
        }
    }
}
