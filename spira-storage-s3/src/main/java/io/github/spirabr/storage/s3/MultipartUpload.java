package io.github.spirabr.storage.s3;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An upload of an object of any size, of which only a few parts are in memory. The object is there when the upload is
 * completed; closed before that, the upload is aborted. Used by one thread.
 */
final class MultipartUpload implements AutoCloseable {

    /** The size of each part but the last; a server takes 10,000 of them. */
    static final int PART_BYTES = 8 << 20;

    private static final int UPLOADERS = 4;

    private final BucketRequests requests;
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

    private MultipartUpload(BucketRequests requests, String key, String id) {
        this.requests = requests;
        this.key = key;
        this.id = id;
    }

    /**
     * Begins an upload.
     *
     * @param key key that no other upload uses
     */
    static MultipartUpload begin(BucketRequests requests, String key) {
        return new MultipartUpload(requests, key, requests.beginUpload(key));
    }

    /** Writes all that remains in the buffer. */
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

    /** Returns the number of bytes written so far. */
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
        return requests.uploadPart(key, id, partNumber, md5(content, length), RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content, 0, length), length, "application/octet-stream"));
    }

    private static String md5(byte[] content, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(content, 0, length);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 must be available on every Java platform, but was not found", e);
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
            requests.completeUpload(key, id, parts);
        } catch (S3Exception e) {
            // An attempt whose answer was lost may have completed it.
            if (e.statusCode() != 404 || !isThere()) {
                throw e;
            }
        }
        completed = true;
    }

    /** Fetches the last byte, because the answer to a HEAD request does not show that its headers were cut. */
    private boolean isThere() {
        try {
            return requests.range(key, size - 1, 1).length == 1;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    /** Aborts the upload, unless it is completed. An upload that cannot be aborted is left for cleaning. */
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
            requests.abortUpload(key, id);
        } catch (SdkException e) {
            // The failure that led here matters more.
            return;
        }
    }
}
