package io.github.spirabr.core.component;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of one component as they are read: every fault names the path of the setting, what was
 * found and what is expected. A value may be of its own type or its text, as in a properties file.
 * Not thread-safe; used by one provider call.
 */
public final class Settings {

    private final String path;
    private final Map<String, Object> values;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param path where the settings stand, such as {@code preprocessing.extract}; part of messages
     * @param values by name
     */
    public Settings(String path, Map<String, Object> values) {
        this.path = path;
        this.values = Map.copyOf(values);
    }

    /** The text {@code name}, which must be there. */
    public String string(String name) {
        return value(name, "a text").toString();
    }

    /** The truth value {@code name}, which must be there. */
    public boolean bool(String name) {
        Object value = value(name, "true or false");
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mismatch(name, "true or false", value);
        };
    }

    /** The integer {@code name}, which must be there and fit 32 bits. */
    public int integer(String name) {
        return integer(name, value(name, "an integer"));
    }

    /** The number {@code name}, which must be there and be finite. */
    public double number(String name) {
        Object value = value(name, "a number");
        double number;
        try {
            number = Double.parseDouble(value.toString());
        } catch (NumberFormatException e) {
            throw mismatch(name, "a number", value);
        }
        if (!Double.isFinite(number)) {
            throw mismatch(name, "a finite number", value);
        }
        return number;
    }

    /** The list of integers {@code name}, which must be there; as text, separated by commas. */
    public int[] integers(String name) {
        Object value = value(name, "a list of integers");
        List<?> list = value instanceof List<?> items ? items : List.of(value.toString().split("\\s*,\\s*"));
        int[] integers = new int[list.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = integer(name + "[" + i + "]", list.get(i));
        }
        return integers;
    }

    /** Refuses settings that nobody asked for, all of them at once. */
    void refuseUnknown() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new ComponentException(path + ": unknown settings " + unknown + "; known are " + new TreeSet<>(known));
        }
    }

    private int integer(String name, Object value) {
        try {
            return new BigDecimal(value.toString()).intValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw mismatch(name, "an integer of 32 bits", value);
        }
    }

    private Object value(String name, String wanted) {
        known.add(name);
        Object value = values.get(name);
        if (value == null) {
            throw new ComponentException(path + "." + name + " is missing; it must be " + wanted);
        }
        return value;
    }

    private ComponentException mismatch(String name, String wanted, Object found) {
        return new ComponentException(path + "." + name + " must be " + wanted + ", but was " + found);
    }
}
