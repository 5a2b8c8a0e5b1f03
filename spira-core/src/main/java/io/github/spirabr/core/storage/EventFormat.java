package io.github.spirabr.core.storage;

/** A format of files that record the events of a training. */
public enum EventFormat {

    /** Event files that TensorBoard displays. */
    TENSORBOARD,

    /** One JSON object in each line. */
    JSON_LINES
}
