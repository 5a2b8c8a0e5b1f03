package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelRepositoryException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Finds out whether a server keeps the conditions of writes, without which two processes would not see each other. */
final class ConditionalWrites {

    private static final String CHECK = ".conditional-write-check";

    private final S3Client client;
    private final SmallObjects objects;
    private final Bucket bucket;
    private final String key;
    private volatile boolean claimsSeen;
    private volatile boolean replacementsSeen;

    /**
     * @param prefix of the keys, ending with '/', or empty; an object to try with is kept there
     */
    ConditionalWrites(S3Client client, SmallObjects objects, Bucket bucket, String prefix) {
        this.client = client;
        this.objects = objects;
        this.bucket = bucket;
        this.key = prefix + CHECK;
    }

    /** Two claims of one object: of these, a server that keeps conditional writes refuses the second. */
    void requireClaims() {
        if (claimsSeen) {
            return;
        }
        byte[] content = {'{', '}', '\n'};
        boolean claimed = new VersionClaim(client, objects, bucket.name()).write(key, content);
        if (claimed && new VersionClaim(client, objects, bucket.name()).write(key, content)) {
            throw new ModelRepositoryException("the server of bucket " + bucket.name() + " at " + bucket.server()
                    + " ignores conditional writes (If-None-Match), so that two processes could save one version"
                    + "; use a server that keeps them");
        }
        claimsSeen = true;
    }

    /** A server that keeps conditions refuses to replace an object that is not there with this tag. */
    void requireReplacements() {
        if (replacementsSeen) {
            return;
        }
        requireClaims();
        try {
            client.putObject(request -> request.bucket(bucket.name()).key(key)
                    .ifMatch("\"00000000000000000000000000000000\""), RequestBody.fromString("{}\n"));
        } catch (S3Exception e) {
            if (e.statusCode() == 412 || e.statusCode() == 404) {
                replacementsSeen = true;
                return;
            }
            throw e;
        }
        throw new ModelRepositoryException("the server of bucket " + bucket.name() + " at " + bucket.server()
                + " ignores conditional writes (If-Match), so that moves of an alias could be lost"
                + "; use a server that keeps them");
    }
}
