package io.github.spirabr.config;

import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.internal.adapter.FaultList;
import java.util.List;

/** Thrown if an experiment file cannot be used. The message lists the first ten faults of each kind. */
public final class InvalidExperimentException extends SpiraException {

    private static final long serialVersionUID = 1L;

    private final List<ExperimentFault> faults;

    InvalidExperimentException(String file, List<ExperimentFault> faults) {
        super(faults.size() == 1
                ? faults.get(0).toString()
                : file + " has " + faults.size() + " faults:\n  " + String.join("\n  ", summary(faults)));
        this.faults = List.copyOf(faults);
    }

    /** Sums up faults by their kind, which is the sentence without names and up to its first comma or semicolon. */
    private static List<String> summary(List<ExperimentFault> faults) {
        FaultList summary = new FaultList();
        for (ExperimentFault fault : faults) {
            String sentence = fault.message().startsWith(fault.path())
                    ? fault.message().substring(fault.path().length()) : fault.message();
            String kind = sentence.replaceAll("'[^']*'", "'...'").replaceFirst("[;,].*", "")
                    .replaceAll("\\S*[/\\\\0-9]\\S*", "...");
            summary.add("faults such as '" + kind.replaceFirst("^:? ", "") + "'", "", fault.toString());
        }
        return summary.sentences();
    }

    /** Returns all faults, in the order of the file as far as it is known. */
    public List<ExperimentFault> faults() {
        return faults;
    }
}
