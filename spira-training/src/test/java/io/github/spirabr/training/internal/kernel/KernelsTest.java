package io.github.spirabr.training.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The kernels of the Vector API have the bits of the plain loops, and emulated fused arithmetic those of the instruction. */
class KernelsTest {

    private static final int CASES = 100;

    private static float[] values(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static void assertSameBits(float[] plain, float[] vectors) {
        assertArrayEquals(bits(plain), bits(vectors));
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return bits;
    }

    private static Kernels vectors() {
        assumeTrue(Kernels.vectors().isPresent(), "no fused arithmetic, or Java without --add-modules jdk.incubator.vector");
        return Kernels.vectors().get();
    }

    @Test
    void weightedSumsAreTheSame() {
        Random random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            assertWeightedSums(
                    random, 1 + random.nextInt(9), 1 + random.nextInt(20), 1 + random.nextInt(2500), random.nextBoolean());
            assertWeightedSums(random, 1 + random.nextInt(9), 1 + random.nextInt(20), 1 + random.nextInt(50), i % 2 == 0);
        }
    }

    private static void assertWeightedSums(Random random, int outputs, int count, int n, boolean constant) {
        Kernels vectors = vectors();
        Taps taps = new Taps(outputs, count);
        int[] from = new int[count];
        for (int q = 0; q < count; q++) {
            taps.offsets[q] = random.nextInt(200);
            from[q] = q * outputs;
        }
        taps.weights(values(random, count * outputs), 0, 1, from);
        float[] x = values(random, n + 200);
        float[] starts = constant ? values(random, outputs + 3) : null;
        float[] plain = values(random, 5 + outputs * (n + 3));
        float[] other = plain.clone();
        Kernels.plain().weightedSums(x, taps, starts, 3, plain, 5, n + 3, n, new KernelScratch());
        vectors.weightedSums(x, taps, starts, 3, other, 5, n + 3, n, new KernelScratch());
        assertSameBits(plain, other);
    }

    @Test
    void productsAndSumsAreTheSame() {
        Random random = new Random(2);
        for (int i = 0; i < CASES; i++) {
            assertProductsAndSums(random, 1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(5000));
            assertProductsAndSums(random, 1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(200));
        }
    }

    private static void assertProductsAndSums(Random random, int rows, int count, int n) {
        Kernels vectors = vectors();
        int[] offsets = random.ints(count, 0, 300).toArray();
        float[] a = values(random, 7 + rows * (n + 2));
        float[] x = values(random, n + 300);
        double[] plain = new double[rows * count];
        double[] other = new double[rows * count];
        KernelScratch scratch = new KernelScratch();
        Kernels.plain().products(a, 7, n + 2, rows, x, offsets, n, plain, scratch);
        vectors.products(a, 7, n + 2, rows, x, offsets, n, other, scratch);
        assertThat(other).isEqualTo(plain);
        assertThat(vectors.sum(x, 11, n, scratch)).isEqualTo(Kernels.plain().sum(x, 11, n, scratch));
        assertThat(vectors.squares(x, 11, n, 0.3f, scratch)).isEqualTo(Kernels.plain().squares(x, 11, n, 0.3f, scratch));
        double exact = 0;
        for (int i = 0; i < n; i++) {
            exact += (double) a[7 + i] * x[offsets[0] + i];
        }
        assertThat(plain[0]).isCloseTo(exact, within(2e-5 * Math.sqrt(n)));
    }

    @Test
    void activationsAreTheSame() {
        Random random = new Random(3);
        for (int i = 0; i < CASES; i++) {
            assertActivations(random, 1 + random.nextInt(1024));
            assertActivations(random, 1 + random.nextInt(40));
        }
    }

    private static void assertActivations(Random random, int n) {
        Kernels vectors = vectors();
        float[] x = values(random, n + 9);
        for (int i = 0; i < x.length; i += 7) {
            x[i] *= 60;
        }
        float[][] plain = activations(Kernels.plain(), x, n);
        float[][] other = activations(vectors, x, n);
        for (int k = 0; k < plain.length; k++) {
            assertSameBits(plain[k], other[k]);
        }
    }

    private static float[][] activations(Kernels kernels, float[] x, int n) {
        float[] normal = new float[n];
        float[] exp = new float[n];
        float[] values = new float[n];
        float[] gradient = new float[n];
        float[] flat = new float[n + 9];
        float[] affine = new float[n + 9];
        float[] maxima = new float[n + 9];
        Arrays.fill(gradient, 0.7f);
        KernelScratch scratch = new KernelScratch();
        kernels.activations(x, n, 0.2f, 1.3f, -0.4f, normal, exp, values);
        kernels.timesDerivatives(normal, exp, gradient, n, new float[n]);
        kernels.activations(x, 9, flat, 4, n, 0.2f, 1.3f, -0.4f, scratch);
        kernels.centredAffine(x, 9, affine, 3, n, 0.2f, 1.3f, -0.4f, scratch);
        kernels.maxima(x, (n + 1) / 4, maxima, 2, 2, scratch);
        return new float[][] {normal, exp, values, gradient, flat, affine, maxima};
    }

    @Test
    void theBitsAreTheSameBeforeAndAfterTheChange() {
        WarmingKernels warming = new WarmingKernels(Kernels.plain(), vectors());
        float[] x = values(new Random(3), 1100);
        float[][] before = activations(warming, x, 1000);
        warming.warmUp();
        float[][] after = activations(warming, x, 1000);
        for (int k = 0; k < before.length; k++) {
            assertSameBits(before[k], after[k]);
        }
    }

    @Property(tries = 2000)
    void emulatedArithmeticIsExact(@ForAll float a, @ForAll float b, @ForAll float c) {
        assertFused(a, b, c);
    }

    @Test
    void emulatedArithmeticIsExactWhereRoundingTwiceIsNot() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            float a = Float.intBitsToFloat(random.nextInt());
            float b = Float.intBitsToFloat(random.nextInt());
            // The sum lies near the middle between two floats: the product, half of its last bit, and a little.
            float c = Math.scalb(a * b, random.nextInt(60) - 30);
            assertFused(a, b, i % 2 == 0 ? c : Math.ulp(c) / 2);
        }
        assertFused(1 + Math.ulp(1f), 1 + Math.ulp(1f), Float.MIN_VALUE);
        assertFused(0f, -1f, 0f);
        assertFused(-0f, 1f, -0f);
        assertFused(Float.MAX_VALUE, 2f, -Float.MAX_VALUE);
        assertFused(Float.MIN_VALUE, 0.5f, Float.MIN_VALUE);
        assertFused(Float.POSITIVE_INFINITY, 1f, Float.NEGATIVE_INFINITY);
        assertFused(Float.NaN, 1f, 1f);
    }

    private static void assertFused(float a, float b, float c) {
        assertThat(Float.floatToIntBits(Fused.emulated(a, b, c))).as("%s * %s + %s", a, b, c)
                .isEqualTo(Float.floatToIntBits(Math.fma(a, b, c)));
    }
}
