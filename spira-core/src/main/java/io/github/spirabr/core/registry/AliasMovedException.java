package io.github.spirabr.core.registry;

import java.util.Optional;

/** An alias is not where the caller thought it was: somebody else moved it first. Nothing was changed. */
public final class AliasMovedException extends ModelRepositoryException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<ModelVersion> current;

    AliasMovedException(String message, Optional<ModelVersion> current) {
        super(message);
        this.current = current;
    }

    /** Returns the version that has the alias; empty if there is none. */
    public Optional<ModelVersion> current() {
        return current;
    }
}
