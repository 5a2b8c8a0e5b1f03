package io.github.spirabr.core.journal;

import java.util.Optional;
import java.util.SortedSet;

/**
 * Port: a store of small documents, each of which is replaced atomically by compare-and-set. Any number of threads,
 * processes and machines may use one journal; a written document is visible to all of them. Implementations are safe
 * for any number of threads.
 *
 * <p>Names are {@linkplain io.github.spirabr.core.SafeNames#require safe names}; a document may have a few megabytes.
 */
public interface Journal {

    /**
     * Reads the document of a name; empty if it does not exist. A document is never partly written.
     *
     * @throws IllegalArgumentException if the name is invalid
     * @throws JournalException if the store cannot be read
     */
    Optional<JournalDocument> read(String name);

    /**
     * Writes a document if the stored one has the version that the caller expects. A stored document that equals the
     * new content counts as written, so that a write whose response was lost may be repeated; a caller that must know
     * whether it was the writer adds something unique to the content. Equal contents may have equal versions: a caller
     * that must detect that a document was changed and changed back adds a counter.
     *
     * @param expected the version that was read; empty if there was no such document
     * @param content the new content
     * @return the document as it is stored now; empty if there is another one, and nothing was written
     * @throws IllegalArgumentException if the name is invalid
     * @throws JournalException if the store cannot be written
     */
    Optional<JournalDocument> replace(String name, Optional<String> expected, byte[] content);

    /**
     * Returns the names of all documents with this prefix, sorted.
     *
     * @param prefix empty for all
     * @throws JournalException if the store cannot be asked
     */
    SortedSet<String> names(String prefix);

    /** Returns the location of the journal, for messages. */
    String location();
}
