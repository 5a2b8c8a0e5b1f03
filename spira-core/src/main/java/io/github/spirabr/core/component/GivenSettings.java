package io.github.spirabr.core.component;

import static io.github.spirabr.core.component.ComponentException.of;

import io.github.spirabr.core.component.ComponentException.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers a reader of settings with values that somebody gave, and tells what is wrong with them. For one thread. */
final class GivenSettings implements SettingsSource {

    /** The longest time, in seconds, whose nanoseconds fit 63 bits. */
    private static final double MAX_SECONDS = 9.2e9;

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    private final String path;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Bindings bindings;
    private final @Nullable Components components;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> faulty = new LinkedHashSet<>();
    /** Misspelt names that a fault has told of already. */
    private final Set<String> told = new LinkedHashSet<>();
    private final List<Fault> faults = new ArrayList<>();
    private final boolean gathering;

    /**
     * @param path where they stand, or empty; part of messages
     * @param gathering whether faults are told all at once, at the end
     */
    GivenSettings(
            String path, Map<String, ?> values, Bindings bindings, @Nullable Components components, boolean gathering) {
        this.path = path;
        this.bindings = bindings;
        this.components = components;
        this.gathering = gathering;
        flatten("", values);
    }

    private void flatten(String prefix, Map<?, ?> group) {
        group.forEach((key, value) -> {
            String name = prefix + key;
            if (value == null) {
                fail(name, " has no value; give it one or remove the line");
            } else if (value instanceof Map<?, ?> inner) {
                flatten(name + ".", inner);
            } else if (value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(Map.class::isInstance)) {
                for (int i = 0; i < list.size(); i++) {
                    flatten(name + "." + i + ".", (Map<?, ?>) list.get(i));
                }
            } else if (values.put(name, value) != null) {
                fail(name, " is given twice; remove one of them");
            }
        });
    }

