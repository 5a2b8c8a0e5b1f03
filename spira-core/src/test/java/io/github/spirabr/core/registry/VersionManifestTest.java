package io.github.spirabr.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.internal.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionManifestTest {

    private static final ModelVersion VERSION = new ModelVersion("spira", 3);
    private static final String PLACE = "/models/spira/000003/manifest.json";
    private static final ModelArtifact ARTIFACT = ModelArtifact.of(Map.of("weights.f32", new byte[] {1, 2, 3, 4},
            "model.properties", "format=1\n".getBytes(StandardCharsets.UTF_8), "empty", new byte[0]));

    /** Written by release 0.1. */
    private static String formatOne() throws IOException {
        try (InputStream in = VersionManifestTest.class.getResourceAsStream("manifest-format-1.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static VersionManifest read(String text) {
        return VersionManifest.read(VERSION, PLACE, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theManifestOfAnEarlierReleaseIsRead() throws IOException {
        VersionManifest manifest = read(formatOne());

        assertThat(manifest.files()).isEqualTo(ARTIFACT.digests());
        assertThat(manifest.isNamed()).isFalse();
    }

    @Test
    void onlyTheVersionAndTheHashAreAddedToIt() throws IOException {
        String added = formatOne().replace("\"formatVersion\" : 1", "\"formatVersion\" : 2")
                .replaceFirst("\n}\n$", ",\n  \"model\" : \"spira\",\n  \"version\" : 3");

        assertThat(new String(VersionManifest.of(VERSION, ARTIFACT).toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(added + ",\n  \"sha256\" : \"" + Sha256.hex(added + "\n}\n") + "\"\n}\n");
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] manifest = VersionManifest.of(VERSION, ARTIFACT).toBytes();

        assertThat(VersionManifest.read(VERSION, PLACE, manifest).files()).isEqualTo(ARTIFACT.digests());
        FlippedBits.areRefused(manifest, changed -> VersionManifest.read(VERSION, PLACE, changed));
    }

    @Test
    void theManifestOfAnotherVersionIsRefused() {
        byte[] other = VersionManifest.of(new ModelVersion("spira", 2), ARTIFACT).toBytes();

        assertThatThrownBy(() -> VersionManifest.read(VERSION, PLACE, other))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("the manifest of spira version 3 at " + PLACE
                        + " is damaged: it is the manifest of spira version 2; restore it from a backup");
    }

    @Test
    void aNewerFormatIsToldApart() {
        assertThatThrownBy(() -> read("{\"formatVersion\": 3, \"blobs\": []}"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("the manifest of spira version 3 at " + PLACE
                        + " has format 3, newer than 2 that this version reads; use a newer version of the library");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "null", "[]", "{}", "{\"formatVersion\":1", "not JSON",
        "{\"formatVersion\":2,\"files\":{}}",
        "{\"formatVersion\":1}",
        "{\"formatVersion\":1,\"files\":null}",
        "{\"formatVersion\":1,\"files\":{}}",
        "{\"formatVersion\":1,\"files\":{\"a\":null}}",
        "{\"formatVersion\":1,\"files\":{\"a\":{\"size\":1}}}",
        "{\"formatVersion\":1,\"files\":{\"a\":{\"size\":-1,\"sha256\":\"00\"}}}",
        "{\"formatVersion\":1,\"files\":{\"a\":{\"size\":1,\"sha256\":\"00\"},\"a\":{\"size\":1,\"sha256\":\"00\"}}}",
        "{\"formatVersion\":1,\"files\":{\"../../secret\":{\"size\":1,\"sha256\":"
                + "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}}}",
    })
    void aDamagedManifestIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("the manifest of spira version 3 at " + PLACE + " is damaged: ");
    }
}
