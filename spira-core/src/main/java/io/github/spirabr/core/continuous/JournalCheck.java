package io.github.spirabr.core.continuous;

import java.util.List;

/**
 * The result of checking all documents of a journal.
 *
 * @param documents number of documents that were read
 * @param faults sentences that name the document, in the order in which they were found; empty if all is as it was written
 */
public record JournalCheck(int documents, List<String> faults) {

    /** Copies the list. */
    public JournalCheck {
        faults = List.copyOf(faults);
    }

    /** Returns whether there is no fault. */
    public boolean isSound() {
        return faults.isEmpty();
    }
}
