package io.github.spirabr.core.journal;

import java.util.Optional;
import java.util.SortedSet;

/**
 * Port: small documents, each of which is replaced whole, and only by whoever knows what is replaced. Any number of
 * threads, processes and machines may use one journal; what one has written, all read. Implementations are safe for any
 * number of threads.
 *
 * <p>Names are {@linkplain io.github.spirabr.core.SafeNames#require safe names}; a document has up to some megabytes.
 */
public interface Journal {

    /**
     * The document of a name; empty if there is none. It is never half of what was written.
     *
     * @throws IllegalArgumentException if the name is none
     * @throws JournalException if the store cannot be asked
     */
    Optional<JournalDocument> read(String name);

    /**
     * Writes a document, if what is there is what the caller thinks it is. A document that is already what is to be written
     * counts as written, so that a write whose answer was lost may be repeated; who must know whether it was the one to
     * write puts something of its own into the content. Equal contents may have equal versions: who must notice that a
     * document was changed and changed back puts a counter into it.
     *
     * @param expected the version that was read; empty if there was no such document
     * @param content what is to be there
     * @return the document as it is stored now; empty if there is another one, and nothing was written
     * @throws IllegalArgumentException if the name is none
     * @throws JournalException if the store cannot be written
     */
    Optional<JournalDocument> replace(String name, Optional<String> expected, byte[] content);

    /**
     * The names of all documents that begin so, sorted.
     *
     * @param prefix empty for all
     * @throws JournalException if the store cannot be asked
     */
    SortedSet<String> names(String prefix);

    /** Returns the location of the journal, for messages. */
    String location();
}
