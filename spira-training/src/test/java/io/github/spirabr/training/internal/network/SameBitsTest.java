package io.github.spirabr.training.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.Optimizer;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.TrainingWindows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training has the same bits on every Java and processor: with the Vector API and without, with vectors of every length, with
 * fused arithmetic and without, in code of both compilers, and on any number of threads. Options that a Java or processor
 * does not have are left out by it.
 */
@Tag("slow")
@Timeout(600)
class SameBitsTest {

    /** The bits of all machines; they change with the order of operations alone, which the changelog then names. */
    private static final String WANTED = "c97b28393825c1bd";

    private static final String VECTORS = "--add-modules jdk.incubator.vector -Dspira.kernels=vector ";

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "-XX:UseAVX=1",
        "-XX:UseAVX=2",
        "-XX:UseAVX=3",
        "-XX:-UseFMA",
        "-XX:-UseSuperWord",
        "-XX:TieredStopAtLevel=1",
        "--add-modules jdk.incubator.vector -XX:UseAVX=0",
        VECTORS,
        VECTORS + "-XX:UseAVX=1",
        VECTORS + "-XX:UseAVX=2",
        VECTORS + "-XX:UseAVX=3",
        VECTORS + "-XX:MaxVectorSize=16"
    })
    void theWeightsAreTheSame(String options) throws Exception {
        assertThat(digests(options)).isEqualTo("threads 1: " + WANTED + "\nthreads 2: " + WANTED + "\nthreads 8: " + WANTED + "\n");
    }

    private static String digests(String options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+IgnoreUnrecognizedVMOptions"));
        if (!options.isBlank()) {
            command.addAll(List.of(options.strip().split(" ")));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SameBitsTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    /** Trains small networks in a Java of its own, and prints a digest of all that they came to. */
    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        for (int threads : new int[] {1, 2, 8}) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            train(new SpiraConvNetwork(CONVOLUTIONS, false, 0, List.of(100), 0.7, 1), threads, digest);
            train(new SpiraConvNetwork(CONVOLUTIONS, true, 0, List.of(30, 7), 0.3, 3), threads, digest);
            train(new SpiraConvNetwork(CONVOLUTIONS, false, 5, List.of(20), 0, 1), threads, digest);
            System.out.println("threads " + threads + ": " + HexFormat.of().formatHex(digest.digest()).substring(0, 16));
        }
    }

    private static final List<Convolution> CONVOLUTIONS = List.of(
            new Convolution(32, 7, 2, 16, true),
            new Convolution(16, 5, 2, 8, true),
            new Convolution(9, 3, 2, 3, true),
            new Convolution(4, 2, 1, 2, false));

    private static void train(SpiraConvNetwork architecture, int threads, MessageDigest digest) {
        InputShape shape = new InputShape(75, 23);
        SplittableRandom random = new SplittableRandom(7);
        float[][] windows = new float[11][shape.frames() * shape.features()];
        float[] labels = new float[windows.length];
        for (int w = 0; w < windows.length; w++) {
            labels[w] = w % 2;
            for (int i = 0; i < windows[w].length; i++) {
                windows[w][i] = (float) (3 * random.nextDouble() - 1.4);
            }
        }
        TrainingWindows batch = TrainingWindows.equally(windows, labels, OutputLoss.PLAIN);
        try (Network network = architecture.build(shape, random, threads)) {
            float[] weights = network.weights();
            float[] gradient = new float[weights.length];
            Optimizer.Updates updates = Adam.of(1e-3).start(weights.length);
            for (int step = 1; step <= 3; step++) {
                long drawn = step;
                double loss = network.gradient(batch,
                        (purpose, window) -> new SplittableRandom(31 * (31 * drawn + window) + purpose.hashCode()), gradient);
                updates.apply(weights, gradient, step, 1e-3);
                network.weights(weights);
                add(digest, loss);
            }
            for (float weight : weights) {
                add(digest, weight);
            }
            for (double probability : network.predict(windows)) {
                add(digest, probability);
            }
            add(digest, network.predict(new float[][] {windows[3]})[0]);
        }
    }

    private static void add(MessageDigest digest, double value) {
        digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    }
}
