package io.github.spirabr.core.registry;

import org.jspecify.annotations.Nullable;

/** A catalog that is missing beside versions, or damaged: {@link ModelRepository#mend} makes it anew. */
final class LostCatalogException extends ModelRepositoryException {

    private static final long serialVersionUID = 1L;

    LostCatalogException(String message, @Nullable Throwable cause) {
        super(message + "; restore it from a backup, or run spira models verify --mend to make a new one from the versions",
                cause);
    }
}
