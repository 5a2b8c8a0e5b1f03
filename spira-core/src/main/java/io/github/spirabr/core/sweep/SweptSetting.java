package io.github.spirabr.core.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A setting that a sweep varies: a list of values, or a range of numbers. Numbers of a range have four significant digits, so
 * that they can be read and typed. Immutable and thread-safe.
 */
public final class SweptSetting {

    private static final MathContext DIGITS = new MathContext(4);

    private final String name;
    private final List<Object> values;
    private final double from;
    private final double to;
    private final boolean log;
    private final boolean whole;

    private SweptSetting(String name, List<Object> values, double from, double to, boolean log, boolean whole) {
        this.name = name;
        this.values = values;
        this.from = from;
        this.to = to;
        this.log = log;
        this.whole = whole;
    }

    /**
     * Returns a setting with these values, in their order.
     *
     * @param name the name that a {@link Trial} asks for, such as {@code training.batchSize}
     * @param values at least one, all different: numbers, texts or parts
     */
    public static SweptSetting of(String name, List<?> values) {
        requireName(name);
        if (values.isEmpty() || new LinkedHashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(name + " must have at least one value, and none twice, but had " + values);
        }
        return new SweptSetting(name, List.copyOf(values), 0, 0, false, false);
    }

    /**
     * Returns a setting in a range of real numbers.
     *
     * @param from smallest value
     * @param to largest value, above the smallest
     */
    public static SweptSetting range(String name, double from, double to) {
        return checked(new SweptSetting(requireName(name), List.of(), from, to, false, false));
    }

    /**
     * Returns a setting in a range of positive numbers, such as a learning rate, whose logarithm is varied evenly.
     *
     * @param from smallest value, above 0
     * @param to largest value, above the smallest
     */
    public static SweptSetting logRange(String name, double from, double to) {
        if (!(from > 0)) {
            throw new IllegalArgumentException(name + ": the smallest value of a range by logarithms must be above 0, but was " + from);
        }
        return checked(new SweptSetting(requireName(name), List.of(), from, to, true, false));
    }

    /** Returns this range with whole numbers alone. */
    public SweptSetting whole() {
        if (!isRange()) {
            throw new IllegalArgumentException(name + " must be a range to have whole numbers alone, but is a list");
        }
        return new SweptSetting(name, values, from, to, log, true);
    }

    private static String requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a swept setting must have a name, but was '" + name + "'");
        }
        return name;
    }

    private static SweptSetting checked(SweptSetting range) {
        if (!(range.from < range.to) || !Double.isFinite(range.from) || !Double.isFinite(range.to)) {
            throw new IllegalArgumentException(range.name + ": the smallest value must be below the largest, but were "
                    + range.from + " and " + range.to);
        }
        return range;
    }

    /** Returns the name of the setting. */
    public String name() {
        return name;
    }

    /** Returns whether this is a range, from which values can be drawn without end. */
    public boolean isRange() {
        return values.isEmpty();
    }

    /**
     * Returns a list of evenly spaced values of this range, both ends included, each once: for a grid.
     *
     * @param steps at least 2; whole numbers may be fewer
     */
    public SweptSetting steps(int steps) {
        if (!isRange() || steps < 2) {
            throw new IllegalArgumentException(name + " must be a range in at least 2 steps, but was "
                    + (isRange() ? "in " + steps : "a list"));
        }
        LinkedHashSet<Object> each = new LinkedHashSet<>();
        for (int i = 0; i < steps; i++) {
            each.add(at((double) i / (steps - 1)));
        }
        return of(name, new ArrayList<>(each));
    }

    /** Returns the values of a list; empty for a range. */
    public List<Object> values() {
        return values;
    }

    /** Returns a value as people write it: a number without an exponent. */
    public static String text(Object value) {
        return value instanceof Double number ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString() : value.toString();
    }

    /** Draws a value: each of a list is equally likely. */
    Object draw(RandomGenerator random) {
        return isRange() ? at(random.nextDouble()) : values.get(random.nextInt(values.size()));
    }

    /** Returns the value at a share of the way through the range. */
    private Object at(double share) {
        double exact = log
                ? Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from)))
                : from + share * (to - from);
        double inside = Math.max(from, Math.min(to, exact));
        if (whole) {
            return Math.round(inside);
        }
        return share == 0 ? from : share == 1 ? to : new BigDecimal(inside).round(DIGITS).doubleValue();
    }

    @Override
    public String toString() {
        return name + (isRange() ? " from " + from + " to " + to + (log ? ", by logarithms" : "") + (whole ? ", whole" : "")
                : " " + values);
    }
}
