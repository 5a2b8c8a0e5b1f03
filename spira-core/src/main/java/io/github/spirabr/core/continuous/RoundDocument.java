package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import java.util.function.Function;

/** The form of all documents that rounds keep in a journal: sealed by the document's name and its hash. */
final class RoundDocument {

    static final int FORMAT = 1;

    private RoundDocument() {}

    /** Begins a document about a model. */
    static Document about(String model) {
        return Document.of(FORMAT).put("model", model);
    }

    /**
     * Reads a document.
     *
     * @param subject of the messages, such as {@code the lease}
     * @throws JournalException if the document is damaged, another one or of a newer format
     */
    static <T> T read(
            Journal journal, String subject, String name, Journal.Document document, Function<Document, T> reader) {
        try {
            return Document.readSealed(subject + " in " + journal.location(), name, FORMAT, document.content(), reader);
        } catch (DocumentException e) {
            throw new JournalException(String.valueOf(e.getMessage()), e);
        }
    }
}
