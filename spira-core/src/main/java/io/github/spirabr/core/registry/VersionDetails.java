package io.github.spirabr.core.registry;

import io.github.spirabr.core.internal.Sha256;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The details of a version in a registry, which are read without loading it.
 *
 * @param version the version
 * @param files by name
 * @param tags values by key
 * @param aliases of the version at present
 */
public record VersionDetails(
        ModelVersion version,
        SortedMap<String, FileDigest> files,
        SortedMap<String, String> tags,
        SortedSet<String> aliases) {

    /** Copies the collections. */
    public VersionDetails {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        aliases = Collections.unmodifiableSortedSet(new TreeSet<>(aliases));
    }

    /** Returns the SHA-256 of the names, sizes and SHA-256s of all files: equal artifacts have equal digests. */
    public String digest() {
        return digest(files);
    }

    static String digest(SortedMap<String, FileDigest> files) {
        return Sha256.hex(files.entrySet().stream()
                .map(file -> file.getKey() + " " + file.getValue().size() + " " + file.getValue().sha256() + "\n"));
    }
}
