package io.github.spirabr.storage.fs.manifest;

import java.util.HashMap;
import java.util.Map;

/** Values of columns, equal ones of a column in memory once. Used by one thread. */
final class SharedTexts {

    /** Columns with texts of their own, so that a list with ever new names takes little room. */
    private static final int MOST_COLUMNS = 256;

    private final Map<String, HeldTexts> columns = new HashMap<>();

    /** Returns an equal value of the column that was read before, or else this one. */
    String of(String column, String value) {
        HeldTexts texts = columns.get(column);
        if (texts == null) {
            if (columns.size() == MOST_COLUMNS) {
                return value;
            }
            texts = new HeldTexts();
            columns.put(column, texts);
        }
        return texts.of(value);
    }
}
