package io.github.spirabr.storage.fs.registry;

import io.github.spirabr.core.registry.FileDigest;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one version: {@code manifest.json}, and the artifact's files in {@code files}, where
 * one of them may be named manifest.json too.
 */
final class VersionFolder {

    private static final String MANIFEST = "manifest.json";
    private static final String FILES = "files";
    private static final String TOMBSTONE = "deleted";

    private final Path folder;

    VersionFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes an artifact into the folder, which is new and empty, and waits until it has reached the disk. */
    void write(ModelArtifact artifact) throws IOException {
        Path files = Files.createDirectory(folder.resolve(FILES));
        for (String name : artifact.fileNames()) {
            Folders.writeDurably(files.resolve(name), artifact.file(name));
        }
        Folders.flush(files);
        Folders.writeDurably(folder.resolve(MANIFEST), VersionManifest.of(artifact).toJson());
        Folders.flush(folder);
    }

    /**
     * Reads the artifact and compares every file with the manifest.
     *
     * @param version for messages
     * @throws ModelRepositoryException if a file is missing, altered or not of the manifest
     */
    ModelArtifact read(ModelVersion version) throws IOException {
        VersionManifest manifest = manifest(version);
        requireNoOthers(folder, new TreeSet<>(Set.of(MANIFEST, FILES)), version);
        Path files = folder.resolve(FILES);
        if (Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS)) {
            requireNoOthers(files, new TreeSet<>(manifest.files().keySet()), version);
        } else {
            throw damaged(version, files, "it is missing", null);
        }
        Map<String, byte[]> contents = new HashMap<>();
        for (Map.Entry<String, FileDigest> file : manifest.files().entrySet()) {
            contents.put(file.getKey(), content(files.resolve(file.getKey()), file.getValue(), version));
        }
        return ModelArtifact.of(contents);
    }

    /** Reads the manifest, without a check of the files. */
    VersionManifest manifest(ModelVersion version) throws IOException {
        Path file = folder.resolve(MANIFEST);
        requireFile(file, version);
        try {
            return VersionManifest.parse(Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw damaged(version, file, e.getMessage(), e);
        }
    }

    /** Removes all but a mark that keeps the folder's name taken; does nothing if that was done. */
    void erase() throws IOException {
        Folders.writeOnce(folder.resolve(TOMBSTONE), new byte[0]);
        Folders.flush(folder);
        for (String name : Folders.names(folder)) {
            if (!name.equals(TOMBSTONE)) {
                Folders.deleteQuietly(folder.resolve(name));
            }
        }
    }

    private static byte[] content(Path file, FileDigest expected, ModelVersion version) throws IOException {
        requireFile(file, version);
        long size = Files.size(file);
        if (size != expected.size()) {
            throw damaged(version, file, "it has " + size + " bytes, but its manifest says " + expected.size(), null);
        }
        byte[] content = Files.readAllBytes(file);
        String sha256 = FileDigest.of(content).sha256();
        if (!sha256.equals(expected.sha256())) {
            throw damaged(version, file,
                    "its SHA-256 is " + sha256 + ", but its manifest says " + expected.sha256(), null);
        }
        return content;
    }

    private static void requireFile(Path file, ModelVersion version) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw damaged(version, file, "it is missing", null);
        }
    }

    private static void requireNoOthers(Path folder, SortedSet<String> expected, ModelVersion version)
            throws IOException {
        SortedSet<String> others = Folders.names(folder);
        others.removeAll(expected);
        if (!others.isEmpty()) {
            throw new ModelRepositoryException(version + " is not as it was saved: " + folder.resolve(others.first())
                    + " does not belong to it; move that file elsewhere");
        }
    }

    private static ModelRepositoryException damaged(
            ModelVersion version, Path file, String what, @Nullable Throwable cause) {
        return new ModelRepositoryException(version + " is damaged at " + file + ": " + what
                + "; restore this version from a backup, or load another one", cause);
    }
}
