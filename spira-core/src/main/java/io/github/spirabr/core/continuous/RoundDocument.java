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

    /** Returns the model that a document names; empty if it names none. */
    static String model(Journal journal, String name, Journal.Document document) {
        return read(journal, "document " + name, name, document, fields -> fields.find("model").orElse(""));
    }

    /**
     * Refuses a document of another model's rounds.
     *
     * @param subject subject of the message, such as {@code the lease}
     * @param found the model that the document names; empty if an older version of the library wrote it
     * @throws JournalException if it names another model
     */
    static void requireModel(Journal journal, String subject, String found, String model) {
        if (!found.isEmpty() && !found.equals(model)) {
            throw new JournalException(subject + " in " + journal.location() + " must be of the model " + model + ", but is of "
                    + found + "; give each model a journal of its own");
        }
    }

    /**
     * Reads a document.
     *
     * @param subject subject of the messages, such as {@code the lease}
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
