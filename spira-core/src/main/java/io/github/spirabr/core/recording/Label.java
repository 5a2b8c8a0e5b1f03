package io.github.spirabr.core.recording;

/** The class of a recording. */
public enum Label {
    /** No respiratory insufficiency; 0 in manifests and as the network's target. */
    CONTROL(0),
    /** Respiratory insufficiency; 1 in manifests and as the network's target. */
    PATIENT(1);

    private final int code;

    Label(int code) {
        this.code = code;
    }

    /** Returns the label's number: 0 for a control, 1 for a patient. */
    public int code() {
        return code;
    }
}
