package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelCatalog;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The object of a model's catalog. It is replaced on the condition that it is still the one that was
 * read; whoever comes second reads it again.
 */
final class CatalogObject {

    private final BucketRequests requests;
    private final SmallObjects objects;
    private final Bucket bucket;
    private final String name;
    private final String key;
    private final Function<Supplier<Optional<ModelCatalog>>, ModelCatalog> missing;

    /**
     * Creates a handle of the object; nothing is requested yet.
     *
     * @param name name of the model
     * @param missing returns the catalog if there is no object; may look for the object again
     */
    CatalogObject(
            BucketRequests requests,
            Bucket bucket,
            String name,
            String key,
            Function<Supplier<Optional<ModelCatalog>>, ModelCatalog> missing) {
        this.requests = requests;
        this.objects = new SmallObjects(requests);
        this.bucket = bucket;
        this.name = name;
        this.key = key;
        this.missing = missing;
    }

    ModelCatalog read() {
        return fetch().catalog;
    }

    ModelCatalog change(UnaryOperator<ModelCatalog> change) {
        return requests.policy().settle(() -> {
            Stored current = fetch();
            ModelCatalog changed = change.apply(current.catalog);
            boolean stored = changed.equals(current.catalog) || replaced(current.tag, changed.toBytes());
            return stored ? Optional.of(changed) : Optional.empty();
        });
    }

    /** Replaces the object; returns false if another writer, or an earlier attempt of this very write, was faster. */
    private boolean replaced(@Nullable String tag, byte[] content) {
        try {
            objects.put(key, content, Map.of(), request -> {
                request.contentType("application/json");
                if (tag == null) {
                    request.ifNoneMatch("*");
                } else {
                    request.ifMatch(tag);
                }
            });
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 412 || e.statusCode() == 409) {
                return false;
            }
            throw e;
        }
    }

    private Stored fetch() {
        return stored().orElseGet(() -> new Stored(missing.apply(() -> stored().map(Stored::catalog)), null));
    }

    private Optional<Stored> stored() {
        SmallObjects.Content object;
        try {
            object = objects.get(key);
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
        if (object.isDamaged()) {
            throw ModelCatalog.damaged(name, address(), "it is not what was put there, by its SHA-256");
        }
        return Optional.of(new Stored(ModelCatalog.read(name, address(), object.bytes()), object.tag()));
    }

    private String address() {
        return "s3://" + bucket.name() + "/" + key;
    }

    /** Copies the object beside itself, and returns its tag; null if there is none. */
    private @Nullable String kept() {
        try {
            SmallObjects.Content damaged = objects.get(key);
            objects.putJson(key + ".damaged", damaged.bytes());
            return damaged.tag();
        } catch (NoSuchKeyException e) {
            return null;
        }
    }

    /** Replaces an object that cannot be read or is missing, and keeps its bytes. */
    void replace(ModelCatalog catalog) {
        if (!replaced(kept(), catalog.toBytes())) {
            throw new ModelRepositoryException("the catalog of model " + name + " at " + address()
                    + " was replaced by another process in the meantime; verify it again");
        }
    }

    /**
     * A catalog as it was read.
     *
     * @param tag tag of the object; null if there is none
     */
    private record Stored(ModelCatalog catalog, @Nullable String tag) {}
}
