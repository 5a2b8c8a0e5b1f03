package io.github.spirabr.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredCatalogTest {

    private static final String PLACE = "/models/spira/catalog.json";
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    /** Written by release 0.1. */
    private static String formatOne() throws IOException {
        try (InputStream in = StoredCatalogTest.class.getResourceAsStream("catalog-format-1.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ModelCatalog read(String text) {
        return ModelCatalog.read("spira", PLACE, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ModelCatalog some() {
        return ModelCatalog.empty("spira").given(12)
                .promote("champion", 2, DIGEST, "ana", Instant.parse("2026-03-01T10:00:00Z"), "a")
                .promote("champion", 3, DIGEST, "Íris", Instant.parse("2026-03-02T10:00:00Z"), "b")
                .tag(3, "gate", "PROMOTED").tag(10, "gate", "x").delete(1);
    }

    @Test
    void theCatalogOfAnEarlierReleaseIsRead() throws IOException {
        ModelCatalog catalog = read(formatOne());

        assertThat(catalog.history("champion")).hasSize(3).element(2).isEqualTo(new AliasChange(
                "c", Instant.parse("2026-01-07T06:00:00Z"), "nightly", Optional.of(10), 2, true, Optional.empty()));
        assertThat(catalog.history("champion").get(0).by()).isEqualTo("Ana \"Íris\" \\ 日本 😀");
        assertThat(catalog.history("challenger")).isEmpty();
        assertThat(catalog.tags()).hasToString("{2={gate=FIRST_CHAMPION, note=50 % / ç}, 10={gate=PROMOTED}}");
        assertThat(catalog.deleted()).containsExactly(1, 3);
        assertThat(catalog.highest()).isEqualTo(10);
    }

    @Test
    void onlyTheModelTheHighestNumberAndTheHashAreAddedToIt() throws IOException {
        String added = formatOne().replace("\"formatVersion\":1", "\"formatVersion\":2").strip();
        added = added.substring(0, added.length() - 1) + ",\"highest\":10,\"model\":\"spira\"";

        assertThat(new String(read(formatOne()).toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(added + ",\"sha256\":\"" + Sha256.hex(added + "}\n") + "\"}\n");
    }

    @Test
    void aCatalogIsReadAsItWasWritten() {
        assertThat(ModelCatalog.read("spira", PLACE, some().toBytes())).isEqualTo(some());
        assertThat(some().toBytes()).isEqualTo(some().toBytes());
    }

    @Test
    void everyFlippedBitIsNoticed() {
        FlippedBits.areRefused(some().toBytes(), changed -> ModelCatalog.read("spira", PLACE, changed));
    }

    @Test
    void theCatalogOfAnotherModelIsRefused() {
        assertThatThrownBy(() -> ModelCatalog.read("other", PLACE, some().toBytes()))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("the catalog of model other at " + PLACE
                        + " is damaged: it is the catalog of model spira; restore it from a backup");
    }

    @Test
    void aNewerFormatIsToldApart() {
        assertThatThrownBy(() -> read("{\"formatVersion\":3,\"moves\":[]}"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("the catalog of model spira at " + PLACE
                        + " has format 3, newer than 2 that this version reads; use a newer version of the library");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"formatVersion\":1,\"aliases\":{\"champion\":[{}]},\"tags\":{},\"deleted\":[]}",
        "{\"formatVersion\":1,\"aliases\":{\"../x\":[]},\"tags\":{},\"deleted\":[]}",
        "{\"formatVersion\":1,\"aliases\":{},\"tags\":{},\"deleted\":[],\"highest\":-1}",
        "{\"formatVersion\":1,\"aliases\":{},\"tags\":{\"x\":{}},\"deleted\":[]}",
        "{\"formatVersion\":1,\"aliases\":{},\"tags\":{},\"deleted\":[\"1\"]}",
        "{\"formatVersion\":1,\"aliases\":{},\"tags\":{},\"deleted\":[],\"more\":1}",
        "{\"formatVersion\":2,\"aliases\":{},\"tags\":{},\"deleted\":[],\"highest\":0,\"model\":\"spira\"}",
        "{\"formatVersion\":\"1\",\"aliases\":{},\"tags\":{},\"deleted\":[]}", "[]", "{}"
    })
    void aDamagedCatalogIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("the catalog of model spira at " + PLACE + " is damaged: ")
                .hasMessageEndingWith("; restore it from a backup, or run spira models verify --mend to make a new one from the"
                        + " versions");
    }
}
