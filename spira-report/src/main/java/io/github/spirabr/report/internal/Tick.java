package io.github.spirabr.report.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A labelled place of an axis.
 *
 * @param position position, in the axis' own unit
 */
public record Tick(double position, String label) {

    /** Round numbers from {@code low} to {@code high}, 1, 2 or 5 times a power of ten apart, at most {@code most}. */
    public static List<Tick> between(double low, double high, int most) {
        double least = (high - low) / Math.max(1, most - 1);
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(least)));
        BigDecimal step = power;
        for (int factor : new int[] {1, 2, 5, 10}) {
            step = power.multiply(BigDecimal.valueOf(factor));
            if (step.doubleValue() >= least * (1 - 1e-9)) {
                break;
            }
        }
        int decimals = Math.max(0, step.stripTrailingZeros().scale());
        List<Tick> ticks = new ArrayList<>();
        BigDecimal first = BigDecimal.valueOf(low).divide(step, 0, RoundingMode.CEILING).multiply(step);
        for (BigDecimal at = first; at.doubleValue() <= high + 1e-9 * (high - low); at = at.add(step)) {
            // With a minus sign in place of a hyphen.
            String label = at.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString().replace('-', '\u2212');
            ticks.add(new Tick(at.doubleValue(), label));
        }
        return ticks;
    }
}
