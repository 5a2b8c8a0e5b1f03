package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelCatalog;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The object of a model's catalog. It is replaced on the condition that it is still the one that was
 * read; whoever comes second reads it again.
 */
final class CatalogObject {

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final int ATTEMPTS = 200;

    private final S3Client client;
    private final Bucket bucket;
    private final String name;
    private final String key;

    /**
     * @param name of the model
     */
    CatalogObject(S3Client client, Bucket bucket, String name, String key) {
        this.client = client;
        this.bucket = bucket;
        this.name = name;
        this.key = key;
    }

    ModelCatalog read() {
        return fetch().catalog;
    }

    ModelCatalog change(UnaryOperator<ModelCatalog> change) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Stored current = fetch();
            ModelCatalog changed = change.apply(current.catalog);
            if (changed.equals(current.catalog) || replaced(current.tag, CatalogJson.toJson(changed))) {
                return changed;
            }
            pause(attempt);
        }
        throw new ModelRepositoryException("the aliases of model " + name + " in bucket " + bucket.name() + " at "
                + bucket.server() + " cannot be changed: others changed them each of " + ATTEMPTS
                + " times; try again later");
    }

    /** Whether it was replaced; not if somebody else was faster, or an earlier attempt of this very write was. */
    private boolean replaced(@Nullable String tag, byte[] content) {
        try {
            client.putObject(request -> {
                request.bucket(bucket.name()).key(key).contentType("application/json");
                if (tag == null) {
                    request.ifNoneMatch("*");
                } else {
                    request.ifMatch(tag);
                }
            }, RequestBody.fromBytes(content));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 412 || e.statusCode() == 409) {
                return false;
            }
            throw e;
        }
    }

    private Stored fetch() {
        ResponseBytes<GetObjectResponse> object;
        try {
            object = client.getObjectAsBytes(request -> request.bucket(bucket.name()).key(key));
        } catch (NoSuchKeyException e) {
            return new Stored(ModelCatalog.empty(name), null);
        }
        try {
            return new Stored(CatalogJson.parse(name, object.asByteArrayUnsafe()), object.response().eTag());
        } catch (IllegalArgumentException e) {
            throw new ModelRepositoryException("the aliases of model " + name + " are damaged at s3://" + bucket.name()
                    + "/" + key + ": " + e.getMessage() + "; restore this object from a backup", e);
        }
    }

    /** For a random time, which grows with the number of attempts, so that many do not meet again. */
    private void pause(int attempt) {
        long longest = Math.min(LONGEST_PAUSE.toMillis(), 1L << Math.min(attempt, 20));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelRepositoryException("the aliases of model " + name + " were not changed: the thread was"
                    + " interrupted", e);
        }
    }

    /**
     * @param tag of the object; null if there is none
     */
    private record Stored(ModelCatalog catalog, @Nullable String tag) {}
}
