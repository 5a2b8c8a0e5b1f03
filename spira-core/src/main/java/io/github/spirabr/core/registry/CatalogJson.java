package io.github.spirabr.core.registry;

import io.github.spirabr.core.internal.JsonDocument;
import io.github.spirabr.core.internal.JsonObject;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A model's catalog as JSON on one line. Format 1, of earlier releases, does not name the model and carries no hash. */
final class CatalogJson {

    private static final int FORMAT = 2;
    private static final String ALIASES = "aliases";
    private static final String TAGS = "tags";
    private static final String DELETED = "deleted";
    private static final String HIGHEST = "highest";
    private static final String MODEL = "model";
    private static final String ID = "id";
    private static final String AT = "at";
    private static final String BY = "by";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String ROLL_BACK = "rollBack";
    private static final String DIGEST = "digest";

    private CatalogJson() {}

    static byte[] write(String name, ModelCatalog catalog) {
        Map<String, Object> members = new LinkedHashMap<>();
        SortedMap<String, List<Map<String, Object>>> aliases = new TreeMap<>();
        catalog.histories().forEach((alias, moves) -> aliases.put(alias, moves.stream().map(CatalogJson::write).toList()));
        members.put(ALIASES, aliases);
        members.put(TAGS, catalog.tags());
        members.put(DELETED, catalog.deleted());
        members.put(HIGHEST, catalog.highest());
        members.put(MODEL, name);
        return JsonDocument.writeSealed(FORMAT, JsonDocument.Layout.LINE, members);
    }

    private static Map<String, Object> write(AliasChange move) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(ID, move.id());
        members.put(AT, move.at().toString());
        members.put(BY, move.by());
        move.from().ifPresent(from -> members.put(FROM, from));
        members.put(TO, move.to());
        members.put(ROLL_BACK, move.rollBack());
        move.digest().ifPresent(digest -> members.put(DIGEST, digest));
        return members;
    }

    /**
     * Reads a catalog.
     *
     * @throws io.github.spirabr.core.internal.DocumentException if it is damaged, another model's, or of a newer format
     */
    static ModelCatalog read(String document, String name, byte[] content) {
        return JsonDocument.readSealed(document, FORMAT, JsonDocument.Layout.LINE, content, json -> read(name, json));
    }

    private static ModelCatalog read(String name, JsonObject json) {
        json.requireOnly(Set.of(JsonDocument.FORMAT, ALIASES, TAGS, DELETED, HIGHEST, MODEL, JsonDocument.HASH));
        if (json.integer(JsonDocument.FORMAT) == FORMAT && !json.text(MODEL).equals(name)) {
            throw new IllegalArgumentException("it is the catalog of model " + json.text(MODEL));
        }
        SortedMap<Integer, SortedMap<String, String>> tags = new TreeMap<>();
        json.object(TAGS).objects(JsonObject::texts).forEach((number, values) -> tags.put(Integer.valueOf(number), values));
        return ModelCatalog.of(
                name,
                json.object(ALIASES).lists(CatalogJson::move),
                tags,
                json.integers(DELETED),
                json.has(HIGHEST) ? json.integer(HIGHEST) : 0);
    }

    private static AliasChange move(JsonObject json) {
        json.requireOnly(Set.of(ID, AT, BY, FROM, TO, ROLL_BACK, DIGEST));
        return new AliasChange(
                json.text(ID),
                Instant.parse(json.text(AT)),
                json.text(BY),
                json.has(FROM) ? Optional.of(json.integer(FROM)) : Optional.empty(),
                json.integer(TO),
                json.bool(ROLL_BACK),
                json.has(DIGEST) ? Optional.of(json.text(DIGEST)) : Optional.empty());
    }
}
