package io.github.spirabr.training.internal.kernel;

import java.util.Optional;

/**
 * The heavy loops of the networks, on flat arrays. There are two implementations with equal bits: {@link PlainKernels}, and one
 * with the Vector API, for a Java that was started with {@code --add-modules jdk.incubator.vector} and a processor with fused
 * arithmetic; {@link WarmingKernels} goes from one to the other. The order of operations is specified here: each multiply-add is
 * fused; elements that are not summed are independent of each other; sums over a row are in the order of {@link LaneShape}.
 *
 * <p>Stateless, hence thread-safe, if each thread has a {@link KernelScratch} of its own.
 */
public abstract class Kernels {

    /** Number of outputs that are computed together, and whose weights lie together in {@link Taps}. */
    static final int OUTPUTS = 4;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** System property that names the kernels: plain, or vector from the first call on; for tests and comparisons. */
    private static final String CHOICE = "spira.kernels";

    private static final Kernels PLAIN = new PlainKernels();
    private static final Kernels BEST = choose(System.getProperty(CHOICE, ""));

    /** Returns the quickest ones of this Java and processor. */
    static Kernels best() {
        return BEST;
    }

    static Kernels plain() {
        return PLAIN;
    }

    private static Kernels choose(String name) {
        return switch (name) {
            case "" -> vectors().<Kernels>map(vectors -> new WarmingKernels(PLAIN, vectors)).orElse(PLAIN);
            case "plain" -> PLAIN;
            case "vector" -> vectors().orElseThrow(() -> new IllegalStateException(CHOICE + " must be plain, but was vector; "
                    + "the Vector API needs a processor with fused arithmetic and --add-modules " + VECTOR_MODULE));
            default -> throw new IllegalStateException(CHOICE + " must be plain or vector, but was " + name);
        };
    }

    /** Returns the ones with the Vector API, loaded by name, as they are compiled against its module; empty without it. */
    static Optional<Kernels> vectors() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).filter(module -> Fused.NATIVE).map(Kernels::load);
    }

    private static Kernels load(Module vectorApi) {
        Kernels.class.getModule().addReads(vectorApi);
        try {
            return (Kernels) Class.forName(Kernels.class.getPackageName() + ".VectorKernels")
                    .getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("VectorKernels must be in the jar of spira-training", e);
        }
    }

    /** Returns a line for people about the arithmetic of SpiraConv on this machine, and how to make it faster. */
    public static String description() {
        if (!Fused.NATIVE) {
            return "plain loops with emulated fused arithmetic, slow: this Java has no instruction for it (UseFMA is false)";
        }
        return vectors().isEmpty()
                ? BEST.name() + "; --add-modules " + VECTOR_MODULE + " makes them faster, with the same results"
                : BEST.name();
    }

    /** Returns a name for people. */
    abstract String name();

    /**
     * Computes rows of weighted sums: {@code y[yAt + o*yStride + i] = start + sum_q w[o][q] * x[offset[q] + i]}, for i in [0, n),
     * added in order of q.
     *
     * @param starts first summand of each output, from {@code startsAt}; null to take that which y holds
     */
    abstract void weightedSums(
            float[] x, Taps taps, float[] starts, int startsAt, float[] y, int yAt, int yStride, int n, KernelScratch scratch);

    /**
     * Computes products of rows: {@code out[r*count + q] = sum_i a[aAt + r*aStride + i] * x[offset[q] + i]} for i in [0, n).
     */
    abstract void products(
            float[] a, int aAt, int aStride, int rows, float[] x, int[] offsets, int n, double[] out, KernelScratch scratch);

    /** Returns the sum of a row. */
    abstract double sum(float[] x, int at, int n, KernelScratch scratch);

    /** Returns the sum of squared deviations of a row from a mean. */
    abstract double squares(float[] x, int at, int n, float mean, KernelScratch scratch);

    /** Computes {@code y[yAt + i] = (x[xAt + i] - mean) * slope + offset}. */
    abstract void centredAffine(
            float[] x, int xAt, float[] y, int yAt, int n, float mean, float slope, float offset, KernelScratch scratch);

    /** Computes Mish of {@code (x - mean) * slope + offset}, up to {@link LaneShape#MOST} elements. */
    abstract void activations(
            float[] x, int xAt, float[] y, int yAt, int n, float mean, float slope, float offset, KernelScratch scratch);

    /** Computes the same from index 0 on and keeps the normalised values and their exponentials for the way back. */
    abstract void activations(
            float[] x, int n, float mean, float slope, float offset, float[] normal, float[] exp, float[] y);

    /** Multiplies a gradient by the derivative of Mish, with what {@link #activations} kept, from index 0 on. */
    abstract void timesDerivatives(float[] normal, float[] exp, float[] gradient, int n, float[] spare);

    /** Computes the maximum of each two rows of length n: {@code y[yAt + r*n + i] = max(a[2*r*n + i], a[(2*r + 1)*n + i])}. */
    abstract void maxima(float[] a, int n, float[] y, int yAt, int rows, KernelScratch scratch);
}
