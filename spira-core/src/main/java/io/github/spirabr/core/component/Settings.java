package io.github.spirabr.core.component;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one component as they are read: every fault names the path of the setting, what was
 * found and what is expected. A value may be of its own type or its text, as in a properties file. A
 * map among the values is a group, whose settings have dotted names: {@code amplitude: {max: 0.2}}
 * and {@code amplitude.max: 0.2} are the same. A list of maps is a group whose settings have numbers: {@code
 * mix: [{type: mixup}]} and {@code mix.0.type: mixup} are the same. Not thread-safe; used by one provider call.
 */
public final class Settings {

    /** The longest time, in seconds, whose nanoseconds fit 63 bits. */
    private static final double MAX_SECONDS = 9.2e9;

    private final String path;
    private final Map<String, Object> values;
    private final Bindings bindings;
    private final @Nullable Components components;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param path where the settings stand, such as {@code preprocessing.augment[1]}; part of messages
     * @param values by name
     * @throws ComponentException if a name has no value, or two
     */
    public Settings(String path, Map<String, ?> values) {
        this(path, values, Bindings.NONE, null);
    }

    Settings(String path, Map<String, ?> values, Bindings bindings, @Nullable Components components) {
        this.path = path;
        this.values = new LinkedHashMap<>();
        this.bindings = bindings;
        this.components = components;
        flatten("", values);
    }

    private void flatten(String prefix, Map<?, ?> group) {
        group.forEach((key, value) -> {
            String name = prefix + key;
            if (value == null) {
                throw new ComponentException(path + "." + name + " has no value; give it one or remove the line");
            }
            if (value instanceof Map<?, ?> inner) {
                flatten(name + ".", inner);
            } else if (value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(Map.class::isInstance)) {
                for (int i = 0; i < list.size(); i++) {
                    flatten(name + "." + i + ".", (Map<?, ?>) list.get(i));
                }
            } else if (values.put(name, value) != null) {
                throw new ComponentException(path + "." + name + " is given twice; remove one of them");
            }
        });
    }

    /** Whether {@code name} is given, so that a default is not needed. */
    public boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    /** The text {@code name}, which must be there. */
    public String string(String name) {
        return value(name, "a text").toString();
    }

