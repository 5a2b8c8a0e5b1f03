package io.github.spirabr.storage.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a manifest knows of a file of the artifact; its SHA-256 is also its object's name.
 *
 * @param size in bytes
 * @param sha256 of the content, 64 lower-case hexadecimal digits
 */
record StoredFile(long size, String sha256) {

    static StoredFile of(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new StoredFile(content.length, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java platform must have", e);
        }
    }
}
