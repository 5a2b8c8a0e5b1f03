package io.github.spirabr.core.component;

import java.math.BigDecimal;

/**
 * The range of a number. Immutable.
 *
 * @param least the lower end; negative infinity if there is none
 * @param leastIncluded true if the lower end belongs to the range
 * @param most the upper end; infinity if there is none
 * @param mostIncluded true if the upper end belongs to the range
 */
public record SettingRange(double least, boolean leastIncluded, double most, boolean mostIncluded) {

    static final SettingRange ANY = new SettingRange(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

    private static final double LARGEST_WHOLE = 1e15;

    SettingRange from(double end, boolean included) {
        return new SettingRange(end, included, most, mostIncluded);
    }

    SettingRange to(double end, boolean included) {
        return new SettingRange(least, leastIncluded, end, included);
    }

    boolean contains(double value) {
        return (value > least || leastIncluded && value == least) && (value < most || mostIncluded && value == most);
    }

    /**
     * Returns the range in words, such as {@code between 1000 and 384000 Hz} or {@code above 0 and at most 1}.
     *
     * @param unit the unit's symbol; empty if there is none
     */
    public String words(String unit) {
        String symbol = unit.isEmpty() ? "" : " " + unit;
        String lower = least == Double.NEGATIVE_INFINITY ? "" : (leastIncluded ? "at least " : "above ") + text(least);
        String upper = most == Double.POSITIVE_INFINITY ? "" : (mostIncluded ? "at most " : "below ") + text(most);
        if (leastIncluded && mostIncluded && !lower.isEmpty() && !upper.isEmpty()) {
            return "between " + text(least) + " and " + text(most) + symbol;
        }
        return lower + (lower.isEmpty() || upper.isEmpty() ? "" : " and ") + upper + symbol;
    }

    /** Returns a number as text; whole numbers have no fraction. */
    static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE
                ? BigDecimal.valueOf(number).toBigInteger().toString() : Double.toString(number);
    }
}
