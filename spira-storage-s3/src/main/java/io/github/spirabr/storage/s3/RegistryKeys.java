package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Locale;

/**
 * The keys of the objects of a registry.
 *
 * @param prefix prefix of all keys, without '/' at its end; may be empty
 */
record RegistryKeys(String bucket, String prefix) {

    String key(String rest) {
        return prefix.isEmpty() ? rest : prefix + "/" + rest;
    }

    /** Returns the key of a file of one or more versions. */
    String file(String name, FileDigest file) {
        return files(name) + file.sha256();
    }

    /** Returns the prefix of the keys of all files of a model. */
    String files(String name) {
        return key(name + "/objects/");
    }

    String manifest(ModelVersion version) {
        return manifests(version.name()) + String.format(Locale.ROOT, "%06d.json", version.number());
    }

    /** Returns the prefix of the keys of all manifests of a model. */
    String manifests(String name) {
        return key(name + "/versions/");
    }

    String catalog(String name) {
        return key(name + "/catalog.json");
    }

    /** Returns the address of a key, as people write it. */
    String address(String key) {
        return "s3://" + bucket + "/" + key;
    }
}
