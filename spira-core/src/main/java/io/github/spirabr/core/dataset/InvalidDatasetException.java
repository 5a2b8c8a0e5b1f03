package io.github.spirabr.core.dataset;

import io.github.spirabr.core.SpiraException;
import java.util.List;

/** A data set, or the manifest that names it, that cannot be used; lists every fault found. */
public final class InvalidDatasetException extends SpiraException {

    private static final long serialVersionUID = 1L;

    private final String subject;
    private final List<String> faults;

    /**
     * All faults of a data set.
     *
     * @param subject what is faulty, such as a manifest's path
     * @param faults one sentence each, at least one
     */
    public InvalidDatasetException(String subject, List<String> faults) {
        super(subject + ": " + String.join("; ", faults));
        this.subject = subject;
        this.faults = List.copyOf(faults);
    }

    /** What is faulty. */
    public String subject() {
        return subject;
    }

    /** One sentence for each fault. */
    public List<String> faults() {
        return faults;
    }
}
