package io.github.spirabr.storage.s3;

import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
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
    private final String bucket;
    private final String token = UUID.randomUUID().toString();

    VersionClaim(S3Client client, String bucket) {
        this.client = client;
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
                client.putObject(
                        request -> request.bucket(bucket).key(key).ifNoneMatch("*")
                                .contentType("application/json").metadata(Map.of(TOKEN, token)),
                        RequestBody.fromBytes(content));
                return true;
            } catch (S3Exception e) {
                boolean taken = e.statusCode() == 412;
                boolean conflict = e.statusCode() == 409;
                if (!taken && !conflict) {
                    throw e;
                }
                Owner owner = owner(key);
                if (owner != Owner.NOBODY) {
                    return owner == Owner.THIS;
                }
                // A conflict means that somebody is writing the object, who may yet fail.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
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