    /** The text {@code name}, or the default. */
    public String string(String name, String byDefault) {
        return has(name) ? string(name) : byDefault;
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

    /** The truth value {@code name}, or the default. */
    public boolean bool(String name, boolean byDefault) {
        return has(name) ? bool(name) : byDefault;
    }

    /** The integer {@code name}, which must be there and fit 32 bits. */
    public int integer(String name) {
        return integer(name, value(name, "an integer"));
    }

    /** The integer {@code name}, which must fit 32 bits, or the default. */
    public int integer(String name, int byDefault) {
        return has(name) ? integer(name) : byDefault;
    }

    /** The integer {@code name}, which must be there and fit 64 bits, such as a seed. */
    public long longInteger(String name) {
        Object value = value(name, "an integer");
        try {
            return new BigDecimal(value.toString()).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw mismatch(name, "an integer of 64 bits", value);
        }
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

    /** The number {@code name}, which must be finite, or the default. */
    public double number(String name, double byDefault) {
        return has(name) ? number(name) : byDefault;
    }

    /** The time {@code name}, which must be there: a number of seconds, rounded to nanoseconds. */
    public Duration seconds(String name) {
        double seconds = number(name);
        if (Math.abs(seconds) > MAX_SECONDS) {
            throw mismatch(name, "a number of seconds between -9.2e9 and 9.2e9", seconds);
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
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

    /** The list of texts {@code name}, or the default; as text, separated by commas. */
    public List<String> strings(String name, List<String> byDefault) {
        if (!has(name)) {
            return byDefault;
        }
        Object value = value(name, "a list of texts");
        if (value instanceof List<?> items) {
            return items.stream().map(String::valueOf).toList();
        }
        String text = value.toString().strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*"));
    }

    /** One of the constants of an enum, written in lower case with hyphens, which must be there. */
    public <E extends Enum<E>> E choice(String name, Class<E> kind) {
        List<String> names = Arrays.stream(kind.getEnumConstants()).map(Settings::nameOf).toList();
        Object value = value(name, "one of " + names);
        int index = names.indexOf(value.toString());
        if (index < 0) {
            throw mismatch(name, "one of " + names, value);
        }
        return kind.getEnumConstants()[index];
    }

    /** One of the constants of an enum, written in lower case with hyphens, or the default. */
    public <E extends Enum<E>> E choice(String name, Class<E> kind, E byDefault) {
        return has(name) ? choice(name, kind) : byDefault;
    }

    /** How settings write a constant: lower case with hyphens. */
    public static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The value that the application gave by {@link Components#bind} under the name that setting {@code
     * name} holds.
     *
     * @param kind what the value must be
     */
    public <T> T bound(String name, Class<T> kind) {
        String wanted = string(name);
        Object value = bindings.get(kind, wanted);
        if (value == null) {
            Set<String> names = bindings.names(kind);
            throw new ComponentException(path + "." + name + ": no " + kind.getSimpleName() + " is called '" + wanted
                    + "'; known are " + names + suggestion(wanted, names));
        }
        return kind.cast(value);
    }

    /**
     * The components of the list {@code name}, each a type and its settings; empty if there is none.
     *
     * @param port what each of them must implement
     * @throws ComponentException if a type is unknown, or one of its settings wrong
     */
    public <T extends Component> List<T> components(String name, Class<T> port) {
        Components all = components == null ? Components.discover() : components;
        List<T> made = new ArrayList<>();
        for (int i = 0; i < names(name).size(); i++) {
            String group = name + "." + i + ".";
            String type = string(group + "type");
            Map<String, Object> own = new LinkedHashMap<>();
            values.forEach((key, value) -> {
                if (key.startsWith(group) && !key.equals(group + "type")) {
                    own.put(key.substring(group.length()), value);
                    known.add(key);
                }
            });
            made.add(all.create(port, path + "." + name + "[" + i + "]", new ComponentDescription(type, own)));
        }
        return made;
    }

    /** The names of the groups and settings right below {@code group}, in their order; empty if there are none. */
    public List<String> names(String group) {
        Set<String> names = new LinkedHashSet<>();
        String prefix = group + ".";
        for (String name : values.keySet()) {
            if (name.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                int dot = rest.indexOf('.');
                names.add(dot < 0 ? rest : rest.substring(0, dot));
            }
        }
        return new ArrayList<>(names);
    }

    /** Refuses settings that nobody asked for, all of them at once. */
    void refuseUnknown() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (unknown.isEmpty()) {
            return;
        }
        Set<String> free = new TreeSet<>(known);
        free.removeAll(values.keySet());
        StringJoiner meant = new StringJoiner(", ", "; did you mean ", "?").setEmptyValue("");
        for (String name : unknown) {
            Spelling.nearest(name, free.isEmpty() ? known : free)
                    .ifPresent(near -> meant.add("'" + near + "' for '" + name + "'"));
        }
        throw new ComponentException(
                path + ": unknown settings " + unknown + "; known are " + new TreeSet<>(known) + meant);
    }

    private static String suggestion(String name, Set<String> known) {
        return Spelling.nearest(name, known).map(near -> "; did you mean '" + near + "'?").orElse("");
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
            // The misspelt name is in the same settings, and nobody asks for it.
            Set<String> others = new LinkedHashSet<>(values.keySet());
            others.removeAll(known);
            throw new ComponentException(path + "." + name + " is missing; it must be " + wanted
                    + Spelling.nearest(name, others).map(near -> "; is '" + near + "' a misspelling of it?").orElse(""));
        }
        return value;
    }

    private ComponentException mismatch(String name, String wanted, Object found) {
        return new ComponentException(path + "." + name + " must be " + wanted + ", but was " + found);
    }
}
