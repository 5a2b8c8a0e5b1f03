package io.github.spirabr.core.registry;

import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.internal.JsonDocument;
import io.github.spirabr.core.internal.JsonObject;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The manifest that an adapter stores with each version: the version's name and number, and the size and SHA-256 of its
 * files. It names no time, place or machine. Immutable; users have {@link ModelRepository.Details}.
 *
 * <p>Format 1, of earlier releases, does not name the version and carries no hash of itself.
 */
public final class VersionManifest {

    private static final int FORMAT = 2;
    private static final String FILES = "files";
    private static final String MODEL = "model";
    private static final String VERSION = "version";
    private static final String SIZE = "size";
    private static final String SHA256 = "sha256";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final ModelVersion version;
    private final SortedMap<String, FileDigest> files;
    private final boolean named;

    private VersionManifest(ModelVersion version, SortedMap<String, FileDigest> files, boolean named) {
        this.version = version;
        this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        this.named = named;
    }

    /** Describes an artifact as a version. */
    public static VersionManifest of(ModelVersion version, ModelArtifact artifact) {
        return new VersionManifest(version, artifact.digests(), true);
    }

    /** Returns the version. */
    public ModelVersion version() {
        return version;
    }

    /** Returns the files by their names, sorted. */
    public SortedMap<String, FileDigest> files() {
        return files;
    }

    /** Returns whether the manifest itself names the version; those of earlier releases did not. */
    public boolean isNamed() {
        return named;
    }

    /** Returns the manifest as it is stored: JSON, equal for equal versions. */
    public byte[] toBytes() {
        Map<String, Object> members = new LinkedHashMap<>();
        Map<String, Object> described = new LinkedHashMap<>();
        files.forEach((name, file) -> {
            Map<String, Object> digest = new LinkedHashMap<>();
            digest.put(SIZE, file.size());
            digest.put(SHA256, file.sha256());
            described.put(name, digest);
        });
        members.put(FILES, described);
        members.put(MODEL, version.name());
        members.put(VERSION, version.number());
        return JsonDocument.writeSealed(FORMAT, JsonDocument.Layout.LINES, members);
    }

    /**
     * Reads a stored manifest.
     *
     * @param version it was stored for
     * @param location location for messages
     * @throws ModelRepositoryException if it is damaged, of a newer format, or of another version
     */
    public static VersionManifest read(ModelVersion version, String location, byte[] content) {
        String document = "the manifest of " + version + " at " + location;
        try {
            return JsonDocument.readSealed(document, FORMAT, JsonDocument.Layout.LINES, content, json -> read(version, json));
        } catch (DocumentException e) {
            throw new ModelRepositoryException(String.valueOf(e.getMessage()), e);
        }
    }

    private static VersionManifest read(ModelVersion version, JsonObject json) {
        boolean named = json.integer(JsonDocument.FORMAT) == FORMAT;
        if (named) {
            json.requireOnly(Set.of(JsonDocument.FORMAT, FILES, MODEL, VERSION, JsonDocument.HASH));
            ModelVersion stored = new ModelVersion(json.text(MODEL), json.integer(VERSION));
            if (!stored.equals(version)) {
                throw new IllegalArgumentException("it is the manifest of " + stored);
            }
        } else {
            json.requireOnly(Set.of(JsonDocument.FORMAT, FILES));
        }
        SortedMap<String, FileDigest> files = json.object(FILES).objects(VersionManifest::digest);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("it lists no files");
        }
        files.keySet().forEach(ModelArtifact::requireFileName);
        return new VersionManifest(version, files, named);
    }

    private static FileDigest digest(JsonObject json) {
        json.requireOnly(Set.of(SIZE, SHA256));
        FileDigest digest = new FileDigest(json.longInteger(SIZE), json.text(SHA256));
        if (digest.size() < 0 || !DIGEST.matcher(digest.sha256()).matches()) {
            throw new IllegalArgumentException("it has the size " + digest.size() + " and the SHA-256 '" + digest.sha256()
                    + "' of a file");
        }
        return digest;
    }
}
