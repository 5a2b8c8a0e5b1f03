package io.github.spirabr.core.registry;

import java.util.List;

/**
 * The result of checking all that a registry stores of a model.
 *
 * @param name of the model
 * @param versions number of versions whose files were all read
 * @param faults in the order in which they were found; empty if there are none
 */
public record ModelCheck(String name, int versions, List<Fault> faults) {

    /** Copies the list. */
    public ModelCheck {
        faults = List.copyOf(faults);
    }

    /**
     * A fault.
     *
     * @param finding a sentence that names the place
     * @param mendable whether {@link ModelRepository#mend} removes it
     */
    public record Fault(String finding, boolean mendable) {}

    /** Returns whether there is no fault. */
    public boolean isSound() {
        return faults.isEmpty();
    }
}
