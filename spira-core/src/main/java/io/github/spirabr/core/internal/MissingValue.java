package io.github.spirabr.core.internal;

import org.jspecify.annotations.Nullable;

/** The sign of a value that a column does not have for a recording. Manifests leave out whatever means missing to them. */
public final class MissingValue {

    /** Stands for a missing value where values are shown, counted or compared. */
    public static final String SIGN = "?";

    private MissingValue() {}

    /** Returns whether a value is absent, blank or the sign. */
    public static boolean isMissing(@Nullable String value) {
        return value == null || value.isBlank() || value.strip().equals(SIGN);
    }

    /** Returns the value without blanks at its ends, or the sign if it is missing. */
    public static String shown(@Nullable String value) {
        return value == null || value.isBlank() ? SIGN : value.strip();
    }
}
