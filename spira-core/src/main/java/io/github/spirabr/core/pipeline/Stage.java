package io.github.spirabr.core.pipeline;

import java.util.Locale;

/** A step of a pipeline that can run by itself, from the outcomes of the steps before it. */
public enum Stage {
    /** Reads recordings, fits the preprocessing, and computes features. */
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
