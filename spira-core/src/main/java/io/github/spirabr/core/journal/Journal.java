package io.github.spirabr.core.journal;

import java.util.Optional;
import java.util.SortedSet;

/**
 * Port: a store of small documents, each of which is replaced atomically by compare-and-set. Any number of threads,
 * processes and machines may use one journal; a written document is visible to all of them. Implementations are safe
 * for any number of threads.
 *
 * <p>A name has 1 to 100 characters, lower-case letters, digits, dashes and underscores, and begins with a letter or a
 * digit. A document may have a few megabytes.
 */
public interface Journal {

    /**
     * Reads the document of a name; empty if it does not exist. A document is never partly written.
     *
     * @throws IllegalArgumentException if the name is invalid
     * @throws JournalException if the store cannot be read
     */
    Optional<Document> read(String name);

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
    Optional<Document> replace(String name, Optional<String> expected, byte[] content);

    /**
     * Returns the names of all documents with this prefix, sorted.
     *
     * @param prefix empty for all
     * @throws JournalException if the store cannot be asked
     */
    SortedSet<String> names(String prefix);

    /** Returns the location of the journal, for messages. */
    String location();

    /** A document of a journal as it was read. Immutable. */
    final class Document {

        private final String version;
        private final byte[] content;

        /**
         * Creates a document as it is read.
         *
         * @param version changes whenever the content does, such as an object's entity tag
         * @param content copied
         */
        public Document(String version, byte[] content) {
            this.version = version;
            this.content = content.clone();
        }

        /** Returns the version that {@link Journal#replace} expects. */
        public String version() {
            return version;
        }

        /** Returns a copy of the content. */
        public byte[] content() {
            return content.clone();
        }

        @Override
        public String toString() {
            return "Document[" + version + ", " + content.length + " bytes]";
        }
    }
}
