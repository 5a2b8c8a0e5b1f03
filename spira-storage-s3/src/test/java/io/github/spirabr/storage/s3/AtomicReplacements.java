package io.github.spirabr.storage.s3;

import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Makes the check of {@code If-Match} and the write one step, as S3 has it: the store in memory checks
 * first and writes later, so that two that replace one object could both be told that they did.
 */
final class AtomicReplacements extends ForwardingBlobStore {

    private final Object lock = new Object();

    AtomicReplacements(BlobStore store) {
        super(store);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        if (request.ifMatch() == null) {
            return super.putBlob(request, content);
        }
        synchronized (lock) {
            HeadObjectResponse current = blobMetadataIfPresent(request.bucket(), request.key());
            if (current == null || !unquoted(request.ifMatch()).equals(unquoted(current.eTag()))) {
                throw S3Exception.builder().statusCode(412).message("the object was replaced").build();
            }
            return super.putBlob(request.toBuilder().ifMatch(null).build(), content);
        }
    }

    private static String unquoted(String tag) {
        return tag.replace("\"", "");
    }
}
