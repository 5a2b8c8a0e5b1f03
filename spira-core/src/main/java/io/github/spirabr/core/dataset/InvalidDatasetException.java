package io.github.spirabr.core.dataset;

import io.github.spirabr.core.SpiraException;
import java.util.List;

/** Thrown when a data set, or the manifest that names it, cannot be used; lists every fault found. */
public final class InvalidDatasetException extends SpiraException {

    private static final long serialVersionUID = 1L;

    private final String subject;
    private final List<String> faults;

    /**
     * Creates an exception with all faults of a data set.
     *
     * @param subject the faulty object, such as a manifest's path
     * @param faults one sentence each, at least one
     */
    public InvalidDatasetException(String subject, List<String> faults) {
        super(subject + ": " + String.join("; ", faults));
        this.subject = subject;
        this.faults = List.copyOf(faults);
    }

    /** Returns the faulty object, such as a manifest's path. */
    public String subject() {
        return subject;
    }

    /** Returns one sentence for each fault. */
    public List<String> faults() {
        return faults;
    }
}
