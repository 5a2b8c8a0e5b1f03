package io.github.spirabr.storage.fs.features;

import io.github.spirabr.core.internal.store.FeatureBlock;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The file of an entry: {@code "SPIRAFC"} and the format's version, 1; the key, 32 bytes; the windows as a {@link FeatureBlock};
 * the SHA-256 of all that.
 */
final class FeatureEntry {

    private static final byte[] MAGIC = {'S', 'P', 'I', 'R', 'A', 'F', 'C', 1};
    private static final int KEY_BYTES = 32;
    private static final int SHA256_BYTES = 32;
    private static final int FRAME_BYTES = MAGIC.length + KEY_BYTES + SHA256_BYTES;

    private FeatureEntry() {}

    /** Returns the size of the file, in bytes. */
    static long size(List<FeatureMatrix> windows) {
        return FRAME_BYTES + FeatureBlock.size(windows);
    }

    /**
     * Writes an entry of the cache.
     *
     * @param windows windows whose {@link #size} is that of an array
     */
    static byte[] write(String key, List<FeatureMatrix> windows) {
        byte[] file = new byte[Math.toIntExact(size(windows))];
        ByteBuffer bytes = ByteBuffer.wrap(file);
        bytes.put(MAGIC).put(HexFormat.of().parseHex(key));
        FeatureBlock.write(windows, bytes);
        bytes.put(sha256(file, bytes.position()));
        return file;
    }

    /**
     * Reads an entry of the cache.
     *
     * @throws IllegalArgumentException if the file is not what was written for this key
     */
    static List<FeatureMatrix> read(String key, byte[] file) {
        int content = file.length - SHA256_BYTES;
        require(file.length >= FRAME_BYTES && Arrays.equals(MAGIC, 0, MAGIC.length, file, 0, MAGIC.length));
        require(Arrays.equals(sha256(file, content), Arrays.copyOfRange(file, content, file.length)));
        ByteBuffer bytes = ByteBuffer.wrap(file, 0, content).position(MAGIC.length);
        byte[] storedKey = new byte[KEY_BYTES];
        bytes.get(storedKey);
        require(HexFormat.of().formatHex(storedKey).equals(key));
        return FeatureBlock.read(bytes);
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw new IllegalArgumentException("this is not the entry that was written");
        }
    }

    private static byte[] sha256(byte[] file, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(file, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java platform must have", e);
        }
    }
}
