package io.github.spirabr.storage.fs.manifest;

/** The notations of unknown values in manifests. */
final class MissingValues {

    private MissingValues() {}

    /** Returns whether a value is blank or a question mark. */
    static boolean isMissing(String value) {
        return value.isBlank() || value.strip().equals("?");
    }
}
