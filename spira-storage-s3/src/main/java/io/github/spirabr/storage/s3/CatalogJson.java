package io.github.spirabr.storage.s3;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.spirabr.core.registry.AliasChange;
import io.github.spirabr.core.registry.ModelCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model's catalog as JSON.
 *
 * @param formatVersion of this JSON; 1
 * @param aliases the moves of each, oldest first
 * @param tags of each version's number
 * @param deleted numbers of versions
 * @param highest number that was ever given to a version; null if an earlier release wrote it
 */
record CatalogJson(
        int formatVersion,
        SortedMap<String, List<Move>> aliases,
        SortedMap<Integer, SortedMap<String, String>> tags,
        SortedSet<Integer> deleted,
        @Nullable Integer highest) {

    private static final int FORMAT_VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    record Move(
            String id, String at, String by, @Nullable Integer from, int to, boolean rollBack, @Nullable String digest) {

        static Move of(AliasChange change) {
            return new Move(change.id(), change.at().toString(), change.by(), change.from().orElse(null), change.to(),
                    change.rollBack(), change.digest().orElse(null));
        }

        AliasChange toChange() {
            return new AliasChange(id, Instant.parse(at), by, Optional.ofNullable(from), to, rollBack, Optional.ofNullable(digest));
        }
    }

    static byte[] toJson(ModelCatalog catalog) {
        SortedMap<String, List<Move>> aliases = new TreeMap<>();
        catalog.histories().forEach((alias, changes) -> aliases.put(alias, changes.stream().map(Move::of).toList()));
        CatalogJson json = new CatalogJson(FORMAT_VERSION, aliases, catalog.tags(), catalog.deleted(), catalog.highest());
        try {
            return (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a catalog of numbers and strings cannot fail to be written", e);
        }
    }

    /**
     * Reads and checks a catalog.
     *
     * @param name of the model
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static ModelCatalog parse(String name, byte[] bytes) {
        try {
            JsonNode tree = JSON.readTree(bytes);
            if (tree.path("formatVersion").asInt(0) != FORMAT_VERSION) {
                throw new IllegalArgumentException("its formatVersion is "
                        + tree.path("formatVersion").asText("missing") + ", but this release of the library reads " + FORMAT_VERSION);
            }
            CatalogJson json = JSON.treeToValue(tree, CatalogJson.class);
            SortedMap<String, List<AliasChange>> histories = new TreeMap<>();
            json.aliases.forEach((alias, moves) -> histories.put(alias, moves.stream().map(Move::toChange).toList()));
            return ModelCatalog.of(name, histories, json.tags, json.deleted, json.highest == null ? 0 : json.highest);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not the expected JSON: " + e.getOriginalMessage(), e);
        } catch (IOException | NullPointerException | DateTimeException e) {
            throw new IllegalArgumentException("it is not the expected JSON: " + e.getMessage(), e);
        }
    }
}
