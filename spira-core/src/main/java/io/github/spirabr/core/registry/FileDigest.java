package io.github.spirabr.core.registry;

import io.github.spirabr.core.internal.Sha256;

/**
 * The size and digest of a stored file.
 *
 * @param size in bytes
 * @param sha256 of the content, 64 lower-case hexadecimal digits
 */
public record FileDigest(long size, String sha256) {

    /** Returns the digest of a content. */
    public static FileDigest of(byte[] content) {
        return new FileDigest(content.length, Sha256.hex(content));
    }
}
