package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.FileDigest;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Locale;

/**
 * Where the objects of a registry lie.
 *
 * @param prefix of all keys, without '/' at its end; may be empty
 */
record RegistryKeys(String bucket, String prefix) {

    String key(String rest) {
        return prefix.isEmpty() ? rest : prefix + "/" + rest;
    }

    /** Of a file of one or more versions. */
    String file(String name, FileDigest file) {
        return files(name) + file.sha256();
    }

    /** What all files of a model begin with. */
    String files(String name) {
        return key(name + "/objects/");
    }

    String manifest(ModelVersion version) {
        return manifests(version.name()) + String.format(Locale.ROOT, "%06d.json", version.number());
    }

    /** What all manifests of a model begin with. */
    String manifests(String name) {
        return key(name + "/versions/");
    }

    String catalog(String name) {
        return key(name + "/catalog.json");
    }

    /** A key as people write it. */
    String address(String key) {
        return "s3://" + bucket + "/" + key;
    }
}
