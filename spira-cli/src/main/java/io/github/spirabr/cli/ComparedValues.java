package io.github.spirabr.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/** A kind of values by which two versions of a model differ, in the order in which they matter. */
enum ComparedValues {
    METRICS("metrics on the test set:"),
    SETTINGS("settings:"),
    RECORDINGS("recordings:"),
    /** Intervals, groups, probes: printed as JSON alone. */
    FURTHER("%d further values differ; --json prints them");

    private static final Pattern METRIC = Pattern.compile("(figures\\.(recording|subject)\\.[a-z0-9_]+|test\\.[a-z]+[A-Z]?[a-z]*)");
    private static final Pattern RECORDING = Pattern.compile("data|rejected\\..*|(training|validation|test)\\.(recordings|subjects)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d{4,}(E-?\\d+)?");
    private static final int DIGITS = 4;

    private final String title;

    ComparedValues(String title) {
        this.title = title;
    }

    /** Returns the kind of a value by its key in a stored recipe or provenance. */
    static ComparedValues of(String key) {
        if (RECORDING.matcher(key).matches()) {
            return RECORDINGS;
        }
        if (METRIC.matcher(key).matches()) {
            return METRICS;
        }
        return key.matches("(figures|probe|protocol|validation|test)\\..*|identity") ? FURTHER : SETTINGS;
    }

    String title(int values) {
        return title.formatted(values);
    }

    boolean isPrinted() {
        return this != FURTHER;
    }

    /** Returns a value as a person reads it: a long fraction with four digits. */
    String text(String value) {
        return NUMBER.matcher(value).matches() ? new BigDecimal(value).round(new MathContext(DIGITS)).toPlainString() : value;
    }
}
