package io.github.spirabr.core.component;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of one component by their declared names: values that were given and are right, and defaults. To ask for a
 * setting that is not declared, or not of this kind, is an {@link IllegalStateException}. Not thread-safe; used by one call
 * of a provider.
 */
public final class Settings {

    private final SettingsDeclaration declaration;
    private final String path;
    private final Map<String, Object> values;
    private final Set<String> groups;
    private final List<String> due;
    private final Set<String> read = new HashSet<>();

    /**
     * Creates an instance.
     *
     * @param values values, by name; lists of components and bound values are these themselves
     * @param groups the names of all groups of which something is given
     * @param due the names that must be read
     */
    Settings(SettingsDeclaration declaration, String path, Map<String, Object> values, Set<String> groups, List<String> due) {
        this.declaration = declaration;
        this.path = path;
        this.values = values;
        this.groups = groups;
        this.due = due;
    }

    /** Returns true if a setting, or something of a group, is given. */
    public boolean has(String name) {
        if (declaration.find(name).isPresent()) {
            read.add(name);
            return values.containsKey(name);
        }
        if (!declaration.isGroup(name)) {
            throw undeclared(name);
        }
        return groups.contains(name);
    }

    /** Returns a text, a path, a choice as text, or the text of a number that accepts a word. */
    public String string(String name) {
        return value(name, Setting.Kind.TEXT, Setting.Kind.FILE, Setting.Kind.CHOICE, Setting.Kind.NUMBER).toString();
    }

    /** Returns a truth value. */
    public boolean bool(String name) {
        return (Boolean) value(name, Setting.Kind.TRUTH);
    }

    /** Returns an integer of 32 bits. */
    public int integer(String name) {
        return (Integer) value(name, Setting.Kind.INTEGER);
    }

    /** Returns an integer of 64 bits. */
    public long longInteger(String name) {
        return (Long) value(name, Setting.Kind.LONG_INTEGER);
    }

    /** Returns a finite number. */
    public double number(String name) {
        return (Double) value(name, Setting.Kind.NUMBER);
    }

    /** Returns a time, rounded to nanoseconds. */
    public Duration seconds(String name) {
        return Duration.ofNanos(Math.round((Double) value(name, Setting.Kind.SECONDS) * 1e9));
    }

    /** Returns a list of integers. */
    public int[] integers(String name) {
        return list(name, Setting.Kind.INTEGERS, Integer.class).stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns a list of numbers. */
    public List<Double> numbers(String name) {
        return list(name, Setting.Kind.NUMBERS, Double.class);
    }

    /** Returns a list of texts. */
    public List<String> strings(String name) {
        return list(name, Setting.Kind.TEXTS, String.class);
    }

    /** Returns one of the constants of an enum. */
    public <E extends Enum<E>> E choice(String name, Class<E> kind) {
        String value = value(name, Setting.Kind.CHOICE).toString();
        return Arrays.stream(kind.getEnumConstants())
                .filter(constant -> nameOf(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        at(name) + " is read as a " + kind.getSimpleName() + ", but declared with other choices"));
    }

    /** Returns the text by which settings name a constant: lower case with hyphens. */
    public static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the value that the application gave by {@link Components#bind}.
     *
     * @param kind kind, as it is declared
     */
    public <T> T bound(String name, Class<T> kind) {
        return kind.cast(value(name, Setting.Kind.BOUND));
    }

    /**
     * Returns a list of components; empty if it is not given.
     *
     * @param port port, as it is declared
     */
    public <T extends Component> List<T> components(String name, Class<T> port) {
        return list(name, Setting.Kind.COMPONENTS, port);
    }

    /**
     * Returns a component.
     *
     * @param port port, as it is declared
     */
    public <T extends Component> T component(String name, Class<T> port) {
        return port.cast(value(name, Setting.Kind.COMPONENT));
    }

    /** Returns the names right below a group, in their order; empty if nothing of it is given. */
    public List<String> names(String group) {
        if (!declaration.isGroup(group)) {
            throw undeclared(group);
        }
        String prefix = group + ".";
        return Stream.concat(groups.stream(), values.keySet().stream()).filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).split("\\.")[0]).distinct().toList();
    }

    /**
     * Returns the values that are given for settings of another declaration that is part of this one, by their names.
     *
     * @param part settings that are declared here too
     */
    public Map<String, Object> given(SettingsDeclaration part) {
        Map<String, Object> given = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (part.find(name).isPresent()) {
                read.add(name);
                given.put(name, value);
            }
        });
        part.settings().forEach(one -> read.add(one.name()));
        return given;
    }

    private <T> List<T> list(String name, Setting.Kind kind, Class<T> item) {
        return ((List<?>) value(name, kind)).stream().<T>map(item::cast).toList();
    }

    private Object value(String name, Setting.Kind... kinds) {
        Setting setting = declaration.find(name).orElseThrow(() -> undeclared(name));
        if (!List.of(kinds).contains(setting.kind())) {
            throw new IllegalStateException(at(name) + " is read as " + kinds[0] + ", but declared as " + setting.kind()
                    + "; read it as it is declared");
        }
        read.add(name);
        return Optional.ofNullable(values.get(name)).or(setting::byDefault).orElseThrow(() -> new IllegalStateException(
                at(name) + " is read, but is not given and has no default; ask has() before"));
    }

    private IllegalStateException undeclared(String name) {
        return new IllegalStateException(at(name) + " is read, but not declared; declare it among " + declaration);
    }

    void requireAllRead() {
        List<String> unread = due.stream().filter(name -> !read.contains(name)).toList();
        if (!unread.isEmpty()) {
            throw new IllegalStateException((path.isEmpty() ? "" : path + ": ") + unread
                    + " are declared, but not read; read them, or remove the declaration");
        }
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
