package io.github.spirabr.training.internal.kernel;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Kernels that begin with plain loops and go on with the Vector API once that is faster. Until the JIT compiler has compiled it,
 * the Vector API is some hundred times slower than plain loops, so that a short command would lose seconds. After some work a
 * thread in the background calls its kernels on arrays of its own until they are faster; the bits are the same before and after.
 */
final class WarmingKernels extends Kernels {

    /** Multiply-adds before the thread starts: about a second of plain loops. */
    private static final long COLD = 10_000_000_000L;

    /** Rounds of the thread at most; then it leaves the plain loops where they are. */
    private static final int ROUNDS = 20_000;

    private final Kernels plain;
    private final Kernels vectors;
    private final AtomicLong work = new AtomicLong();
    private volatile Kernels current;

    WarmingKernels(Kernels plain, Kernels vectors) {
        this.plain = plain;
        this.vectors = vectors;
        this.current = plain;
    }

    @Override
    String name() {
        return vectors.name() + ", after a few seconds of plain loops";
    }

    private Kernels after(long multiplyAdds) {
        Kernels kernels = current;
        if (kernels == plain) {
            long before = work.getAndAdd(multiplyAdds);
            if (before < COLD && before + multiplyAdds >= COLD) {
                Thread thread = new Thread(this::warmUp, "spira-kernels");
                thread.setDaemon(true);
                thread.start();
            }
        }
        return kernels;
    }

    /** Calls the kernels until those of the Vector API are faster, and takes them then. */
    void warmUp() {
        Sample ours = new Sample();
        Sample theirs = new Sample();
        int faster = 0;
        for (int round = 0; round < ROUNDS && faster < 10; round++) {
            long start = System.nanoTime();
            theirs.run(vectors);
            long middle = System.nanoTime();
            ours.run(plain);
            faster = middle - start < System.nanoTime() - middle ? faster + 1 : 0;
        }
        if (faster == 10) {
            current = vectors;
        }
    }

    /** A call of each kernel, on every path that matters. */
    private static final class Sample {

        private static final int LENGTH = 1000;

        private final KernelScratch scratch = new KernelScratch();
        private final Taps taps = new Taps(6, 5);
        private final float[] values = new float[4 * LENGTH];
        private final float[] results = new float[8 * LENGTH];
        private final float[] normal = new float[LENGTH];
        private final float[] exp = new float[LENGTH];
        private final double[] products = new double[30];

        Sample() {
            Random random = new Random(1);
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
            int[] from = new int[taps.count];
            for (int q = 0; q < taps.count; q++) {
                taps.offsets[q] = 80 * q;
                from[q] = q;
            }
            taps.weights(values, 0, taps.count, from);
        }

        void run(Kernels kernels) {
            kernels.weightedSums(values, taps, values, 0, results, 0, LENGTH, LENGTH, scratch);
            kernels.weightedSums(values, taps, null, 0, results, 0, LENGTH, LENGTH, scratch);
            kernels.products(values, 0, 100, taps.outputs, values, taps.offsets, 2 * LENGTH, products, scratch);
            float mean = (float) (kernels.sum(values, 0, LENGTH, scratch) / LENGTH);
            float squares = (float) kernels.squares(values, 0, LENGTH, mean, scratch);
            kernels.centredAffine(values, 0, results, 0, LENGTH, mean, squares / LENGTH, 1f, scratch);
            kernels.activations(values, 0, results, 0, LENGTH, mean, 1f, 0.5f, scratch);
            kernels.activations(values, LENGTH, mean, 1f, 0.5f, normal, exp, results);
            kernels.timesDerivatives(normal, exp, results, LENGTH, scratch.rows(1)[0]);
            kernels.maxima(values, 40, results, 0, 12, scratch);
        }
    }

    @Override
    void weightedSums(
            float[] x, Taps taps, float[] starts, int startsAt, float[] y, int yAt, int yStride, int n, KernelScratch scratch) {
        after((long) n * taps.count * taps.outputs).weightedSums(x, taps, starts, startsAt, y, yAt, yStride, n, scratch);
    }

    @Override
    void products(
            float[] a, int aAt, int aStride, int rows, float[] x, int[] offsets, int n, double[] out, KernelScratch scratch) {
        after((long) n * rows * offsets.length).products(a, aAt, aStride, rows, x, offsets, n, out, scratch);
    }

    @Override
    double sum(float[] x, int at, int n, KernelScratch scratch) {
        return current.sum(x, at, n, scratch);
    }

    @Override
    double squares(float[] x, int at, int n, float mean, KernelScratch scratch) {
        return current.squares(x, at, n, mean, scratch);
    }

    @Override
    void centredAffine(
            float[] x, int xAt, float[] y, int yAt, int n, float mean, float slope, float offset, KernelScratch scratch) {
        current.centredAffine(x, xAt, y, yAt, n, mean, slope, offset, scratch);
    }

    @Override
    void activations(
            float[] x, int xAt, float[] y, int yAt, int n, float mean, float slope, float offset, KernelScratch scratch) {
        current.activations(x, xAt, y, yAt, n, mean, slope, offset, scratch);
    }

    @Override
    void activations(float[] x, int n, float mean, float slope, float offset, float[] normal, float[] exp, float[] y) {
        current.activations(x, n, mean, slope, offset, normal, exp, y);
    }

    @Override
    void timesDerivatives(float[] normal, float[] exp, float[] gradient, int n, float[] spare) {
        current.timesDerivatives(normal, exp, gradient, n, spare);
    }

    @Override
    void maxima(float[] a, int n, float[] y, int yAt, int rows, KernelScratch scratch) {
        current.maxima(a, n, y, yAt, rows, scratch);
    }
}
