package io.github.spirabr.config;

import io.github.spirabr.core.SpiraException;
import java.util.List;
import java.util.stream.Collectors;

/** An experiment file that cannot be used; lists every fault found. */
public final class InvalidExperimentException extends SpiraException {

    private static final long serialVersionUID = 1L;

    private final List<ExperimentFault> faults;

    InvalidExperimentException(String file, List<ExperimentFault> faults) {
        super(faults.size() == 1
                ? faults.get(0).toString()
                : file + " has " + faults.size() + " faults:\n"
                        + faults.stream().map(fault -> "  " + fault).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Each fault, in the order of the file where it can be told. */
    public List<ExperimentFault> faults() {
        return faults;
    }
}
