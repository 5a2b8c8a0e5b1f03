package io.github.spirabr.storage.s3;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A write of an object that must not be there yet. A token in its metadata shows if an object that is
 * there after all was written by this claim: by an attempt whose answer was lost on the way, so that
 * it was repeated.
 */
final class VersionClaim {

    private static final String TOKEN = "spira-claim";

    private final BucketRequests requests;
    private final SmallObjects objects;
    private final String token = UUID.randomUUID().toString();

    VersionClaim(BucketRequests requests) {
        this.requests = requests;
        this.objects = new SmallObjects(requests);
    }

    /**
     * Writes the object if there is none of this key.
     *
     * @return true if it is there now and is this claim's
     * @throws SdkException if the server refuses, does not answer, or goes on telling of conflicts
     */
    boolean write(String key, byte[] content) {
        return requests.policy().settle(() -> attempt(key, content));
    }

    private Optional<Boolean> attempt(String key, byte[] content) {
        try {
            objects.put(key, content, Map.of(TOKEN, token),
                    request -> request.ifNoneMatch("*").contentType("application/json"));
            return Optional.of(true);
        } catch (SdkException e) {
            boolean refused = e instanceof S3Exception answer
                    && (answer.statusCode() == 412 || answer.statusCode() == 409);
            Owner owner = refused ? owner(key) : ownerAfter(e, key);
            if (owner == Owner.THIS) {
                return Optional.of(true);
            }
            if (!refused) {
                throw e;
            }
            // A conflict without an object means that somebody is writing it, who may yet fail.
            return owner == Owner.OTHER ? Optional.of(false) : Optional.empty();
        }
    }

    /** Asks the server, which alone knows if an attempt whose answer was lost for good wrote. */
    private Owner ownerAfter(SdkException failure, String key) {
        try {
            return owner(key);
        } catch (SdkException e) {
            failure.addSuppressed(e);
            return Owner.NOBODY;
        }
    }

    /** Fetches the whole object, because the answer to a HEAD request does not show that its headers were cut. */
    private Owner owner(String key) {
        try {
            String found = requests.get(key).response().metadata().get(TOKEN);
            return token.equals(found) ? Owner.THIS : Owner.OTHER;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Owner.NOBODY;
            }
            throw e;
        }
    }

    private enum Owner { THIS, OTHER, NOBODY }
}
