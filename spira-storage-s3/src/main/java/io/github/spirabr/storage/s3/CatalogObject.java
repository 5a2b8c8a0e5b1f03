package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelCatalog;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.util.Map;
import java.util.Optional;
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

    /**
     * Creates a handle of the object; nothing is requested yet.
     *
     * @param name of the model
     */
    CatalogObject(BucketRequests requests, Bucket bucket, String name, String key) {
        this.requests = requests;
        this.objects = new SmallObjects(requests);
        this.bucket = bucket;
        this.name = name;
        this.key = key;
    }

    ModelCatalog read() {
        return fetch().catalog;
    }

    ModelCatalog change(UnaryOperator<ModelCatalog> change) {
        return requests.policy().settle(() -> {
            Stored current = fetch();
            ModelCatalog changed = change.apply(current.catalog);
            boolean stored = changed.equals(current.catalog) || replaced(current.tag, CatalogJson.toJson(changed));
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
        SmallObjects.Content object;
        try {
            object = objects.get(key);
        } catch (NoSuchKeyException e) {
            return new Stored(ModelCatalog.empty(name), null);
        }
        if (object.isDamaged()) {
            throw damaged("it is not what was put there, by its SHA-256", null);
        }
        try {
            return new Stored(CatalogJson.parse(name, object.bytes()), object.tag());
        } catch (IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    private ModelRepositoryException damaged(String what, @Nullable Throwable cause) {
        return new ModelRepositoryException("the aliases of model " + name + " are damaged at s3://" + bucket.name()
                + "/" + key + ": " + what + "; restore this object from a backup", cause);
    }

    /**
     * A catalog as it was read.
     *
     * @param tag of the object; null if there is none
     */
    private record Stored(ModelCatalog catalog, @Nullable String tag) {}
}
