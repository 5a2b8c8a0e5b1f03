package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The small objects of a bucket. Each carries the SHA-256 of its content, so that one that was altered on
 * the way is fetched again, even if the server keeps no checksums.
 */
final class SmallObjects {

    private static final String SHA256 = "spira-sha256";

    private final BucketRequests requests;

    SmallObjects(BucketRequests requests) {
        this.requests = requests;
    }

    /**
     * An object as it was read.
     *
     * @param tag tag for {@code If-Match}
     * @param metadata metadata of the object
     */
    record Content(byte[] bytes, String tag, Map<String, String> metadata) {

        /** Returns true if the content is what was put, by its SHA-256. */
        boolean isSound() {
            return FileDigest.of(bytes).sha256().equals(sha256());
        }

        /** Returns true if the content is not what was put; false also for an object without a SHA-256. */
        boolean isDamaged() {
            return sha256() != null && !isSound();
        }

        private @Nullable String sha256() {
            return metadata.get(SHA256);
        }
    }

    /**
     * Returns an object. One that has no SHA-256, or another one than its content, was fetched several times, with the
     * same answer each time.
     *
     * @throws NoSuchKeyException if there is no such object
     */
    Content get(String key) {
        return requests.policy().fetch(() -> fetch(key), Content::isSound, Content::bytes);
    }

    /**
     * Returns the content of an object, whose digest is known; another content only if it was the same each time.
     *
     * @throws NoSuchKeyException if there is no such object
     */
    byte[] get(String key, FileDigest expected) {
        return requests.policy().fetch(
                () -> requests.get(key).asByteArrayUnsafe(),
                content -> FileDigest.of(content).equals(expected),
                content -> content);
    }

    private Content fetch(String key) {
        ResponseBytes<GetObjectResponse> object = requests.get(key);
        return new Content(object.asByteArrayUnsafe(), object.response().eTag(), object.response().metadata());
    }

    /**
     * Puts an object; what is set beside the bucket, the key and the SHA-256 are conditions and metadata.
     *
     * @return its tag, for {@code If-Match}
     */
    String put(String key, byte[] content, Map<String, String> metadata, Consumer<PutObjectRequest.Builder> more) {
        Map<String, String> all = new HashMap<>(metadata);
        all.put(SHA256, FileDigest.of(content).sha256());
        return requests.put(key, content, request -> {
            request.metadata(all);
            more.accept(request);
        });
    }

    /** Puts an object of JSON, replacing any that is there. */
    void putJson(String key, byte[] content) {
        put(key, content, Map.of(), request -> request.contentType("application/json"));
    }
}
