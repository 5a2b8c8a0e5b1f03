package io.github.spirabr.core.registry;

import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.internal.adapter.SafeNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The files of a trained model: all that prediction needs, and its provenance. Immutable; two runs with one seed, data
 * set and configuration give equal artifacts.
 */
public final class ModelArtifact {

    private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private final SortedMap<String, byte[]> files;

    private ModelArtifact(SortedMap<String, byte[]> files) {
        this.files = files;
    }

    /**
     * Returns an artifact of these files, which are copied.
     *
     * @param files contents by name, see {@link #requireFileName}
     */
    public static ModelArtifact of(Map<String, byte[]> files) {
        SortedMap<String, byte[]> copy = new TreeMap<>();
        files.forEach((name, content) -> copy.put(requireFileName(name), content.clone()));
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("a model artifact must have at least one file");
        }
        return new ModelArtifact(Collections.unmodifiableSortedMap(copy));
    }

    /** Returns the names of all files, sorted. */
    public SortedSet<String> fileNames() {
        return new TreeSet<>(files.keySet());
    }

    /**
     * Returns a copy of a file's content.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    public byte[] file(String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException("the model artifact has no file " + name + "; it has " + files.keySet());
        }
        return content.clone();
    }

    /** Returns the size and SHA-256 of each file by its name, sorted. */
    public SortedMap<String, FileDigest> digests() {
        SortedMap<String, FileDigest> digests = new TreeMap<>();
        files.forEach((name, content) -> digests.put(name, FileDigest.of(content)));
        return digests;
    }

    /** Returns whether the artifact has a file of this name. */
    public boolean has(String name) {
        return files.containsKey(name);
    }

    /**
     * Checks a file name that is valid on every file system and object store: 1 to 100 lower-case ASCII letters,
     * digits, '-', '_' and '.'; it starts with a letter or a digit, does not end with '.', has no '..', and is not
     * reserved by Windows, such as {@code nul.txt}.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static String requireFileName(String name) {
        if (!FILE_NAME.matcher(name).matches() || name.contains("..") || name.endsWith(".")) {
            throw new IllegalArgumentException("a model's file name must have 1 to 100 lower-case letters, digits, '-', '_'"
                    + " or '.' (no '..', no '.' at the end), and start with a letter or digit, but was '" + name + "'");
        }
        return SafeNames.requireUnreserved("a model's file name", name);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ModelArtifact that) || !files.keySet().equals(that.files.keySet())) {
            return false;
        }
        return files.entrySet().stream().allMatch(file -> Arrays.equals(file.getValue(), that.files.get(file.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            hash = 31 * hash + file.getKey().hashCode() + Arrays.hashCode(file.getValue());
        }
        return hash;
    }

    @Override
    public String toString() {
        return "ModelArtifact" + files.keySet();
    }

    /**
     * The size and digest of a stored file.
     *
     * @param size size, in bytes
     * @param sha256 sha256 of the content, 64 lower-case hexadecimal digits
     */
    public record FileDigest(long size, String sha256) {

        /** Returns the digest of a content. */
        public static FileDigest of(byte[] content) {
            return new FileDigest(content.length, Sha256.hex(content));
        }

        /** Returns the SHA-256 of the names, sizes and SHA-256s of these files, by name: equal artifacts have equal digests. */
        public static String ofAll(SortedMap<String, FileDigest> files) {
            return Sha256.hex(files.entrySet().stream()
                    .map(file -> file.getKey() + " " + file.getValue().size() + " " + file.getValue().sha256() + "\n"));
        }
    }
}
