package io.github.spirabr.storage.s3;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes an object of any size, of which only a few parts are in memory. The object is there when it is
 * completed; closed before that, the upload is aborted. Used by one thread.
 */
final class MultipartUpload implements AutoCloseable {

    /** The size of each part but the last; a server takes 10,000 of them. */
    static final int PART_BYTES = 8 << 20;

    private static final int UPLOADERS = 4;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final String id;
    private final ExecutorService uploaders = Executors.newFixedThreadPool(UPLOADERS, runnable -> {
        Thread thread = new Thread(runnable, "spira-upload");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<byte[]> free = new ArrayDeque<>();
    private final Deque<Upload> running = new ArrayDeque<>();
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] part = new byte[PART_BYTES];
    private int filled;
    private int number;
    private long size;
    private boolean completed;

    private record Upload(Future<CompletedPart> result, byte[] part) {}

    private MultipartUpload(S3Client client, String bucket, String key, String id) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.id = id;
    }

    static MultipartUpload begin(S3Client client, String bucket, String key) {
        String id = client.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
        return new MultipartUpload(client, bucket, key, id);
    }

    /** An upload that was begun, and neither completed nor aborted. */
    record Unfinished(String key, String id, Instant begun) {}

    static List<Unfinished> unfinished(S3Client client, String bucket, String prefix) {
        List<Unfinished> unfinished = new ArrayList<>();
        client.listMultipartUploadsPaginator(request -> request.bucket(bucket).prefix(prefix)).uploads()
                .forEach(upload -> unfinished.add(new Unfinished(upload.key(), upload.uploadId(), upload.initiated())));
        return unfinished;
    }

    /** Takes all that remains in the buffer. */
    void write(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), part.length - filled);
            bytes.get(part, filled, count);
            filled += count;
            if (filled == part.length) {
                send();
            }
        }
    }

    /** The bytes written so far. */
    long size() {
        return size + filled;
    }

    private void send() {
        byte[] content = part;
        int length = filled;
        int partNumber = ++number;
        running.add(new Upload(uploaders.submit(() -> upload(content, length, partNumber)), content));
        size += length;
        filled = 0;
        if (running.size() > UPLOADERS) {
            await(running.remove());
        }
        part = free.isEmpty() ? new byte[PART_BYTES] : free.remove();
    }

    private CompletedPart upload(byte[] content, int length, int partNumber) {
        String tag = client.uploadPart(
                request -> request.bucket(bucket).key(key).uploadId(id).partNumber(partNumber)
                        .contentMD5(md5(content, length)),
                RequestBody.fromContentProvider(
                        () -> new ByteArrayInputStream(content, 0, length), length, "application/octet-stream"))
                .eTag();
        return CompletedPart.builder().partNumber(partNumber).eTag(tag).build();
    }

    private static String md5(byte[] content, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(content, 0, length);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5, which every Java platform must have", e);
        }
    }

    private void await(Upload upload) {
        try {
            parts.add(upload.result.get());
            free.add(upload.part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("the thread was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SdkException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Sends what is left, and makes the object appear.
     *
     * @throws SdkException if that fails; then it is not there
     */
    void complete() {
        if (filled > 0) {
            send();
        }
        while (!running.isEmpty()) {
            await(running.remove());
        }
        try {
            client.completeMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id)
                    .multipartUpload(upload -> upload.parts(parts)));
        } catch (S3Exception e) {
            // An attempt whose answer was lost may have completed it.
            if (e.statusCode() != 404 || !isThere()) {
                throw e;
            }
        }
        completed = true;
    }

    private boolean isThere() {
        try {
            return client.headObject(request -> request.bucket(bucket).key(key)).contentLength() == size;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    /** Aborts the upload, unless it is completed. What cannot be aborted is left for cleaning. */
    @Override
    public void close() {
        uploaders.shutdownNow();
        if (completed) {
            return;
        }
        try {
            // A part that arrived after the abort would stay.
            if (!uploaders.awaitTermination(1, TimeUnit.MINUTES)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id));
        } catch (SdkException e) {
            // The failure that led here matters more.
            return;
        }
    }
}
