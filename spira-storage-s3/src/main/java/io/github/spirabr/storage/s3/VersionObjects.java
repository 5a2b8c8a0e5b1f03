package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.registry.VersionManifest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The objects of versions: their files, and the manifest that names them. All that is read is compared with its digests. */
final class VersionObjects {

    private static final byte[] TOMBSTONE = "{\"formatVersion\":1,\"deleted\":true}\n".getBytes(StandardCharsets.UTF_8);

    private final BucketRequests requests;
    private final SmallObjects objects;
    private final RegistryKeys keys;

    VersionObjects(BucketRequests requests, RegistryKeys keys) {
        this.requests = requests;
        this.objects = new SmallObjects(requests);
        this.keys = keys;
    }

    /** Puts the files; those that are there already are replaced by the same bytes, which heals damaged ones. */
    void upload(String name, ModelArtifact artifact) {
        artifact.digests().forEach((file, stored) -> {
            String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(stored.sha256()));
            requests.put(
                    keys.file(name, stored), artifact.file(file), request -> request.checksumSHA256(checksum));
        });
    }

    /** Writes the manifest under the first number that is free. */
    ModelVersion claim(ModelVersion first, ModelArtifact artifact) {
        VersionClaim claim = new VersionClaim(requests);
        ModelVersion version = first;
        while (!claim.write(keys.manifest(version), VersionManifest.of(version, artifact).toBytes())) {
            version = new ModelVersion(version.name(), version.number() + 1);
        }
        return version;
    }

    /**
     * Returns the manifest of a version.
     *
     * @throws NoSuchKeyException if there is no such version
     */
    VersionManifest manifest(ModelVersion version) {
        String key = keys.manifest(version);
        SmallObjects.Content manifest = objects.get(key);
        if (manifest.isDamaged()) {
            throw damaged(version, key, "its manifest", "is not what was put there, by its SHA-256", null);
        }
        return VersionManifest.read(version, keys.address(key), manifest.bytes());
    }

    ModelArtifact read(ModelVersion version, VersionManifest manifest) {
        Map<String, byte[]> contents = new HashMap<>();
        manifest.files().forEach((file, stored) -> contents.put(file, download(version, file, stored)));
        return ModelArtifact.of(contents);
    }

    private byte[] download(ModelVersion version, String file, FileDigest expected) {
        String key = keys.file(version.name(), expected);
        byte[] content;
        try {
            content = objects.get(key, expected);
        } catch (NoSuchKeyException e) {
            throw damaged(version, key, file, "is missing", e);
        }
        FileDigest found = FileDigest.of(content);
        if (found.size() != expected.size()) {
            throw damaged(version, key, file,
                    "has " + found.size() + " bytes, but its manifest says " + expected.size(), null);
        }
        if (!found.equals(expected)) {
            throw damaged(version, key, file,
                    "has the SHA-256 " + found.sha256() + ", but its manifest says " + expected.sha256(), null);
        }
        return content;
    }

    /** Puts a mark in the place of the manifest, so that its number stays taken. */
    void erase(ModelVersion version) {
        String key = keys.manifest(version);
        if (!isErased(version)) {
            objects.putJson(key, TOMBSTONE);
        }
    }

    /** Returns whether the mark of a deleted version is in the place of its manifest. */
    boolean isErased(ModelVersion version) {
        try {
            return Arrays.equals(objects.get(keys.manifest(version)).bytes(), TOMBSTONE);
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    private ModelRepositoryException damaged(
            ModelVersion version, String key, String file, String what, @Nullable Throwable cause) {
        return new ModelRepositoryException(version + " is damaged at " + keys.address(key) + ": " + file + " " + what
                + "; restore that object from a backup, or load another version", cause);
    }
}
