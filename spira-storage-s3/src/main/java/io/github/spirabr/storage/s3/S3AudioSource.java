package io.github.spirabr.storage.s3;

import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The encoded bytes of a recording in a bucket, which are streamed and not copied. Immutable and
 * thread-safe. A connection that breaks while they are read is resumed where it broke.
 */
public final class S3AudioSource implements AudioSource {

    private final S3Connection connection;
    private final String key;
    private final @Nullable String tag;

    private S3AudioSource(S3Connection connection, String key, @Nullable String tag) {
        this.connection = connection;
        this.key = key;
        this.tag = tag;
    }

    /**
     * Returns the source of an object, which is not requested before {@link #open()}.
     *
     * @param connection stays open while the source is used
     * @param key key of the object
     */
    public static S3AudioSource of(S3Connection connection, String key) {
        return new S3AudioSource(connection, key, null);
    }

    static S3AudioSource listed(S3Connection connection, String key, String tag) {
        return new S3AudioSource(connection, key, tag);
    }

    /** Returns the object's address, such as {@code s3://bucket/key}. */
    @Override
    public String name() {
        return "s3://" + connection.bucket().name() + "/" + key;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException if there is no such object, it was replaced since it was listed, or the server
     *     does not answer
     */
    @Override
    public InputStream open() throws IOException {
        return ResumedStream.open(connection, key, tag);
    }

    /** Returns the object's entity tag: that of the listing it comes from; otherwise the server is asked. */
    @Override
    public Optional<String> version() throws IOException {
        if (tag != null) {
            return Optional.of(tag);
        }
        try {
            return Optional.of(connection.requests().head(key).eTag());
        } catch (NoSuchKeyException e) {
            throw new IOException("there is no object " + name(), e);
        } catch (SdkException e) {
            throw new IOException(connection.bucket().sentence(name() + " could not be read", e), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof S3AudioSource that && name().equals(that.name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    @Override
    public String toString() {
        return "S3AudioSource[" + name() + "]";
    }
}
