package io.github.spirabr.core.internal;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.util.regex.Pattern;

/** Numbers as people write them in tables, with a decimal point or a decimal comma. */
public final class DecimalText {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][+-]?\\d+)?");
    private static final Pattern GROUPED_BY_POINTS = Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+(,\\d+)?");
    private static final Pattern GROUPED_BY_COMMAS = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");

    private DecimalText() {}

    /**
     * Returns the finite number that a text is, such as {@code 12.5}, {@code 12,5}, {@code 1.234,5} or {@code 1,234.5}; NaN if it
     * is none. A single comma is a decimal comma: {@code 1,234} is about one.
     */
    public static double number(String text) {
        String plain = PlainText.of(text).replace('\u2212', '-');
        double number;
        if (NUMBER.matcher(plain).matches()) {
            number = Double.parseDouble(plain.replace(',', '.'));
        } else if (GROUPED_BY_POINTS.matcher(plain).matches()) {
            number = Double.parseDouble(plain.replace(".", "").replace(',', '.'));
        } else if (GROUPED_BY_COMMAS.matcher(plain).matches()) {
            number = Double.parseDouble(plain.replace(",", ""));
        } else {
            return Double.NaN;
        }
        return Double.isFinite(number) ? number : Double.NaN;
    }

    /** Returns whether a text is a finite number. */
    public static boolean isNumber(String text) {
        return !Double.isNaN(number(text));
    }
}
