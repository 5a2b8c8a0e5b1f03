package io.github.spirabr.core.audit;

import io.github.spirabr.core.SpiraException;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a split leaks, so that its metrics would be too good; lists every leak found. */
public final class LeakException extends SpiraException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<Leak> leaks;

    /**
     * Creates an exception with the leaks of one split.
     *
     * @param dataset name of the data set in messages
     * @param leaks at least one
     */
    LeakException(String dataset, List<Leak> leaks) {
        super(message(dataset, leaks));
        this.leaks = List.copyOf(leaks);
    }

    private static String message(String dataset, List<Leak> leaks) {
        StringBuilder text = new StringBuilder(dataset).append(": the split leaks between its sets (")
                .append(leaks.size()).append(leaks.size() == 1 ? " leak), so" : " leaks), so")
                .append(" the metrics would be too good; nothing was trained\n");
        leaks.stream().limit(SHOWN).forEach(leak -> text.append("  ").append(leak.sentence()).append('\n'));
        if (leaks.size() > SHOWN) {
            text.append("  and ").append(leaks.size() - SHOWN).append(" more\n");
        }
        text.append("What to do: ").append(leaks.stream().map(leak -> leak.kind().wayOut()).distinct()
                .collect(Collectors.joining("; ")));
        return text.toString();
    }

    /** Returns all leaks found. */
    public List<Leak> leaks() {
        return leaks;
    }
}
