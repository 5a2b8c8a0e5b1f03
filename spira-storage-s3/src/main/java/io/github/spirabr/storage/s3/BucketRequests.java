package io.github.spirabr.storage.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The requests to a bucket: each is repeated by the {@link RetryPolicy}, and an answer without the fields that every S3
 * server gives counts as none. Such an answer comes from a gateway, or was cut on its way: the SDK takes an empty body for
 * an empty listing, and the JDK's client takes headers that end early for all that there are. Thread-safe.
 */
final class BucketRequests {

    private static final int NO_CONTENT = 204;

    private final S3Client client;
    private final String bucket;
    private final RetryPolicy policy;

    BucketRequests(S3Client client, String bucket, RetryPolicy policy) {
        this.client = client;
        this.bucket = bucket;
        this.policy = policy;
    }

    RetryPolicy policy() {
        return policy;
    }

    /**
     * Returns what the server says of an object: its ETag, size and time.
     *
     * @throws NoSuchKeyException if there is no such object
     */
    HeadObjectResponse head(String key) {
        return policy.call(left -> {
            HeadObjectResponse head =
                    client.headObject(request -> limited(request.bucket(bucket).key(key), left));
            requireTag(head.eTag());
            require(head.contentLength(), "Content-Length");
            require(head.lastModified(), "Last-Modified");
            return head;
        });
    }

