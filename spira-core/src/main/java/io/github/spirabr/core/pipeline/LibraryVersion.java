package io.github.spirabr.core.pipeline;

import java.util.Objects;

/** The version of this library; empty if it does not run from a jar. */
final class LibraryVersion {

    static final String VALUE = Objects.requireNonNullElse(LibraryVersion.class.getPackage().getImplementationVersion(), "");

    private LibraryVersion() {}
}
