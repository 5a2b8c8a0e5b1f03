package io.github.spirabr.core.internal.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The faults of a list, such as the rows of a manifest. It keeps the first ten faults of each kind and counts the others, so
 * that a fault of a whole column is one sentence and not one for each row. Not thread-safe.
 */
public final class FaultList {

    private static final int KEPT = 10;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final List<Fault> kept = new ArrayList<>();

    private record Fault(String kind, String place, String sentence) {
        @Override
        public String toString() {
            return place.isEmpty() ? sentence : place + ": " + sentence;
        }
    }

    /**
     * Adds a fault.
     *
     * @param kind noun phrase for several faults of this kind, such as {@code lines with a blank subject}
     * @param place the place of the fault, such as {@code line 7}; empty without a place
     * @param sentence the finding, the expected value, and the remedy
     */
    public void add(String kind, String place, String sentence) {
        if (counts.merge(kind, 1L, Long::sum) <= KEPT) {
            kept.add(new Fault(kind, place, sentence));
        }
    }

    /**
     * Replaces all faults of a kind by one sentence.
     *
     * @param kind a kind of which there is a fault
     * @param sentence about all of them
     */
    public void sumUp(String kind, String sentence) {
        int first = 0;
        while (!kept.get(first).kind.equals(kind)) {
            first++;
        }
        kept.removeIf(fault -> fault.kind.equals(kind));
        kept.add(first, new Fault(kind, "", sentence));
        counts.put(kind, 1L);
    }

    /** Returns whether there are no faults. */
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Returns at most eleven sentences for each kind, in their order: the first ten, and the number of the others. */
    public List<String> sentences() {
        return sentences(0);
    }

    /**
     * Returns the sentences of {@link #sentences()}, but one alone for a kind that each row of the list has.
     *
     * @param rows number of rows of the list; 0 if it is unknown
     */
    public List<String> sentences(long rows) {
        List<String> sentences = new ArrayList<>();
        Map<String, Integer> told = new LinkedHashMap<>();
        for (Fault fault : kept) {
            long count = counts.get(fault.kind);
            int number = told.merge(fault.kind, 1, Integer::sum);
            if (count == rows && count > KEPT) {
                if (number == 1) {
                    sentences.add("each of the " + rows + " rows, such as " + fault);
                }
                continue;
            }
            sentences.add(fault.toString());
            if (number == KEPT && count > KEPT) {
                sentences.add("and " + (count - KEPT) + " more " + fault.kind);
            }
        }
        return sentences;
    }
}
