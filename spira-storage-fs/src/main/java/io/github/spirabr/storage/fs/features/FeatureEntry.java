package io.github.spirabr.storage.fs.features;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The file of an entry, little-endian: {@code "SPIRAFC"} and the format's version, 1; the key, 32
 * bytes; the number of windows; of each window its frames, its features and its values, frame after
 * frame; the SHA-256 of all that. Integers and floats have 32 bits.
 */
final class FeatureEntry {

    private static final byte[] MAGIC = {'S', 'P', 'I', 'R', 'A', 'F', 'C', 1};
    private static final int KEY_BYTES = 32;
    private static final int SHA256_BYTES = 32;
    private static final int FRAME_BYTES = MAGIC.length + KEY_BYTES + Integer.BYTES + SHA256_BYTES;

    private FeatureEntry() {}

    /** Returns the size of the file, in bytes. */
    static long size(List<FeatureMatrix> windows) {
        long size = FRAME_BYTES;
        for (FeatureMatrix window : windows) {
            size += 2L * Integer.BYTES + (long) Float.BYTES * window.frames() * window.features();
        }
        return size;
    }

    /**
     * Writes an entry of the cache.
     *
     * @param windows whose {@link #size} is that of an array
     */
    static byte[] write(String key, List<FeatureMatrix> windows) {
        byte[] file = new byte[Math.toIntExact(size(windows))];
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put(HexFormat.of().parseHex(key)).putInt(windows.size());
        for (FeatureMatrix window : windows) {
            float[] values = window.toArray();
            bytes.putInt(window.frames()).putInt(window.features());
            bytes.asFloatBuffer().put(values);
            bytes.position(bytes.position() + Float.BYTES * values.length);
        }
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
        ByteBuffer bytes = ByteBuffer.wrap(file, 0, content).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length);
        byte[] storedKey = new byte[KEY_BYTES];
        bytes.get(storedKey);
        require(HexFormat.of().formatHex(storedKey).equals(key));
        int count = bytes.getInt();
        require(count >= 1 && count <= bytes.remaining() / (2 * Integer.BYTES));
        List<FeatureMatrix> windows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            windows.add(window(bytes));
        }
        require(!bytes.hasRemaining());
        return windows;
    }

    private static FeatureMatrix window(ByteBuffer bytes) {
        require(bytes.remaining() >= 2 * Integer.BYTES);
        int frames = bytes.getInt();
        int features = bytes.getInt();
        require(frames >= 1 && features >= 1 && (long) frames * features <= bytes.remaining() / Float.BYTES);
        float[] values = new float[frames * features];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + Float.BYTES * values.length);
        return FeatureMatrix.of(frames, features, values);
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
