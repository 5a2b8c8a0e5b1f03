package io.github.spirabr.storage.s3;

import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes an object that must not be there yet. A token in its metadata tells whether an object that is
 * there after all was written by this claim: by an attempt whose answer was lost on the way, so that
 * the SDK repeated it.
 */
final class VersionClaim {

    private static final String TOKEN = "spira-claim";
    private static final int ATTEMPTS = 20;

    private final S3Client client;
    private final SmallObjects objects;
    private final String bucket;
    private final String token = UUID.randomUUID().toString();

    VersionClaim(S3Client client, SmallObjects objects, String bucket) {
        this.client = client;
        this.objects = objects;
        this.bucket = bucket;
    }

    /**
     * Writes the object if there is none of this key.
     *
     * @return whether it is there now and is this claim's
     * @throws S3Exception if the server refuses, or goes on telling of conflicts
     */
    boolean write(String key, byte[] content) {
        for (int attempt = 1; ; attempt++) {
            try {
                objects.put(key, content, Map.of(TOKEN, token),
                        request -> request.ifNoneMatch("*").contentType("application/json"));
                return true;
            } catch (SdkException e) {
                boolean refused = e instanceof S3Exception answer
                        && (answer.statusCode() == 412 || answer.statusCode() == 409);
                Owner owner = refused ? owner(key) : ownerAfter(e, key);
                if (owner != Owner.NOBODY && (refused || owner == Owner.THIS)) {
                    return owner == Owner.THIS;
                }
                // A conflict means that somebody is writing the object, who may yet fail.
                if (!refused || attempt == ATTEMPTS) {
                    throw e;
                }
                SmallObjects.pause(attempt);
            }
        }
    }

    /** Of an attempt whose answer was lost for good, only the server knows whether it wrote. */
    private Owner ownerAfter(SdkException failure, String key) {
        try {
            return owner(key);
        } catch (SdkException e) {
            failure.addSuppressed(e);
            return Owner.NOBODY;
        }
    }

    private Owner owner(String key) {
        try {
            Map<String, String> metadata =
                    client.headObject(request -> request.bucket(bucket).key(key)).metadata();
            return token.equals(metadata.get(TOKEN)) ? Owner.THIS : Owner.OTHER;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Owner.NOBODY;
            }
            throw e;
        }
    }

    private enum Owner { THIS, OTHER, NOBODY }
}
