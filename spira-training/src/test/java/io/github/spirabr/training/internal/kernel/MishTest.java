package io.github.spirabr.training.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MishTest {

    private static float[][] compute(float[] x) {
        int n = x.length;
        float[] exp = new float[n];
        float[] scratch = new float[n];
        float[] y = new float[n];
        float[] d = new float[n];
        java.util.Arrays.fill(d, 1f);
        Mish.exponentials(x, exp, scratch, n);
        Mish.values(x, exp, y, n);
        Mish.timesDerivatives(x, exp, d, scratch, n);
        return new float[][] {y, d};
    }

    private static void check(float x, float y, float d) {
        double wanted = NaiveBlock.mish(x);
        assertEquals(wanted, y, 6e-7 * Math.abs(wanted) + 1e-33, () -> "mish(" + x + ")");
        // Relative to the two terms of the derivative, which cancel near its zero at -1.19.
        double slope = NaiveBlock.mishDerivative(x);
        double scale = Math.abs(slope) + Math.exp(Math.min(x, 0));
        assertEquals(slope, d, 1e-6 * Math.max(scale, Math.abs(wanted)) + 1e-33, () -> "mish'(" + x + ")");
    }

    @Provide
    Arbitrary<float[]> values() {
        return Arbitraries.floats().between(-100f, 100f).array(float[].class).ofMinSize(1).ofMaxSize(50);
    }

    @Property
    void agreesWithTheDefinition(@ForAll("values") float[] x) {
        float[][] got = compute(x);
        for (int i = 0; i < x.length; i++) {
            check(x[i], got[0][i], got[1][i]);
        }
    }

    @Test
    void agreesOnADenseGrid() {
        float[] x = new float[200_001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 100_000) * 1e-3f;
        }
        float[][] got = compute(x);
        for (int i = 0; i < x.length; i++) {
            check(x[i], got[0][i], got[1][i]);
        }
    }

    @Test
    void specialValues() {
        float[][] got = compute(new float[] {Float.NaN, 0f, 1e30f, -1e30f});
        assertTrue(Float.isNaN(got[0][0]));
        assertEquals(0f, got[0][1]);
        assertEquals(1e30f, got[0][2]);
        assertEquals(1f, got[1][2]);
        assertEquals(0.6f, got[1][1], 1e-6f);
    }
}