    /** Those that were told so far; none unless they are gathered. */
    List<Fault> faults() {
        return faults;
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    @Override
    public boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    @Override
    public String text(String name, Optional<String> byDefault) {
        if (byDefault.isPresent() && !has(name)) {
            return byDefault.get();
        }
        Object value = value(name, "a text");
        return value == null ? "" : text(value);
    }

    /** A number is never written with an exponent, so that the text of a file is had back. */
    private static String text(Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            String plain = new BigDecimal(number.toString()).toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        return value.toString();
    }

    @Override
    public boolean truth(String name, Optional<Boolean> byDefault) {
        if (byDefault.isPresent() && !has(name)) {
            return byDefault.get();
        }
        Object value = value(name, "true or false");
        if (value != null && !value.toString().equals("true") && !value.toString().equals("false")) {
            mismatch(name, "true or false", value);
        }
        return value != null && value.toString().equals("true");
    }

    @Override
    public int integer(String name, Optional<Integer> byDefault) {
        if (byDefault.isPresent() && !has(name)) {
            return byDefault.get();
        }
        Object value = value(name, "an integer");
        return value == null ? 0 : integer(name, value);
    }

    private int integer(String name, Object value) {
        try {
            return new BigDecimal(value.toString()).intValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            mismatch(name, "an integer of 32 bits", value);
            return 0;
        }
    }

    @Override
    public long longInteger(String name) {
        Object value = value(name, "an integer");
        try {
            return value == null ? 0 : new BigDecimal(value.toString()).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            mismatch(name, "an integer of 64 bits", value);
            return 0;
        }
    }

    @Override
    public double number(String name, Optional<Double> byDefault) {
        if (byDefault.isPresent() && !has(name)) {
            return byDefault.get();
        }
        Object value = value(name, "a number");
        if (value == null) {
            return 0;
        }
        double number = value instanceof Number given ? given.doubleValue()
                : DECIMAL.matcher(value.toString()).matches() ? Double.parseDouble(value.toString()) : Double.NaN;
        if (Double.isFinite(number)) {
            return number;
        }
        mismatch(name, value instanceof Number || Double.isInfinite(number) ? "a finite number" : "a number", value);
        return 0;
    }

    @Override
    public double seconds(String name) {
        double seconds = number(name, Optional.empty());
        if (Math.abs(seconds) > MAX_SECONDS) {
            mismatch(name, "a number of seconds between -9.2e9 and 9.2e9", seconds);
            return 0;
        }
        return seconds;
    }

    @Override
    public int[] integers(String name) {
        List<?> list = list(name, "a list of integers");
        int[] integers = new int[list.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = integer(name + "[" + i + "]", list.get(i));
        }
        return integers;
    }

    @Override
    public List<String> texts(String name, Optional<List<String>> byDefault) {
        return byDefault.isPresent() && !has(name)
                ? byDefault.get() : list(name, "a list of texts").stream().map(GivenSettings::text).toList();
    }

    private List<?> list(String name, String wanted) {
        Object value = value(name, wanted);
        if (value instanceof List<?> items) {
            return items;
        }
        String text = value == null ? "" : value.toString().strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*"));
    }

    @Override
    public String choice(String name, List<String> names, Optional<String> byDefault) {
        if (byDefault.isPresent() && !has(name)) {
            return byDefault.get();
        }
        Object value = value(name, "one of " + names);
        if (value != null && names.contains(value.toString())) {
            return value.toString();
        }
        if (value != null) {
            fail(name, " must be one of " + names + ", but was " + value + suggestion(value.toString(), new TreeSet<>(names)));
        }
        return names.get(0);
    }

    @Override
    public <T> T bound(String name, Class<T> kind) {
        String wanted = text(name, Optional.empty());
        Object value = bindings.get(kind, wanted);
        if (value == null) {
            if (!faulty.contains(name)) {
                Set<String> names = bindings.names(kind);
                fail(name, ": no " + kind.getSimpleName() + " is called '" + wanted + "'; known are " + names
                        + suggestion(wanted, names));
            }
            // Nothing can stand in for it.
            throw of(faults, null);
        }
        return kind.cast(value);
    }

    @Override
    public <T extends Component> List<T> components(String name, Class<T> port) {
        Components all = components == null ? Components.discover() : components;
        List<T> made = new ArrayList<>();
        for (int i = 0; i < names(name).size(); i++) {
            String group = name + "." + i + ".";
            String type = text(group + "type", Optional.empty());
            Map<String, Object> own = new LinkedHashMap<>();
            values.forEach((key, value) -> {
                if (key.startsWith(group) && !key.equals(group + "type")) {
                    own.put(key.substring(group.length()), value);
                    known.add(key);
                }
            });
            if (!type.isEmpty()) {
                create(all, port, at(name) + "[" + i + "]", new ComponentDescription(type, own)).ifPresent(made::add);
            }
        }
        return made;
    }

    private <T extends Component> Optional<T> create(
            Components all, Class<T> port, String where, ComponentDescription description) {
        try {
            return Optional.of(all.create(port, where, description));
        } catch (ComponentException e) {
            if (!gathering) {
                throw e;
            }
            faults.addAll(e.faults());
            return Optional.empty();
        }
    }

    @Override
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

    /** Refuses settings that nobody asked for, all of them at once, and those that were read wrongly. */
    void refuseUnknown() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        unknown.removeAll(told);
        if (unknown.isEmpty()) {
            if (!faults.isEmpty()) {
                throw of(faults, null);
            }
            return;
        }
        List<Fault> all = new ArrayList<>(faults);
        Set<String> free = new TreeSet<>(known);
        free.removeAll(values.keySet());
        StringJoiner meant = new StringJoiner(", ", "; did you mean ", "?").setEmptyValue("");
        String names = known.isEmpty() ? "there are no settings here" : "known are " + new TreeSet<>(known);
        for (String name : unknown) {
            Optional<String> nearest = Spelling.nearest(name, free).or(() -> Spelling.nearest(name, known));
            nearest.ifPresent(near -> meant.add("'" + near + "' for '" + name + "'"));
            all.add(new Fault(at(name), at(name) + " is unknown; " + names
                    + nearest.map(near -> "; did you mean '" + near + "'?").orElse("")));
        }
        if (!faults.isEmpty()) {
            throw of(all, null);
        }
        throw new ComponentException(
                path + ": unknown settings " + unknown + "; known are " + new TreeSet<>(known) + meant, all, null);
    }

    private static String suggestion(String name, Set<String> known) {
        return Spelling.nearest(name, known).map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    /** The value; null only while faults are gathered, and then one of it is told. */
    private @Nullable Object value(String name, String wanted) {
        known.add(name);
        Object value = values.get(name);
        if (value == null && !faulty.contains(name)) {
            // The misspelt name is in the same settings, and nobody asks for it.
            Set<String> others = new LinkedHashSet<>(values.keySet());
            others.removeAll(known);
            Optional<String> misspelt = Spelling.nearest(name, others);
            misspelt.ifPresent(told::add);
            fail(name, " is missing; it must be " + wanted
                    + misspelt.map(near -> "; is '" + near + "' a misspelling of it?").orElse(""));
        }
        return value;
    }

    private void mismatch(String name, String wanted, Object found) {
        fail(name, " must be " + wanted + ", but was " + found);
    }

    private void fail(String name, String sentence) {
        Fault fault = new Fault(at(name), at(name) + sentence);
        if (!gathering) {
            throw of(List.of(fault), null);
        }
        faulty.add(name);
        faults.add(fault);
    }
}
