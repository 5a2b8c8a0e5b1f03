package io.github.spirabr.training.internal.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The fused multiply-add of {@link Math#fma(float, float, float)}, quick on every processor. Where Java has no instruction for
 * it, {@code Math.fma} computes with {@code BigDecimal}, thousands of times slower; a few operations in {@code double} then give
 * the same bits. Stateless, hence thread-safe.
 */
final class Fused {

    /** True if Java compiles {@link Math#fma(float, float, float)} to an instruction of this processor. */
    static final boolean NATIVE = isNative();

    private Fused() {}

    private static boolean isNative() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (machine == null) {
            return false;
        }
        try {
            return Boolean.parseBoolean(machine.getVMOption("UseFMA").getValue());
        } catch (IllegalArgumentException e) {
            return false; // a Java without this option promises nothing
        }
    }

    /** Returns {@code a*b + c}, rounded once. */
    static float multiplyAdd(float a, float b, float c) {
        return NATIVE ? Math.fma(a, b, c) : emulated(a, b, c);
    }

    /**
     * Returns {@code a*b + c}, rounded once, without an instruction for it. The product is exact in {@code double}. The sum is
     * rounded to odd (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums", IEEE Transactions on Computers 2008):
     * if it is not exact, its last bit is set, so that rounding it again to {@code float} gives the nearest one.
     */
    static float emulated(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        double part = sum - product;
        double error = (product - (sum - part)) + (c - part);
        long bits = Double.doubleToRawLongBits(sum);
        if ((error < 0 || error > 0) && (bits & 1) == 0) {
            bits += (error > 0) == (sum > 0) ? 1 : -1;
        }
        return (float) Double.longBitsToDouble(bits);
    }
}
