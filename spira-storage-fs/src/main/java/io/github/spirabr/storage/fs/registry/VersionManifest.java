package io.github.spirabr.storage.fs.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.spirabr.core.registry.FileDigest;
import io.github.spirabr.core.registry.ModelArtifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The manifest of a stored version. It names no time, place or machine, so that equal artifacts have
 * equal manifests, byte by byte.
 *
 * @param formatVersion of this JSON; 1
 * @param files size and SHA-256 by name, sorted
 */
record VersionManifest(int formatVersion, SortedMap<String, FileDigest> files) {

    private static final int FORMAT_VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    static VersionManifest of(ModelArtifact artifact) {
        SortedMap<String, FileDigest> files = new TreeMap<>();
        artifact.fileNames().forEach(name -> files.put(name, FileDigest.of(artifact.file(name))));
        return new VersionManifest(FORMAT_VERSION, files);
    }

    byte[] toJson() {
        // The default indenter would write the line ending of the system.
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return (JSON.writer(printer).writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest of numbers and strings cannot fail to be written", e);
        }
    }

    /**
     * Reads and checks a manifest.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static VersionManifest parse(byte[] json) {
        VersionManifest manifest;
        try {
            JsonNode tree = JSON.readTree(json);
            int format = tree.path("formatVersion").asInt(0);
            if (format != FORMAT_VERSION) {
                throw new IllegalArgumentException("its formatVersion is " + tree.path("formatVersion")
                        + ", but this release of the library reads " + FORMAT_VERSION);
            }
            manifest = JSON.treeToValue(tree, VersionManifest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not the expected JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not the expected JSON: " + e.getMessage(), e);
        }
        if (manifest.files.isEmpty()) {
            throw new IllegalArgumentException("it lists no files");
        }
        manifest.files.forEach(VersionManifest::requireSound);
        return manifest;
    }

    private static void requireSound(String name, FileDigest file) {
        ModelArtifact.requireFileName(name);
        if (file == null || file.size() < 0 || !file.sha256().matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("the size or SHA-256 of " + name + " is not one");
        }
    }
}
