package io.github.spirabr.core.component;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kind of a setting's values. */
public enum SettingKind {
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
    /** The name of a value that the application has bound. */
    BOUND("a text");

    /** The longest time, in seconds, whose nanoseconds fit 63 bits. */
    private static final double MAX_SECONDS = 9.2e9;

    /** Numbers are decimal; Java's parsers accept hexadecimal ones and suffixes as well. */
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    private final String wanted;

    SettingKind(String wanted) {
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
