package io.github.spirabr.training.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TemporalConvolutionBlockTest {

    // ---------------------------------------------------------------- PyTorch

    private static Map<String, float[]> golden() throws IOException {
        Map<String, float[]> values = new HashMap<>();
        try (InputStream in = TemporalConvolutionBlockTest.class.getResourceAsStream("spiraconv_golden.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                String[] words = line.split(" ");
                float[] v = new float[Integer.parseInt(words[1])];
                for (int i = 0; i < v.length; i++) {
                    v[i] = Float.parseFloat(words[i + 2]);
                }
                values.put(words[0], v);
            }
        }
        return values;
    }

    /** Every element within tolerance·(its own magnitude + the largest of the tensor): sums cancel in single elements. */
    private static void assertNear(float[] wanted, float[] got, double tolerance, String what) {
        assertEquals(wanted.length, got.length, what);
        double largest = 0;
        for (float v : wanted) {
            largest = Math.max(largest, Math.abs(v));
        }
        for (int i = 0; i < wanted.length; i++) {
            double bound = tolerance * (Math.abs(wanted[i]) + 0.1 * largest);
            assertTrue(
                    Math.abs(wanted[i] - got[i]) <= bound, what + "[" + i + "] should be " + wanted[i] + ", got " + got[i]);
        }
    }

    @Test
    void agreesWithPyTorch() throws IOException {
        Map<String, float[]> golden = golden();
        TemporalConvolutionBlock[] blocks = new TemporalConvolutionBlock[4];
        BlockWorkspace[] ws = new BlockWorkspace[4];
        float[][] in = new float[4][];
        float[][] masks = new float[4][];
        in[0] = golden.get("input");
        for (int n = 0; n < 4; n++) {
            int[] g = new int[8];
            for (int i = 0; i < 8; i++) {
                g[i] = (int) golden.get("geometry" + n)[i];
            }
            blocks[n] = new TemporalConvolutionBlock(g[0], g[1], g[2], g[3], g[4], g[5] == 1, g[6], g[7]);
            ws[n] = blocks[n].newWorkspace();
            masks[n] = golden.get("mask" + n);
            for (int i = 0; i < masks[n].length; i++) {
                masks[n][i] *= golden.get("keep" + n)[0];
            }
            if (n == 3) {
                masks[n] = null; // all ones in the golden file
            }
            float[] params = golden.get("params" + n);
            assertEquals(params.length, blocks[n].parameterCount());
            blocks[n].forward(params, 0, in[n], masks[n], ws[n]);
            float[] wanted = golden.get("output" + n);
            float[] got = ws[n].output;
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(wanted[i], got[i], 1e-5 * Math.max(1, Math.abs(wanted[i])), "output" + n);
            }
            if (n < 3) {
                in[n + 1] = ws[n].output;
            }
        }
        float[] gradOut = golden.get("gradOutput");
        for (int n = 3; n >= 0; n--) {
            float[] gradIn = new float[blocks[n].inChannels() * blocks[n].inRowLength()];
            float[] gradParams = new float[blocks[n].parameterCount()];
            blocks[n].backward(golden.get("params" + n), 0, in[n], masks[n], gradOut, gradParams, gradIn, ws[n]);
            assertNear(golden.get("gradParams" + n), gradParams, 1e-4, "gradParams" + n);
            gradOut = gradIn;
        }
        assertNear(golden.get("gradInput"), gradOut, 1e-4, "gradInput");
    }

    // ---------------------------------------------------------------- naive implementation

    /** A random geometry with data for it. */
    private static final class Case {
        final int cIn;
        final int cOut;
        final int k;
        final int d;
        final int groups;
        final boolean pool;
        final int time;
        final int f;
        final TemporalConvolutionBlock block;
        final float[] params;
        final int offset;
        final float[] in;
        final float[] mask;

        Case(Random r, int cIn, int perGroup, int groups, int k, int d, boolean pool, int time, int f, boolean masked) {
            this.cIn = cIn;
            this.cOut = perGroup * groups;
            this.k = k;
            this.d = d;
            this.groups = groups;
            this.pool = pool;
            this.time = time;
            this.f = f;
            block = new TemporalConvolutionBlock(cIn, cOut, k, d, groups, pool, time, f);
            offset = r.nextInt(5);
            params = gaussians(r, offset + block.parameterCount());
            in = gaussians(r, cIn * time * f);
            mask = masked ? new float[block.maskLength()] : null;
            for (int i = 0; masked && i < mask.length; i++) {
                mask[i] = r.nextFloat() < 0.5f ? 2f : 0f;
            }
        }

        double[] doubleParams() {
            double[] p = new double[block.parameterCount()];
            for (int i = 0; i < p.length; i++) {
                p[i] = params[offset + i];
            }
            return p;
        }

        double[][] doubleIn() {
            double[][] x = new double[cIn][time * f];
            for (int c = 0; c < cIn; c++) {
                for (int i = 0; i < x[c].length; i++) {
                    x[c][i] = in[c * time * f + i];
                }
            }
            return x;
        }

        double[][] naive(double[] p, double[][] x) {
            return NaiveBlock.forward(cIn, cOut, k, d, groups, pool, time, f, p, x, mask);
        }
    }

    private static float[] gaussians(Random r, int n) {
        float[] v = new float[n];
        for (int i = 0; i < n; i++) {
            v[i] = (float) r.nextGaussian();
        }
        return v;
    }

    private static void assertForward(Case c) {
        BlockWorkspace ws = c.block.newWorkspace();
        c.block.forward(c.params, c.offset, c.in, c.mask, ws);
        double[][] wanted = c.naive(c.doubleParams(), c.doubleIn());
        for (int o = 0; o < c.cOut; o++) {
            for (int i = 0; i < wanted[o].length; i++) {
                assertEquals(wanted[o][i], ws.output[o * wanted[o].length + i], 1e-4 * Math.max(1, Math.abs(wanted[o][i])), "output");
            }
        }
    }

    @Property(tries = 150)
    void forwardAgreesWithTheNaiveLoop(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 7) int cIn,
            @ForAll @IntRange(min = 1, max = 3) int perGroup,
            @ForAll @IntRange(min = 1, max = 4) int groups,
            @ForAll @IntRange(min = 1, max = 8) int k,
            @ForAll @IntRange(min = 1, max = 3) int d,
            @ForAll boolean pool,
            @ForAll boolean masked,
            @ForAll @IntRange(min = 5, max = 40) int extra,
            @ForAll @IntRange(min = 1, max = 60) int f) {
        Random r = new Random(seed);
        assertForward(new Case(r, cIn, perGroup, groups, k, d, pool, (k - 1) * d + extra, f, masked));
    }

    @Test
    void forwardAgreesForRowsOfSeveralChunks() {
        Random r = new Random(5);
        for (int extra : new int[] {63, 64, 65, 127, 128, 129, 389}) {
            assertForward(new Case(r, 3, 2, 2, 3, 2, true, 4 + extra, 16, true));
        }
    }

    /** Directional derivatives of sum(output·weights) by central differences of the naive double implementation. */
    private static void assertGradients(Case c, Random r) {
        BlockWorkspace ws = c.block.newWorkspace();
        c.block.forward(c.params, c.offset, c.in, c.mask, ws);
        float[] gradOut = gaussians(r, c.block.maskLength());
        float[] gradParams = new float[c.block.parameterCount()];
        float[] gradIn = new float[c.cIn * c.block.inRowLength()];
        c.block.backward(c.params, c.offset, c.in, c.mask, gradOut, gradParams, gradIn, ws);

        double h = 1e-7;
        double[] p = c.doubleParams();
        double[][] x = c.doubleIn();
        double scale = 1e-3;
        for (float v : gradParams) {
            scale = Math.max(scale, Math.abs(v));
        }
        for (int n = 0; n < 12; n++) {
            int i = n < 6 ? p.length - 1 - r.nextInt(3 * c.cOut) : r.nextInt(p.length);
            double kept = p[i];
            p[i] = kept + h;
            double up = weighted(c.naive(p, x), gradOut);
            p[i] = kept - h;
            double down = weighted(c.naive(p, x), gradOut);
            p[i] = kept;
            assertEquals((up - down) / (2 * h), gradParams[i], 1e-3 * scale, "gradient of parameter " + i);
        }
        scale = 1e-3;
        for (float v : gradIn) {
            scale = Math.max(scale, Math.abs(v));
        }
        for (int n = 0; n < 12; n++) {
            int channel = r.nextInt(c.cIn);
            int i = r.nextInt(x[channel].length);
            double kept = x[channel][i];
            x[channel][i] = kept + h;
            double up = weighted(c.naive(p, x), gradOut);
            x[channel][i] = kept - h;
            double down = weighted(c.naive(p, x), gradOut);
            x[channel][i] = kept;
            assertEquals((up - down) / (2 * h), gradIn[channel * x[channel].length + i], 1e-3 * scale, "gradient of input " + i);
        }
    }

    private static double weighted(double[][] out, float[] weights) {
        double sum = 0;
        for (int o = 0; o < out.length; o++) {
            for (int i = 0; i < out[o].length; i++) {
                sum += out[o][i] * weights[o * out[o].length + i];
            }
        }
        return sum;
    }

    @Test
    void gradientsAgreeWithDifferencesOfTheNaiveLoop() {
        Random r = new Random(7);
        for (int n = 0; n < 40; n++) {
            int k = 1 + r.nextInt(6);
            int d = 1 + r.nextInt(3);
            int time = (k - 1) * d + 4 + r.nextInt(30);
            boolean pool = r.nextBoolean();
            int f = 1 + r.nextInt(9);
            assertGradients(
                    new Case(
                            r, 1 + r.nextInt(6), 1 + r.nextInt(3), 1 + r.nextInt(5), k, d, pool, time, f, r.nextBoolean()),
                    r);
        }
    }

    @Test
    void gradientsAgreeForRowsOfSeveralChunks() {
        Random r = new Random(11);
        assertGradients(new Case(r, 3, 2, 2, 3, 2, true, 145, 16, true), r);
        assertGradients(new Case(r, 2, 1, 3, 5, 2, false, 210, 16, false), r);
        assertGradients(new Case(r, 9, 5, 1, 2, 1, true, 70, 40, true), r);
    }

    @Property(tries = 100)
    void predictionInPartsHasTheBitsOfTheForwardPass(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int perGroup,
            @ForAll @IntRange(min = 1, max = 6) int groups,
            @ForAll @IntRange(min = 1, max = 5) int k,
            @ForAll boolean pool,
            @ForAll @IntRange(min = 5, max = 200) int extra,
            @ForAll @IntRange(min = 1, max = 40) int f) {
        Case c = new Case(new Random(seed), 3, perGroup, groups, k, 2, pool, (k - 1) * 2 + extra, f, false);
        BlockWorkspace whole = c.block.newWorkspace();
        c.block.forward(c.params, c.offset, c.in, null, whole);
        float[] output = new float[c.block.maskLength()];
        int half = groups / 2;
        c.block.predict(c.params, c.offset, c.in, 0, half, null, output, c.block.newWorkspace());
        c.block.predict(c.params, c.offset, c.in, half, groups, null, output, c.block.newWorkspace());
        assertArrayEquals(whole.output, output, 0f);
    }

    // ---------------------------------------------------------------- determinism, reuse, refusals

    private static float[] run(Case c, BlockWorkspace ws, float[] gradOut) {
        c.block.forward(c.params, c.offset, c.in, c.mask, ws);
        float[] gradParams = new float[c.block.parameterCount()];
        float[] gradIn = new float[c.cIn * c.block.inRowLength()];
        c.block.backward(c.params, c.offset, c.in, c.mask, gradOut, gradParams, gradIn, ws);
        float[] a = ws.output;
        float[] b = gradIn;
        float[] all = Arrays.copyOf(a, a.length + b.length + gradParams.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        System.arraycopy(gradParams, 0, all, a.length + b.length, gradParams.length);
        return all;
    }

    @Test
    void workspacesOnTwoThreadsGiveTheSameBits() throws Exception {
        Random r = new Random(3);
        Case c = new Case(r, 5, 2, 3, 3, 2, true, 120, 20, true);
        float[] gradOut = gaussians(r, c.block.maskLength());
        float[] first = run(c, c.block.newWorkspace(), gradOut); // interpreted; the threads go on into compiled code
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<?>[] done = new Future<?>[2];
            for (int n = 0; n < 2; n++) {
                done[n] =
                        pool.submit(
                                () -> {
                                    BlockWorkspace ws = c.block.newWorkspace();
                                    for (int i = 0; i < 300; i++) {
                                        assertArrayEquals(first, run(c, ws, gradOut), 0f);
                                    }
                                });
            }
            for (Future<?> f : done) {
                f.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void gradientsOfParametersAccumulate() {
        Random r = new Random(4);
        Case c = new Case(r, 2, 2, 2, 3, 1, true, 20, 4, true);
        BlockWorkspace ws = c.block.newWorkspace();
        float[] gradOut = gaussians(r, c.block.maskLength());
        c.block.forward(c.params, c.offset, c.in, c.mask, ws);
        float[] once = new float[c.block.parameterCount()];
        c.block.backward(c.params, c.offset, c.in, c.mask, gradOut, once, null, ws);
        float[] twice = once.clone();
        c.block.backward(c.params, c.offset, c.in, c.mask, gradOut, twice, null, ws);
        for (int i = 0; i < once.length; i++) {
            assertEquals(2 * once[i], twice[i], 0f);
        }
    }

    @Test
    void equalValuesGiveTheGradientToTheFirst() {
        // A constant input normalises to zero everywhere; only the first of each pair may pass the gradient on, which
        // shows in the gradient of gamma's counterpart beta being one per kept output.
        TemporalConvolutionBlock block = new TemporalConvolutionBlock(1, 1, 1, 1, 1, true, 2, 1);
        BlockWorkspace ws = block.newWorkspace();
        float[] params = {1f, 0f, 1f, 0.5f};
        float[] in = {3f, 3f};
        block.forward(params, 0, in, null, ws);
        float[] gradParams = new float[4];
        float[] gradIn = new float[2];
        block.backward(params, 0, in, null, new float[] {1f}, gradParams, gradIn, ws);
        assertEquals(NaiveBlock.mishDerivative(0.5), gradParams[3], 1e-6);
        assertTrue(gradIn[0] > 0 && gradIn[1] < 0, Arrays.toString(gradIn));
    }

    @Test
    void refusesImpossibleGeometry() {
        assertMessage("spans 9", () -> new TemporalConvolutionBlock(1, 2, 5, 2, 1, false, 8, 4));
        assertMessage("divide", () -> new TemporalConvolutionBlock(1, 3, 2, 1, 2, false, 8, 4));
        assertMessage("pooling", () -> new TemporalConvolutionBlock(1, 2, 8, 1, 1, true, 8, 4));
        assertMessage("features", () -> new TemporalConvolutionBlock(1, 2, 2, 1, 1, false, 8, 0));
        assertMessage("2^31", () -> new TemporalConvolutionBlock(1, 1 << 20, 1, 1, 1, false, 1 << 10, 40));
    }

    @Test
    void refusesWrongArrays() {
        TemporalConvolutionBlock block = new TemporalConvolutionBlock(2, 2, 3, 1, 1, true, 8, 4);
        BlockWorkspace ws = block.newWorkspace();
        float[] params = new float[block.parameterCount()];
        float[] in = new float[64];
        assertMessage("params", () -> block.forward(params, 1, in, null, ws));
        assertMessage("63", () -> block.forward(params, 0, new float[63], null, ws));
        assertMessage("mask", () -> block.forward(params, 0, in, new float[3], ws));
        BlockWorkspace other = new TemporalConvolutionBlock(2, 2, 3, 1, 1, true, 8, 4).newWorkspace();
        assertMessage("workspace", () -> block.forward(params, 0, in, null, other));
        assertThrows(
                IllegalStateException.class,
                () -> block.backward(params, 0, in, null, new float[24], params.clone(), null, ws));
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable action) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(part), message);
    }
}