    /** Returns true if there is an object of this key. */
    boolean isThere(String key) {
        try {
            head(key);
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    /**
     * Returns a whole object.
     *
     * @throws NoSuchKeyException if there is no such object
     */
    ResponseBytes<GetObjectResponse> get(String key) {
        return policy.call(left -> whole(client.getObjectAsBytes(
                request -> limited(request.bucket(bucket).key(key), left))));
    }

    /** Returns a part of an object; shorter if the object ends before. */
    byte[] range(String key, long offset, int length) {
        return policy.call(left -> {
            ResponseBytes<GetObjectResponse> part = client.getObjectAsBytes(request -> limited(request
                    .bucket(bucket).key(key).range("bytes=" + offset + "-" + (offset + length - 1)), left));
            requireRange(part.response(), offset);
            return whole(part).asByteArrayUnsafe();
        });
    }

    /**
     * Opens the content of an object.
     *
     * @param tag tag that the object must have; null for any
     * @param from the first byte
     */
    ResponseInputStream<GetObjectResponse> open(String key, @Nullable String tag, long from) {
        return policy.call(left -> {
            ResponseInputStream<GetObjectResponse> content = client.getObject(request -> {
                limited(request.bucket(bucket).key(key).ifMatch(tag), left);
                if (from > 0) {
                    request.range("bytes=" + from + "-");
                } else {
                    request.checksumMode(ChecksumMode.ENABLED);
                }
            });
            try {
                requireTag(content.response().eTag());
                require(content.response().contentLength(), "Content-Length");
                if (from > 0) {
                    requireRange(content.response(), from);
                }
                return content;
            } catch (RuntimeException e) {
                content.abort();
                throw e;
            }
        });
    }

    /** Checks that a content is whole; then its headers, which come first, are whole too. */
    private static ResponseBytes<GetObjectResponse> whole(ResponseBytes<GetObjectResponse> object) {
        requireTag(object.response().eTag());
        long length = require(object.response().contentLength(), "Content-Length");
        if (object.asByteArrayUnsafe().length != length) {
            throw Bucket.unreadable("it has " + object.asByteArrayUnsafe().length + " of " + length + " bytes");
        }
        return object;
    }

    private static void requireRange(GetObjectResponse part, long offset) {
        if (!require(part.contentRange(), "Content-Range").startsWith("bytes " + offset + "-")) {
            throw Bucket.unreadable("it has the bytes '" + part.contentRange() + "', but those from " + offset
                    + " were asked for");
        }
    }

    /**
     * Puts an object.
     *
     * @param more conditions, metadata and checksums
     * @return its ETag
     */
    String put(String key, byte[] content, Consumer<PutObjectRequest.Builder> more) {
        return policy.call(left -> requireTag(client.putObject(request -> {
            limited(request.bucket(bucket).key(key), left);
            more.accept(request);
        }, RequestBody.fromBytes(content)).eTag()));
    }

    /** Deletes an object; does nothing if there is none. */
    void delete(String key) {
        policy.call(left -> {
            int status = client.deleteObject(request -> limited(request.bucket(bucket).key(key), left))
                    .sdkHttpResponse().statusCode();
            if (status != NO_CONTENT && isThere(key)) {
                throw Bucket.unreadable("it says HTTP " + status + " to a deletion, but the object is there");
            }
            return status;
        });
    }

    /** Passes each object whose key begins with the prefix to the action, in the order of the keys. */
    void objects(String prefix, Consumer<S3Object> action) {
        pages(prefix, null, page -> page.contents().forEach(action));
    }

    /** Returns the names between a prefix, which ends with '/' or is empty, and the next '/' of all keys. */
    List<String> folders(String prefix) {
        List<String> folders = new ArrayList<>();
        pages(prefix, "/", page -> page.commonPrefixes().stream()
                .map(CommonPrefix::prefix)
                .map(folder -> folder.substring(prefix.length(), folder.length() - 1))
                .forEach(folders::add));
        return folders;
    }

    private void pages(String prefix, @Nullable String delimiter, Consumer<ListObjectsV2Response> action) {
        String token = null;
        do {
            ListObjectsV2Response page = page(prefix, delimiter, token);
            action.accept(page);
            token = page.isTruncated() ? page.nextContinuationToken() : null;
        } while (token != null);
    }

    private ListObjectsV2Response page(String prefix, @Nullable String delimiter, @Nullable String token) {
        return policy.call(left -> {
            ListObjectsV2Response page = client.listObjectsV2(request -> limited(request.bucket(bucket)
                    .prefix(prefix).delimiter(delimiter).continuationToken(token), left));
            require(page.name(), "Name");
            if (require(page.isTruncated(), "IsTruncated")
                    && require(page.nextContinuationToken(), "NextContinuationToken").equals(token)) {
                throw Bucket.unreadable("it is the page before");
            }
            for (S3Object object : page.contents()) {
                require(object.key(), "Key");
                require(object.lastModified(), "LastModified");
                requireTag(object.eTag());
            }
            page.commonPrefixes().forEach(common -> require(common.prefix(), "Prefix"));
            return page;
        });
    }

    /**
     * Begins an upload in parts.
     *
     * @return its id
     */
    String beginUpload(String key) {
        return policy.call(left -> require(
                client.createMultipartUpload(request -> limited(request.bucket(bucket).key(key), left)).uploadId(),
                "UploadId"));
    }

    /** Uploads a part, whose MD5 in Base64 the server checks. */
    CompletedPart uploadPart(String key, String upload, int number, String md5, RequestBody content) {
        String tag = policy.call(left -> requireTag(client.uploadPart(request -> limited(request
                .bucket(bucket).key(key).uploadId(upload).partNumber(number).contentMD5(md5), left), content).eTag()));
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    /** Makes an upload the object of its key. */
    void completeUpload(String key, String upload, List<CompletedPart> parts) {
        policy.call(left -> requireTag(client.completeMultipartUpload(request -> limited(request
                .bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)), left)).eTag()));
    }

    /** Aborts an upload; does nothing if there is none. */
    void abortUpload(String key, String upload) {
        try {
            policy.call(left -> client.abortMultipartUpload(
                    request -> limited(request.bucket(bucket).key(key).uploadId(upload), left)));
        } catch (S3Exception e) {
            if (e.statusCode() != 404) {
                throw e;
            }
        }
    }

    /** Returns the uploads that were begun, and neither completed nor aborted. */
    List<MultipartUpload> uploads(String prefix) {
        List<MultipartUpload> uploads = new ArrayList<>();
        String key = null;
        String upload = null;
        boolean more = true;
        while (more) {
            ListMultipartUploadsResponse page = uploads(prefix, key, upload);
            uploads.addAll(page.uploads());
            key = page.nextKeyMarker();
            upload = page.nextUploadIdMarker();
            more = page.isTruncated();
        }
        return uploads;
    }

    private ListMultipartUploadsResponse uploads(String prefix, @Nullable String key, @Nullable String upload) {
        return policy.call(left -> {
            ListMultipartUploadsResponse page = client.listMultipartUploads(request -> limited(request
                    .bucket(bucket).prefix(prefix).keyMarker(key).uploadIdMarker(upload), left));
            require(page.bucket(), "Bucket");
            if (require(page.isTruncated(), "IsTruncated")) {
                require(page.nextKeyMarker(), "NextKeyMarker");
            }
            for (MultipartUpload each : page.uploads()) {
                require(each.key(), "Key");
                require(each.uploadId(), "UploadId");
                require(each.initiated(), "Initiated");
            }
            return page;
        });
    }

    private static void limited(AwsRequest.Builder request, Optional<Duration> left) {
        left.ifPresent(time -> request.overrideConfiguration(configuration -> configuration.apiCallTimeout(time)));
    }

    private static <T> T require(@Nullable T field, String name) {
        if (field == null) {
            throw Bucket.unreadable("it has no " + name);
        }
        return field;
    }

    private static String requireTag(@Nullable String tag) {
        String whole = require(tag, "ETag");
        if (whole.isEmpty() || whole.startsWith("\"") && (whole.length() == 1 || !whole.endsWith("\""))) {
            throw Bucket.unreadable("its ETag is cut");
        }
        return whole;
    }
}
