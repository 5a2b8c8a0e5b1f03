package io.github.spirabr.storage.fs.manifest;

/** How manifests say that they do not know a value. */
final class MissingValues {

    private MissingValues() {}

    /** Whether it is blank or a question mark. */
    static boolean isMissing(String value) {
        return value.isBlank() || value.strip().equals("?");
    }
}
