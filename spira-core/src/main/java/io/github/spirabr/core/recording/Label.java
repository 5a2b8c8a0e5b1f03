package io.github.spirabr.core.recording;

/** The class of a recording; {@link Target} gives the classes the names that people read. */
public enum Label {
    /** The negative class, without the condition; 0 in manifests and as the network's target. */
    CONTROL(0),
    /** The positive class, with the condition; 1 in manifests and as the network's target. */
    PATIENT(1);

    private final int code;

    Label(int code) {
        this.code = code;
    }

    /** Returns the label's number: 0 for the negative class, 1 for the positive class. */
    public int code() {
        return code;
    }
}
