package io.github.spirabr.core.storage;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.registry.ModelRepository;

/**
 * Port: makes what is kept at addresses of one scheme, such as {@code s3://bucket/prefix}, so that settings can name such
 * places. Found by {@link java.util.ServiceLoader}. Nothing is asked of a server before what is made is used.
 * Implementations are safe for any number of threads, and what they make is open until the process ends.
 */
public interface StorageProvider {

    /** What addresses begin with, such as {@code s3}. */
    String scheme();

    /**
     * Looks whether an address can be one.
     *
     * @throws IllegalArgumentException with a sentence that says what it must be
     */
    void check(String address);

    /** Models there. */
    ModelRepository models(String address);

    /** Prepared data sets there. */
    PreparedDatasetRepository datasets(String address);

    /** A journal there. */
    Journal journal(String address);
}
