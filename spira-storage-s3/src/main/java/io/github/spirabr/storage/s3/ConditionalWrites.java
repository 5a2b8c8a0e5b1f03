package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelRepositoryException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A check that a server supports conditional writes, without which processes could overwrite each other's objects. */
final class ConditionalWrites {

    private static final String CHECK = ".conditional-write-check";
    private static final byte[] CONTENT = {'{', '}', '\n'};
    private static final String NO_TAG = "\"00000000000000000000000000000000\"";

    private final BucketRequests requests;
    private final SmallObjects objects;
    private final Bucket bucket;
    private final String key;
    private volatile boolean claimsSeen;
    private volatile boolean replacementsSeen;

    /**
     * Creates a check.
     *
     * @param prefix prefix of the keys, ending with '/', or empty; a test object is kept there
     */
    ConditionalWrites(BucketRequests requests, Bucket bucket, String prefix) {
        this.requests = requests;
        this.objects = new SmallObjects(requests);
        this.bucket = bucket;
        this.key = prefix + CHECK;
    }

    /** Claims one object twice: a server that supports conditional writes refuses the second claim. */
    void requireClaims() {
        if (claimsSeen) {
            return;
        }
        boolean claimed = new VersionClaim(requests).write(key, CONTENT);
        if (claimed && new VersionClaim(requests).write(key, CONTENT)) {
            throw ignored("If-None-Match", "two processes could save one version");
        }
        claimsSeen = true;
    }

    /** Replaces an object on condition of a tag that it does not have: a server that supports conditional writes refuses this. */
    void requireReplacements() {
        if (replacementsSeen) {
            return;
        }
        requireClaims();
        if (requests.policy().settle(this::isReplaced)) {
            throw ignored("If-Match", "moves of an alias could be lost");
        }
        replacementsSeen = true;
    }

    private Optional<Boolean> isReplaced() {
        try {
            objects.put(key, CONTENT, Map.of(), request -> request.ifMatch(NO_TAG));
            return Optional.of(true);
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case 412, 404 -> Optional.of(false);
                // Another process is trying the same.
                case 409 -> Optional.empty();
                default -> throw e;
            };
        }
    }

    private ModelRepositoryException ignored(String condition, String danger) {
        return new ModelRepositoryException("the server of bucket " + bucket.name() + " at " + bucket.server()
                + " ignores conditional writes (" + condition + "), so that " + danger + "; use a server that supports them");
    }
}
