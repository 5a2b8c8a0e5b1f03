package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The texts that stand for unknown values in a manifest, whatever their case; a blank value is always missing. Immutable.
 */
final class MissingValues {

    /** The texts that are missing by default: those of spreadsheets, R and Python; {@code #N/D} is Excel's in Portuguese. */
    static final List<String> DEFAULT_WORDS = List.of("?", "NA", "NaN", "N/A", "#N/A", "#N/D", "null");

    private final Set<String> words;

    MissingValues(Collection<String> words) {
        this.words = words.stream().map(MissingValues::key).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether a value is missing. */
    boolean isMissing(String value) {
        String key = key(value);
        return key.isEmpty() || words.contains(key);
    }

    private static String key(String value) {
        return PlainText.of(value).toLowerCase(Locale.ROOT);
    }
}
