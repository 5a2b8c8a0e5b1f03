package io.github.spirabr.benchmarks.training;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.Optimizer;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.TrainingWindows;
import io.github.spirabr.training.internal.network.Convolution;
import io.github.spirabr.training.internal.network.SpiraConvNetwork;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** SpiraConv V2 on 16 windows of 401 frames of 40 features; times are for one window. Beside PyTorch with the Vector API. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Dspira.kernels=vector"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class TrainingBenchmark {

    private static final int WINDOWS = 16;
    private static final InputShape SHAPE = new InputShape(401, 40);

    /** Threads that windows are worked on by; 0 for one for each processor. */
    @Param("0")
    private int threads;

    private Network network;
    private float[] weights;
    private float[] gradient;
    private Optimizer.Updates updates;
    private TrainingWindows batch;
    private float[][] one;
    private long steps;

    /** Makes network and windows. */
    @Setup(Level.Trial)
    public void open() {
        SplittableRandom random = new SplittableRandom(1);
        SpiraConvNetwork v2 = new SpiraConvNetwork(
                List.of(
                        new Convolution(32, 7, 2, 16, true),
                        new Convolution(16, 5, 2, 8, true),
                        new Convolution(8, 3, 2, 4, true),
                        new Convolution(4, 2, 1, 2, false)),
                false, 0, List.of(100), 0.7, 1);
        network = v2.build(SHAPE, random, threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
        weights = network.weights();
        gradient = new float[weights.length];
        updates = Adam.of(1e-3).start(weights.length);
        float[][] windows = new float[WINDOWS][SHAPE.frames() * SHAPE.features()];
        float[] labels = new float[WINDOWS];
        for (int w = 0; w < WINDOWS; w++) {
            labels[w] = w % 2;
            for (int i = 0; i < windows[w].length; i++) {
                windows[w][i] = (float) (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 2;
            }
        }
        batch = TrainingWindows.equally(windows, labels, OutputLoss.PLAIN);
        one = new float[][] {windows[0]};
    }

    /** Frees the network. */
    @TearDown(Level.Trial)
    public void close() {
        network.close();
    }

    /** One step of training: loss, gradient with dropout, Adam, new weights. */
    @Benchmark
    @OperationsPerInvocation(WINDOWS)
    public double step() {
        long step = ++steps;
        double loss = network.gradient(
                batch, (purpose, window) -> new SplittableRandom(31 * (31 * step + window) + purpose.hashCode()), gradient);
        updates.apply(weights, gradient, step, 1e-3);
        network.weights(weights);
        return loss;
    }

    /** The probability of one window. */
    @Benchmark
    public double predict() {
        return network.predict(one)[0];
    }
}
