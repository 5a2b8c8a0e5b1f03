package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import java.util.function.Consumer;

/**
 * A form of lists of recordings: rows of named values. A form that knows the meaning of a value gives it one of the names {@code
 * file_path}, {@code class}, {@code subject}, {@code session}, {@code task}, {@code offset}, {@code duration} (both in decimal
 * seconds) and {@code channel} (counted from 1); every other value has its own name.
 */
interface Form {

    /**
     * Passes on all rows, one after another, as they are read.
     *
     * @param faults receives a sentence for each fault; the rows without faults are passed on
     * @return whether these were all rows; false after a fault that ends reading
     */
    boolean read(Consumer<NamedRow> rows, FaultList faults);

    /** Returns whether parts of files have their usual names, so that other names are metadata. */
    default boolean namesParts() {
        return false;
    }
}
