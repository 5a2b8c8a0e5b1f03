package io.github.spirabr.core.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one setting: name, kind, meaning, default, range and unit. Readers, the JSON Schema, the reference and
 * error messages are made from it. A setting must be given unless it has a default or is {@link #optional}. Immutable.
 *
 * <pre>{@code
 * Setting.number("coefficient", "Share of the preceding sample that is subtracted.").between(0, 1).byDefault(0.97)
 * }</pre>
 */
public final class Setting {

    /** Stands for each name of a group, as in {@code categories.*.noises}. */
    static final String ANY_NAME = "*";

    private final String name;
    private final SettingKind kind;
    private final String meaning;
    private List<String> choices = List.of();
    private Optional<Class<?>> port = Optional.empty();
    private Optional<Object> byDefault = Optional.empty();
    private Optional<String> whenMissing = Optional.empty();
    private Optional<SettingRange> range = Optional.empty();
    private String unit = "";
    private String group = "";
    private Map<String, Set<String>> conditions = Map.of();

    private Setting(String name, SettingKind kind, String meaning) {
        if (!name.matches("[^.\\[\\]]+(\\.[^.\\[\\]]+)*")) {
            throw new IllegalArgumentException("a setting's name must be words with dots between them, but was '" + name + "'");
        }
        if (meaning.isBlank()) {
            throw new IllegalArgumentException("the setting '" + name + "' must have a meaning, but has none");
        }
        this.name = name;
        this.kind = kind;
        this.meaning = meaning;
    }

    private Setting(Setting other, String name) {
        this(name, other.kind, other.meaning);
        choices = other.choices;
        port = other.port;
        byDefault = other.byDefault;
        whenMissing = other.whenMissing;
        range = other.range;
        unit = other.unit;
        group = other.group;
        conditions = other.conditions;
    }

    private Setting copy() {
        return new Setting(this, name);
    }

    /**
     * Declares any text.
     *
     * @param name dotted where it lies in a group: {@code amplitude.min}; {@code *} stands for each name that a group may have
     * @param meaning one sentence
     */
    public static Setting text(String name, String meaning) {
        return new Setting(name, SettingKind.TEXT, meaning);
    }

    /** Declares true or false. */
    public static Setting truth(String name, String meaning) {
        return new Setting(name, SettingKind.TRUTH, meaning);
    }

    /** Declares an integer of 32 bits. */
    public static Setting integer(String name, String meaning) {
        return new Setting(name, SettingKind.INTEGER, meaning);
    }

    /** Declares an integer of 64 bits, such as a seed. */
    public static Setting longInteger(String name, String meaning) {
        return new Setting(name, SettingKind.LONG_INTEGER, meaning);
    }

    /** Declares a finite number. */
    public static Setting number(String name, String meaning) {
        return new Setting(name, SettingKind.NUMBER, meaning);
    }

    /** Declares a time as a number of seconds. */
    public static Setting seconds(String name, String meaning) {
        return new Setting(name, SettingKind.SECONDS, meaning).unit("s");
    }

    /** Declares a list of integers of 32 bits. */
    public static Setting integers(String name, String meaning) {
        return new Setting(name, SettingKind.INTEGERS, meaning);
    }

    /** Declares a list of finite numbers. */
    public static Setting numbers(String name, String meaning) {
        return new Setting(name, SettingKind.NUMBERS, meaning);
    }

    /** Declares a list of texts. */
    public static Setting texts(String name, String meaning) {
        return new Setting(name, SettingKind.TEXTS, meaning);
    }

    /** Declares one of the constants of an enum, written in lower case with hyphens. */
    public static Setting choice(String name, Class<? extends Enum<?>> kind, String meaning) {
        return choice(name, Arrays.stream(kind.getEnumConstants()).map(Settings::nameOf).toList(), meaning);
    }

    /**
     * Declares one of some texts.
     *
     * @param choices at least one
     */
    public static Setting choice(String name, List<String> choices, String meaning) {
        Setting setting = new Setting(name, SettingKind.CHOICE, meaning);
        setting.choices = List.copyOf(choices);
        return setting;
    }

    /**
     * Declares a list of components, each a type and its settings; empty if it is not given.
     *
     * @param port the interface that each of them must implement
     */
    public static Setting components(String name, Class<? extends Component> port, String meaning) {
        Setting setting = new Setting(name, SettingKind.COMPONENTS, meaning).optional("none");
        setting.port = Optional.of(port);
        return setting;
    }

    /**
     * Declares the name of a value that the application gives by {@link Components#bind}.
     *
     * @param kind the value's class
     */
    public static Setting bound(String name, Class<?> kind, String meaning) {
        Setting setting = new Setting(name, SettingKind.BOUND, meaning);
        setting.port = Optional.of(kind);
        return setting;
    }

    /**
     * Returns this setting with a default.
     *
     * @param value of the setting's kind; seconds are numbers, constants of enums may be given as such
     * @throws IllegalArgumentException if the setting may not have this value
     */
    public Setting byDefault(Object value) {
        Setting changed = copy();
        changed.byDefault = Optional.of(parse(name, value));
        return changed;
    }

    /**
     * Returns this setting as one that need not be given and has no fixed default.
     *
     * @param whenMissing the words for the default, such as {@code the value of alpha}
     */
    public Setting optional(String whenMissing) {
        Setting changed = copy();
        changed.whenMissing = Optional.of(whenMissing);
        return changed;
    }

    /** Returns this number as one that must lie between these two, both included. */
    public Setting between(double least, double most) {
        return atLeast(least).atMost(most);
    }

    /** Returns this number as one that must not lie below this one. */
    public Setting atLeast(double least) {
        return range(rangeOrAny().from(least, true));
    }

    /** Returns this number as one that must lie above this one. */
    public Setting above(double bound) {
        return range(rangeOrAny().from(bound, false));
    }

    /** Returns this number as one that must not lie above this one. */
    public Setting atMost(double most) {
        return range(rangeOrAny().to(most, true));
    }

    /** Returns this number as one that must lie below this one. */
    public Setting below(double bound) {
        return range(rangeOrAny().to(bound, false));
    }

    private SettingRange rangeOrAny() {
        return range.orElse(SettingRange.ANY);
    }

    private Setting range(SettingRange changedRange) {
        if (!kind.isNumeric()) {
            throw new IllegalArgumentException(
                    "the setting '" + name + "' is not a number and must have no range; remove the range");
        }
        Setting changed = copy();
        changed.range = Optional.of(changedRange);
        return changed;
    }

    /** Returns a copy that accepts a word in place of the number, such as {@code nyquist}. */
    public Setting or(String word) {
        Setting changed = copy();
        changed.choices = Stream.concat(choices.stream(), Stream.of(word)).toList();
        return changed;
    }

    /** Returns this setting with the unit of its value, such as {@code Hz}. */
    public Setting unit(String symbol) {
        Setting changed = copy();
        changed.unit = symbol;
        return changed;
    }

    /**
     * Returns this setting as one that is there only for some values of another one. Several conditions must all hold.
     *
     * @param other the name of a choice or a truth value of the same declaration
     * @param values texts, truth values or constants of enums; the other one must have one of them
     */
    public Setting when(String other, Object... values) {
        Setting changed = copy();
        Map<String, Set<String>> more = new LinkedHashMap<>(conditions);
        more.put(other, Arrays.stream(values).map(Setting::word).collect(Collectors.toCollection(LinkedHashSet::new)));
        changed.conditions = Collections.unmodifiableMap(more);
        return changed;
    }

    /**
     * Checks a value that is given in Java against the range.
     *
     * @return the value
     * @throws InvalidSettingException if the setting may not have it
     */
    public double check(double value) {
        requireInRange(name, value, SettingRange.text(value));
        return value;
    }

    /**
     * Checks a value that is given in Java against the range.
     *
     * @return the value
     * @throws InvalidSettingException if the setting may not have it
     */
    public int check(int value) {
        requireInRange(name, value, String.valueOf(value));
        return value;
    }

    /** Returns the name, dotted where the setting lies in a group; {@code *} stands for each name of a group. */
    public String name() {
        return name;
    }

    /** Returns the kind of its values. */
    public SettingKind kind() {
        return kind;
    }

    /** Returns the purpose of the setting, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** Returns the texts that it may have, for choices and for words in place of numbers; empty otherwise. */
    public List<String> choices() {
        return choices;
    }

    /** Returns the interface of its components, or the class of the value that it names. */
    public Optional<Class<?>> port() {
        return port;
    }

    /** Returns the default: a text, a truth value, an integer, a number or a list of these. */
    public Optional<Object> byDefault() {
        return byDefault;
    }

    /** Returns the words for a default that is no fixed value. */
    public Optional<String> whenMissing() {
        return whenMissing;
    }

    /** Returns the range of a number, if it is bounded. */
    public Optional<SettingRange> range() {
        return range;
    }

    /** Returns the unit's symbol; empty if there is none. */
    public String unit() {
        return unit;
    }

    /** Returns the group that may be left out with all of its settings; empty if the setting lies in none. */
    public String group() {
        return group;
    }

    /** Returns the values that other settings must have for this one to be there, by their names. */
    public Map<String, Set<String>> conditions() {
        return conditions;
    }

    /** Reads as true if it must be given where its conditions hold. */
    public boolean isRequired() {
        return byDefault.isEmpty() && whenMissing.isEmpty();
    }

    /** Returns this setting in a group that may be left out. */
    Setting inOptionalGroup(String outer) {
        Setting changed = new Setting(this, outer + "." + name);
        changed.group = group.isEmpty() ? outer : outer + "." + group;
        Map<String, Set<String>> moved = new LinkedHashMap<>();
        conditions.forEach((other, values) -> moved.put(outer + "." + other, values));
        changed.conditions = Collections.unmodifiableMap(moved);
        return changed;
    }

    boolean hasAnyName() {
        return name.contains("." + ANY_NAME + ".") || name.endsWith("." + ANY_NAME);
    }

    /** Converts a text, or a value of another type, to this setting's kind. */
    Object parse(String at, Object value) {
        String text = word(value);
        if (kind == SettingKind.CHOICE && !choices.contains(text)) {
            throw mismatch(at, "one of " + choices, text + Spelling.nearest(text, choices)
                    .map(near -> "; did you mean '" + near + "'?").orElse(""));
        }
        if (choices.contains(text)) {
            return text;
        }
        List<?> items = kind.isList() ? items(value) : List.of();
        List<Object> parsed = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            parsed.add(single(at + "[" + i + "]", items.get(i)));
        }
        return kind.isList() ? List.copyOf(parsed) : single(at, value);
    }

    private Object single(String at, Object value) {
        Object parsed = kind.parse(value);
        if (parsed == null) {
            throw mismatch(at, kind.wanted(), word(value));
        }
        if (parsed instanceof Number number) {
            requireInRange(at, number.doubleValue(), value.toString());
        }
        return parsed;
    }

    private static List<?> items(Object value) {
        if (value instanceof List<?> items) {
            return items;
        }
        String text = value.toString().strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s*,\\s*"));
    }

    private void requireInRange(String at, double value, String text) {
        if (range.isPresent() && !range.get().contains(value)) {
            throw mismatch(at, range.get().words(unit) + choices.stream().map(word -> " or " + word).collect(Collectors.joining()),
                    text + (unit.isEmpty() ? "" : " " + unit)
                            + byDefault.map(usual -> "; the default is " + text(usual)).orElse(""));
        }
    }

    private static InvalidSettingException mismatch(String at, String wanted, String found) {
        return InvalidSettingException.of(at, "must be " + wanted + ", but was " + found);
    }

    /** Returns the value as text for messages. */
    static String text(Object value) {
        return value instanceof Double number ? SettingRange.text(number) : value.toString();
    }

    private static String word(@Nullable Object value) {
        return value instanceof Enum<?> constant ? Settings.nameOf(constant) : String.valueOf(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
