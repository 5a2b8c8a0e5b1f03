package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.FileDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Small objects of a bucket. Each carries the SHA-256 of its content, so that one that was altered on
 * the way is fetched again, whether or not the server keeps checksums.
 */
final class SmallObjects {

    private static final String SHA256 = "spira-sha256";
    private static final int ATTEMPTS = 8;

    private final S3Client client;
    private final String bucket;

    SmallObjects(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /**
     * @param tag of the object as it was read, for {@code If-Match}
     * @param sound whether the content is what was put; an object that tells no SHA-256 is believed
     */
    record Content(byte[] bytes, String tag, boolean sound) {}

    /**
     * @throws NoSuchKeyException if there is no such object
     */
    Content get(String key) {
        return fetch(key, Content::sound);
    }

    /**
     * The content of an object, whose digest is known; what was found if it is another each time.
     *
     * @throws NoSuchKeyException if there is no such object
     */
    byte[] get(String key, FileDigest expected) {
        return fetch(key, content -> FileDigest.of(content.bytes).equals(expected)).bytes;
    }

    private Content fetch(String key, Predicate<Content> sound) {
        for (int attempt = 1; ; attempt++) {
            try {
                Content content = fetch(key);
                if (sound.test(content) || attempt == ATTEMPTS) {
                    return content;
                }
            } catch (S3Exception e) {
                // Without a code, the answer was cut before it said what there is not.
                boolean cut = e.statusCode() == 404 && Bucket.code(e) == null;
                if (!cut || attempt == ATTEMPTS) {
                    throw e;
                }
            }
            pause(attempt);
        }
    }

    private Content fetch(String key) {
        ResponseBytes<GetObjectResponse> object =
                client.getObjectAsBytes(request -> request.bucket(bucket).key(key));
        byte[] bytes = object.asByteArrayUnsafe();
        String sha256 = object.response().metadata().get(SHA256);
        return new Content(
                bytes, object.response().eTag(), sha256 == null || sha256.equals(FileDigest.of(bytes).sha256()));
    }

    /** A part of an object; shorter if the object ends before. */
    byte[] range(String key, long offset, int length) {
        return client.getObjectAsBytes(request -> request.bucket(bucket).key(key)
                .range("bytes=" + offset + "-" + (offset + length - 1))).asByteArrayUnsafe();
    }

    /**
     * Puts an object; what is set beside the bucket, the key and the SHA-256 are conditions and metadata.
     *
     * @return its tag, for {@code If-Match}
     */
    String put(String key, byte[] content, Map<String, String> metadata, Consumer<PutObjectRequest.Builder> more) {
        Map<String, String> all = new HashMap<>(metadata);
        all.put(SHA256, FileDigest.of(content).sha256());
        return client.putObject(request -> {
            request.bucket(bucket).key(key).metadata(all);
            more.accept(request);
        }, RequestBody.fromBytes(content)).eTag();
    }

    /** Puts an object of JSON, whatever is there. */
    void putJson(String key, byte[] content) {
        put(key, content, Map.of(), request -> request.contentType("application/json"));
    }

    /** For a random time, which grows with the attempts up to half a second, so that many do not meet again. */
    static void pause(int attempt) {
        long longest = Math.min(500, 1L << Math.min(attempt, 20));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("the thread was interrupted", e);
        }
    }
}
