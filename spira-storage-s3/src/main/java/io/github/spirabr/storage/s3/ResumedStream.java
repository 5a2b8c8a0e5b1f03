package io.github.spirabr.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The content of an object as a stream. When the connection breaks, or ends before the object does, the rest of the same
 * version of the object is requested again. Used by one thread.
 */
final class ResumedStream extends InputStream {

    private final S3Connection connection;
    private final String key;
    private final String tag;
    private final long size;
    private ResponseInputStream<GetObjectResponse> stream;
    private long position;
    private long brokenAt = -1;
    private RetryPolicy.Tries tries;

    private ResumedStream(S3Connection connection, String key, ResponseInputStream<GetObjectResponse> stream) {
        this.connection = connection;
        this.key = key;
        this.stream = stream;
        this.tries = connection.requests().policy().begin();
        this.tag = stream.response().eTag();
        this.size = stream.response().contentLength();
    }

    /**
     * Opens an object.
     *
     * @param tag tag that the object must have; null for any
     */
    static ResumedStream open(S3Connection connection, String key, @Nullable String tag) throws IOException {
        return new ResumedStream(connection, key, request(connection, key, tag, 0));
    }

    private static ResponseInputStream<GetObjectResponse> request(
            S3Connection connection, String key, @Nullable String tag, long from) throws IOException {
        String address = "s3://" + connection.bucket().name() + "/" + key;
        try {
            return connection.requests().open(key, tag, from);
        } catch (NoSuchKeyException e) {
            throw new IOException("there is no object " + address + "; correct its key, or list the bucket again", e);
        } catch (S3Exception e) {
            if (e.statusCode() == 412) {
                throw new IOException(address + " was replaced since it was listed; list the bucket again", e);
            }
            throw new IOException(connection.bucket().sentence(address + " could not be read", e), e);
        } catch (SdkException e) {
            throw new IOException(connection.bucket().sentence(address + " could not be read", e), e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            IOException failure;
            try {
                int count = stream.read(target, offset, length);
                if (count > 0) {
                    position += count;
                    return count;
                }
                if (position >= size) {
                    return -1;
                }
                failure = new IOException("the connection ended at byte " + position + " of " + size);
            } catch (IOException e) {
                failure = e;
            } catch (SdkException e) {
                failure = new IOException(e);
            }
            resume(failure);
        }
    }

    /** Asks for the rest; a connection that broke further on than the last time has all attempts again. */
    private void resume(IOException failure) throws IOException {
        if (position > brokenAt) {
            tries = connection.requests().policy().begin();
            brokenAt = position;
        }
        stream.abort();
        try {
            if (position >= size) {
                throw failed(failure);
            }
            tries.after(SdkClientException.create("the connection broke", failure));
        } catch (AbortedException e) {
            throw new InterruptedIOException("the thread was interrupted");
        } catch (SdkException e) {
            throw failed(failure);
        }
        stream = request(connection, key, tag, position);
    }

    private IOException failed(IOException failure) {
        return new IOException("s3://" + connection.bucket().name() + "/" + key + " could not be read beyond byte "
                + position + " of " + size + ": " + failure.getMessage() + "; check the endpoint and the network", failure);
    }

    @Override
    public void close() throws IOException {
        if (position < size) {
            // Closing would read the rest first.
            stream.abort();
        }
        stream.close();
    }
}
