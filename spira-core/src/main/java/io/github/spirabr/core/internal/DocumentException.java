package io.github.spirabr.core.internal;

import io.github.spirabr.core.SpiraException;
import org.jspecify.annotations.Nullable;

/** A stored document that is damaged, or of a format that a newer version of the library wrote. */
public final class DocumentException extends SpiraException {

    private static final long serialVersionUID = 1L;

    private final String fault;
    private final boolean newer;

    private DocumentException(String message, String fault, boolean newer, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
        this.newer = newer;
    }

    /**
     * Returns the failure to read a document that is not as it was written.
     *
     * @param document document, as a subject, such as {@code the lease in /data/journal}
     * @param fault a clause of its own, such as {@code it has no holder}; null if nothing more is known
     */
    public static DocumentException damaged(String document, @Nullable String fault, @Nullable Throwable cause) {
        // The virtual machine leaves out the messages of exceptions that it throws often.
        String said = fault == null ? "its content is malformed" : fault;
        return new DocumentException(document + " is damaged: " + said + "; restore it from a backup", said, false, cause);
    }

    /**
     * Refuses a document of a newer format, or without a format.
     *
     * @param document document, as a subject
     * @param format the document's format; null if it has none
     * @param newest format that this version of the library reads, from 1
     * @return the format, from 1 to the newest
     */
    public static int requireFormat(String document, @Nullable String format, int newest) {
        int number;
        try {
            number = Integer.parseInt(format == null ? "" : format);
        } catch (NumberFormatException e) {
            throw damaged(document, format == null ? "it has no format" : "its format is '" + format + "'", e);
        }
        if (number < 1) {
            throw damaged(document, "its format is " + number, null);
        }
        if (number > newest) {
            String fault = "has format " + number + ", newer than " + newest + " that this version reads";
            throw new DocumentException(document + " " + fault + "; use a newer version of the library", fault, true, null);
        }
        return number;
    }

    /** Returns the clause of the message with the finding. */
    public String fault() {
        return fault;
    }

    /** Returns whether a newer version of the library can read the document. */
    public boolean isNewer() {
        return newer;
    }
}
