package io.github.spirabr.core.component;

import io.github.spirabr.core.internal.adapter.Spelling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
    private final Kind kind;
    private final String meaning;
    private List<String> choices = List.of();
    private Optional<Class<?>> port = Optional.empty();
    private Optional<Object> byDefault = Optional.empty();
    private Optional<String> whenMissing = Optional.empty();
    private Optional<Range> range = Optional.empty();
    private String unit = "";
    private String group = "";
    private Map<String, Set<String>> conditions = Map.of();

    private Setting(String name, Kind kind, String meaning) {
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
        return new Setting(name, Kind.TEXT, meaning);
    }

    /** Declares true or false. */
    public static Setting truth(String name, String meaning) {
        return new Setting(name, Kind.TRUTH, meaning);
    }

    /** Declares an integer of 32 bits. */
    public static Setting integer(String name, String meaning) {
        return new Setting(name, Kind.INTEGER, meaning);
    }

    /** Declares an integer of 64 bits, such as a seed. */
    public static Setting longInteger(String name, String meaning) {
        return new Setting(name, Kind.LONG_INTEGER, meaning);
    }

    /** Declares a finite number. */
    public static Setting number(String name, String meaning) {
        return new Setting(name, Kind.NUMBER, meaning);
    }

    /** Declares a time as a number of seconds. */
    public static Setting seconds(String name, String meaning) {
        return new Setting(name, Kind.SECONDS, meaning).unit("s");
    }

    /** Declares a list of integers of 32 bits. */
    public static Setting integers(String name, String meaning) {
        return new Setting(name, Kind.INTEGERS, meaning);
    }

    /** Declares a list of finite numbers. */
    public static Setting numbers(String name, String meaning) {
        return new Setting(name, Kind.NUMBERS, meaning);
    }

    /** Declares a list of texts. */
    public static Setting texts(String name, String meaning) {
        return new Setting(name, Kind.TEXTS, meaning);
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
        Setting setting = new Setting(name, Kind.CHOICE, meaning);
        setting.choices = List.copyOf(choices);
        return setting;
    }

    /**
     * Declares a list of components, each a type and its settings; empty if it is not given.
     *
     * @param port the interface that each of them must implement
     */
    public static Setting components(String name, Class<? extends Component> port, String meaning) {
        Setting setting = new Setting(name, Kind.COMPONENTS, meaning).optional("none");
        setting.port = Optional.of(port);
        return setting;
    }

    /**
     * Declares a component, a type and its settings: {@code frontend: {type: mfcc}}.
     *
     * @param port the interface that it must implement
     */
    public static Setting component(String name, Class<? extends Component> port, String meaning) {
        Setting setting = new Setting(name, Kind.COMPONENT, meaning);
        setting.port = Optional.of(port);
        return setting;
    }

    /** Declares the path of a file of this machine. In an experiment file, a relative one starts from the file's folder. */
    public static Setting file(String name, String meaning) {
        return new Setting(name, Kind.FILE, meaning);
    }

    /**
     * Declares the name of a value that the application gives by {@link Components#bind}.
     *
     * @param kind the value's class
     */
    public static Setting bound(String name, Class<?> kind, String meaning) {
        Setting setting = new Setting(name, Kind.BOUND, meaning);
        setting.port = Optional.of(kind);
        return setting;
    }

    /**
     * Returns this setting with a default.
     *
     * @param value value of the setting's kind; seconds are numbers, constants of enums may be given as such
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

    private Range rangeOrAny() {
        return range.orElse(Range.ANY);
    }

    private Setting range(Range changedRange) {
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
        requireInRange(name, value, Range.text(value));
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
    public Kind kind() {
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
    public Optional<Range> range() {
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

    /** Returns true if the setting must be given where its conditions hold. */
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
        if (kind == Kind.CHOICE && !choices.contains(text)) {
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
        return value instanceof Double number ? Range.text(number) : value.toString();
    }

    private static String word(@Nullable Object value) {
        return value instanceof Enum<?> constant ? Settings.nameOf(constant) : String.valueOf(value);
    }

    @Override
    public String toString() {
        return name;
    }

    /** The kind of a setting's values. */
    public enum Kind {
        /** Any text. */
        TEXT("a text"),
        /** True or false. */
        TRUTH("true or false"),
        /** An integer of 32 bits. */
        INTEGER("an integer of 32 bits"),
        /** An integer of 64 bits. */
        LONG_INTEGER("an integer of 64 bits"),
        /** A finite number. */
        NUMBER("a finite number"),
        /** A number of seconds. */
        SECONDS("a number of seconds between -9.2e9 and 9.2e9"),
        /** One of some texts. */
        CHOICE("one of some texts"),
        /** A list of integers of 32 bits. */
        INTEGERS("an integer of 32 bits"),
        /** A list of finite numbers. */
        NUMBERS("a finite number"),
        /** A list of texts. */
        TEXTS("a text"),
        /** A list of components. */
        COMPONENTS("a list of parts"),
        /** A component. */
        COMPONENT("a part"),
        /** A path. */
        FILE("the path of a file"),
        /** The name of a value that the application has bound. */
        BOUND("a text");

        /** The longest time, in seconds, whose nanoseconds fit 63 bits. */
        private static final double MAX_SECONDS = 9.2e9;

        /** Numbers are decimal; Java's parsers accept hexadecimal ones and suffixes as well. */
        private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

        private final String wanted;

        Kind(String wanted) {
            this.wanted = wanted;
        }

        boolean isNumeric() {
            return this == INTEGER || this == LONG_INTEGER || this == NUMBER || this == SECONDS || this == INTEGERS
                    || this == NUMBERS;
        }

        boolean isList() {
            return this == INTEGERS || this == NUMBERS || this == TEXTS;
        }

        /** Returns a description of a valid single value. */
        String wanted() {
            return wanted;
        }

        /** Returns a description of a valid whole value, for a missing setting. */
        String whole() {
            return switch (this) {
                case INTEGER, LONG_INTEGER -> "an integer";
                case NUMBER -> "a number";
                case SECONDS -> "a number of seconds";
                case INTEGERS -> "a list of integers";
                case NUMBERS -> "a list of numbers";
                case TEXTS -> "a list of texts";
                default -> wanted;
            };
        }

        /** Converts a single value to this kind; null if it is invalid. */
        @Nullable Object parse(Object value) {
            String text = text(value);
            if (isNumeric() && !DECIMAL.matcher(text).matches()) {
                return null;
            }
            try {
                return switch (this) {
                    case TRUTH -> text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : null;
                    case INTEGER, INTEGERS -> new BigDecimal(text).intValueExact();
                    case LONG_INTEGER -> new BigDecimal(text).longValueExact();
                    case NUMBER, NUMBERS -> finite(Double.parseDouble(text), Double.MAX_VALUE);
                    case SECONDS -> finite(Double.parseDouble(text), MAX_SECONDS);
                    default -> text;
                };
            } catch (NumberFormatException | ArithmeticException e) {
                return null;
            }
        }

        /**
         * Returns the value as text. A number is never written with an exponent, so that its text is the one that was
         * given.
         */
        private static String text(Object value) {
            if (value instanceof Double number && Double.isFinite(number)) {
                String plain = new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
                return plain.contains(".") ? plain : plain + ".0";
            }
            return value.toString();
        }

        private static @Nullable Double finite(double number, double largest) {
            return Math.abs(number) <= largest ? number : null;
        }
    }

    /**
     * The range of a number. Immutable.
     *
     * @param least the lower end; negative infinity if there is none
     * @param leastIncluded true if the lower end belongs to the range
     * @param most the upper end; infinity if there is none
     * @param mostIncluded true if the upper end belongs to the range
     */
    public record Range(double least, boolean leastIncluded, double most, boolean mostIncluded) {

        static final Range ANY = new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

        private static final double LARGEST_WHOLE = 1e15;

        Range from(double end, boolean included) {
            return new Range(end, included, most, mostIncluded);
        }

        Range to(double end, boolean included) {
            return new Range(least, leastIncluded, end, included);
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
}
