package io.github.spirabr.storage.fs.registry;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.registry.VersionManifest;
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

    /** Writes an artifact as a version into the folder, which is new and empty, and waits until it is on the disk. */
    void write(ModelVersion version, ModelArtifact artifact) throws IOException {
        writeFiles(artifact);
        writeManifest(VersionManifest.of(version, artifact));
    }

    /** Writes the files of an artifact; the manifest is written later. */
    void writeFiles(ModelArtifact artifact) throws IOException {
        Path files = Files.createDirectory(folder.resolve(FILES));
        for (String name : artifact.fileNames()) {
            Folders.writeDurably(files.resolve(name), artifact.file(name));
        }
        Folders.flush(files);
    }

    /** Writes the manifest; replaces one that names another version number. */
    void writeManifest(VersionManifest manifest) throws IOException {
        Files.deleteIfExists(folder.resolve(MANIFEST));
        Folders.writeDurably(folder.resolve(MANIFEST), manifest.toBytes());
        Folders.flush(folder);
    }

    /**
     * Reads the artifact and compares every file with the manifest.
     *
     * @throws ModelRepositoryException if a file is missing, altered or not in the manifest, or the folder holds another version
     */
    ModelArtifact read(ModelVersion version) throws IOException {
        VersionManifest manifest = manifest(version);
        requireNoOthers(folder, new TreeSet<>(Set.of(MANIFEST, FILES)), version);
        Path files = folder.resolve(FILES);
        if (Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS)) {
            requireNoOthers(files, new TreeSet<>(manifest.files().keySet()), version);
        } else {
            throw damaged(version, files, "it is missing");
        }
        Map<String, byte[]> contents = new HashMap<>();
        for (Map.Entry<String, FileDigest> file : manifest.files().entrySet()) {
            contents.put(file.getKey(), content(files.resolve(file.getKey()), file.getValue(), version));
        }
        return ModelArtifact.of(contents);
    }

    /** Returns the manifest, without checking the files. */
    VersionManifest manifest(ModelVersion version) throws IOException {
        Path file = folder.resolve(MANIFEST);
        requireFile(file, version);
        return VersionManifest.read(version, file.toString(), Files.readAllBytes(file));
    }

    /** Returns whether only the mark of a deleted version is left. */
    boolean isErased() {
        return Files.exists(folder.resolve(TOMBSTONE), LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(folder.resolve(MANIFEST), LinkOption.NOFOLLOW_LINKS);
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
            throw damaged(version, file, "it has " + size + " bytes, but its manifest says " + expected.size());
        }
        byte[] content = Files.readAllBytes(file);
        String sha256 = FileDigest.of(content).sha256();
        if (!sha256.equals(expected.sha256())) {
            throw damaged(version, file,
                    "its SHA-256 is " + sha256 + ", but its manifest says " + expected.sha256());
        }
        return content;
    }

    private static void requireFile(Path file, ModelVersion version) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw damaged(version, file, "it is missing");
        }
    }

    private static void requireNoOthers(Path folder, SortedSet<String> expected, ModelVersion version)
            throws IOException {
        SortedSet<String> others = Folders.names(folder);
        others.removeAll(expected);
        if (!others.isEmpty()) {
            throw new ModelRepositoryException(version + " has a file that does not belong to it: "
                    + folder.resolve(others.first()) + "; move that file elsewhere");
        }
    }

    private static ModelRepositoryException damaged(ModelVersion version, Path file, String fault) {
        return new ModelRepositoryException(version + " is damaged at " + file + ": " + fault
                + "; restore this version from a backup, or load another one");
    }
}
