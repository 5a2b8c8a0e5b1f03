package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Thrown when an external validation is given subjects or recordings that the model was trained or validated on. */
public final class SeenInTrainingException extends SpiraException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient SortedSet<String> subjects;
    private final transient SortedSet<String> recordings;

    SeenInTrainingException(
            ModelVersion model, String dataset, SortedSet<String> subjects, SortedSet<String> recordings, List<String> found) {
        super(message(model, dataset, found));
        this.subjects = new TreeSet<>(subjects);
        this.recordings = new TreeSet<>(recordings);
    }

    private static String message(ModelVersion model, String dataset, List<String> found) {
        StringBuilder text = new StringBuilder(dataset).append(": the data set must be new to ").append(model)
                .append(", but the model was trained or validated on ").append(found.size())
                .append(" of its subjects and recordings\n");
        found.stream().limit(SHOWN).forEach(one -> text.append("  ").append(one).append('\n'));
        if (found.size() > SHOWN) {
            text.append("  and ").append(found.size() - SHOWN).append(" more\n");
        }
        return text.append("What to do: leave them out of the list; if subjects are other persons with the same names, say so with"
                + " --names-apart (namesApart in Java)").toString();
    }

    /** Returns the names of subjects that the model has seen. */
    public SortedSet<String> subjects() {
        return subjects;
    }

    /** Returns the ids of recordings that the model has heard. */
    public SortedSet<String> recordings() {
        return recordings;
    }
}
