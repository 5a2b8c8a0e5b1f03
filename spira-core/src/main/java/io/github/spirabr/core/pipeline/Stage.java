package io.github.spirabr.core.pipeline;

import java.util.Locale;

/** A step of a pipeline that can run by itself; each takes what those before it left. */
public enum Stage {
    /** Recordings are read, what can be learned before training is learned, and features are made. */
    FEATURES,
    /** A network learns. */
    TRAIN,
    /** It is asked about the held-out recordings, and looked behind its answers. */
    EVALUATE,
    /** It is saved with all that was found. */
    PUBLISH;

    /** Its name in lower case, as commands and stored outcomes have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
