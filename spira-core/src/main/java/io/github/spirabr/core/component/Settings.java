package io.github.spirabr.core.component;

import static io.github.spirabr.core.component.ComponentException.of;

import io.github.spirabr.core.component.ComponentException.Fault;
import io.github.spirabr.core.component.SettingsOutline.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Function;
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
    private final Set<String> faulty = new LinkedHashSet<>();
    /** Misspelt names that a fault has told of already. */
    private final Set<String> told = new LinkedHashSet<>();
    private final List<Fault> faults = new ArrayList<>();
    private final boolean gathering;
    /** Answers in place of the values, when a reader is looked at. */
    private final @Nullable SettingsRecorder recorder;

    /**
     * Settings to be read by name.
     *
     * @param path where the settings stand, such as {@code preprocessing.augment[1]}; part of messages
     * @param values by name
     * @throws ComponentException if a name has no value, or two
     */
    public Settings(String path, Map<String, ?> values) {
        this(path, values, Bindings.NONE, null, false, null);
    }

    private Settings(
            String path,
            Map<String, ?> values,
            Bindings bindings,
            @Nullable Components components,
            boolean gathering,
            @Nullable SettingsRecorder recorder) {
        this.path = path;
        this.values = new LinkedHashMap<>();
        this.bindings = bindings;
        this.components = components;
        this.gathering = gathering;
        this.recorder = recorder;
        flatten("", values);
    }

    static Settings recordedBy(SettingsRecorder recorder) {
        return new Settings("", Map.of(), Bindings.NONE, null, false, recorder);
    }

    /**
     * Reads settings and tells all that are missing, of the wrong type or unknown at once; if these are right, the
     * first value that is refused.
     *
     * @param path where the settings stand, such as {@code preprocessing.augment[1]}, or empty; part of messages
     * @param values by name
     * @param reader asks for every setting that there may be
     * @throws ComponentException with all faults
     */
    public static <T> T read(String path, Map<String, ?> values, Function<Settings, T> reader) {
        return read(path, values, Bindings.NONE, null, reader);
    }

    static <T> T read(
            String path,
            Map<String, ?> values,
            Bindings bindings,
            @Nullable Components components,
            Function<Settings, T> reader) {
        Settings settings = new Settings(path, values, bindings, components, true, null);
        T result;
        try {
            result = reader.apply(settings);
        } catch (InvalidSettingException e) {
            throw settings.failure(new Fault(settings.at(e.setting()), settings.at(e.getMessage())), e);
        } catch (IllegalArgumentException e) {
            throw settings.failure(new Fault(path, path + ": " + e.getMessage()), e);
        } catch (ComponentException e) {
            throw settings.faults.isEmpty() ? e : of(settings.faults, e);
        }
        settings.refuseUnknown();
        return result;
    }

    /** What was read wrongly comes first: a refusal may only follow from it. */
    private ComponentException failure(Fault refusal, RuntimeException cause) {
        return of(faults.isEmpty() ? List.of(refusal) : faults, cause);
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

    /** Whether {@code name} is given, so that a default is not needed. */
    public boolean has(String name) {
        if (recorder != null) {
            return recorder.has(name);
        }
        known.add(name);
        return values.containsKey(name);
    }

    /** The text {@code name}, which must be there. */
    public String string(String name) {
        if (recorder != null) {
            return recorder.text(name, Optional.empty());
        }
        Object value = value(name, "a text");
        return value == null ? "" : value.toString();
    }

    /** The text {@code name}, or the default. */
    public String string(String name, String byDefault) {
        if (recorder != null) {
            return recorder.text(name, Optional.of(byDefault));
        }
        return has(name) ? string(name) : byDefault;
    }

    /** The truth value {@code name}, which must be there. */
    public boolean bool(String name) {
        if (recorder != null) {
            return recorder.truth(name, Optional.empty());
        }
        Object value = value(name, "true or false");
        if (value != null && !value.toString().equals("true") && !value.toString().equals("false")) {
            mismatch(name, "true or false", value);
        }
        return value != null && value.toString().equals("true");
    }

    /** The truth value {@code name}, or the default. */
    public boolean bool(String name, boolean byDefault) {
        if (recorder != null) {
            return recorder.truth(name, Optional.of(byDefault));
        }
        return has(name) ? bool(name) : byDefault;
    }

    /** The integer {@code name}, which must be there and fit 32 bits. */
    public int integer(String name) {
        if (recorder != null) {
            return (int) recorder.number(name, Kind.INTEGER, null);
        }
        Object value = value(name, "an integer");
        return value == null ? 0 : integer(name, value);
    }

    /** The integer {@code name}, which must fit 32 bits, or the default. */
    public int integer(String name, int byDefault) {
        if (recorder != null) {
            return (int) recorder.number(name, Kind.INTEGER, byDefault);
        }
        return has(name) ? integer(name) : byDefault;
    }

    /** The integer {@code name}, which must be there and fit 64 bits, such as a seed. */
    public long longInteger(String name) {
        if (recorder != null) {
            return (long) recorder.number(name, Kind.LONG_INTEGER, null);
        }
        Object value = value(name, "an integer");
        try {
            return value == null ? 0 : new BigDecimal(value.toString()).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            mismatch(name, "an integer of 64 bits", value);
            return 0;
        }
    }

    /** The number {@code name}, which must be there and be finite. */
    public double number(String name) {
        if (recorder != null) {
            return recorder.number(name, Kind.NUMBER, null);
        }
        Object value = value(name, "a number");
        if (value == null) {
            return 0;
        }
        try {
            double number = Double.parseDouble(value.toString());
            if (Double.isFinite(number)) {
                return number;
            }
            mismatch(name, "a finite number", value);
        } catch (NumberFormatException e) {
            mismatch(name, "a number", value);
        }
        return 0;
    }

    /** The number {@code name}, which must be finite, or the default. */
    public double number(String name, double byDefault) {
        if (recorder != null) {
            return recorder.number(name, Kind.NUMBER, byDefault);
        }
        return has(name) ? number(name) : byDefault;
    }

    /** The time {@code name}, which must be there: a number of seconds, rounded to nanoseconds. */
    public Duration seconds(String name) {
        double seconds = recorder == null ? number(name) : recorder.number(name, Kind.SECONDS, null);
        if (Math.abs(seconds) > MAX_SECONDS) {
            mismatch(name, "a number of seconds between -9.2e9 and 9.2e9", seconds);
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** The list of integers {@code name}, which must be there; as text, separated by commas. */
    public int[] integers(String name) {
        if (recorder != null) {
            return recorder.integers(name);
        }
        List<?> list = list(name, "a list of integers");
        int[] integers = new int[list.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = integer(name + "[" + i + "]", list.get(i));
        }
        return integers;
    }

    /** The list of texts {@code name}, which must be there; as text, separated by commas. */
    public List<String> strings(String name) {
        if (recorder != null) {
            return recorder.texts(name, Optional.empty());
        }
        return list(name, "a list of texts").stream().map(String::valueOf).toList();
    }

    /** The list of texts {@code name}, or the default; as text, separated by commas. */
    public List<String> strings(String name, List<String> byDefault) {
        if (recorder != null) {
            return recorder.texts(name, Optional.of(byDefault));
        }
        return has(name) ? strings(name) : byDefault;
    }

    private List<?> list(String name, String wanted) {
        Object value = value(name, wanted);
        if (value instanceof List<?> items) {
            return items;
        }
        String text = value == null ? "" : value.toString().strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*"));
    }

    /** One of the constants of an enum, written in lower case with hyphens, which must be there. */
    public <E extends Enum<E>> E choice(String name, Class<E> kind) {
        List<String> names = Arrays.stream(kind.getEnumConstants()).map(Settings::nameOf).toList();
        return kind.getEnumConstants()[names.indexOf(chosen(name, names, Optional.empty()))];
    }

    /** One of the constants of an enum, written in lower case with hyphens, or the default. */
    public <E extends Enum<E>> E choice(String name, Class<E> kind, E byDefault) {
        List<String> names = Arrays.stream(kind.getEnumConstants()).map(Settings::nameOf).toList();
        return kind.getEnumConstants()[names.indexOf(chosen(name, names, Optional.of(nameOf(byDefault))))];
    }

    /**
     * One of these texts, or the default.
     *
     * @param known at least one, the default among them
     */
    public String choice(String name, List<String> known, String byDefault) {
        return chosen(name, known, Optional.of(byDefault));
    }

    private String chosen(String name, List<String> names, Optional<String> byDefault) {
        if (recorder != null) {
            return recorder.choice(name, names, byDefault);
        }
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
        if (recorder != null) {
            return recorder.bound(name, kind);
        }
        String wanted = string(name);
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

    /**
     * The components of the list {@code name}, each a type and its settings; empty if there is none.
     *
     * @param port what each of them must implement
     * @throws ComponentException if a type is unknown, or one of its settings wrong
     */
    public <T extends Component> List<T> components(String name, Class<T> port) {
        if (recorder != null) {
            recorder.components(name, port);
            return List.of();
        }
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

    /** The names of the groups and settings right below {@code group}, in their order; empty if there are none. */
    public List<String> names(String group) {
        if (recorder != null) {
            return recorder.names(group);
        }
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
    private void refuseUnknown() {
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
        for (String name : unknown) {
            Optional<String> nearest = Spelling.nearest(name, free).or(() -> Spelling.nearest(name, known));
            nearest.ifPresent(near -> meant.add("'" + near + "' for '" + name + "'"));
            all.add(new Fault(at(name), at(name) + " is unknown; "
                    + (known.isEmpty() ? "there are no settings here" : "known are " + new TreeSet<>(known))
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

    private int integer(String name, Object value) {
        try {
            return new BigDecimal(value.toString()).intValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            mismatch(name, "an integer of 32 bits", value);
            return 0;
        }
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

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
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
