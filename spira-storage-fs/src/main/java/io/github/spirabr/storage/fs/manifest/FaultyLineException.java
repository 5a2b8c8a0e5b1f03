package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;

/** A line of a list is faulty, so that it gives no row. It never leaves this package. */
final class FaultyLineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String kind;

    /**
     * Creates an instance.
     *
     * @param kind noun phrase for several faults of this kind
     * @param sentence the finding, the expected value, and the remedy
     */
    FaultyLineException(String kind, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
    }

    void addTo(FaultList faults, Place place) {
        faults.add(kind, place.toString(), getMessage());
    }
}
