package io.github.spirabr.core.internal.store;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The form in which adapters store the features of one recording, little-endian: the number of windows; of each window its frames, its
 * features and its values, frame after frame. Integers and floats have 32 bits.
 */
public final class FeatureBlock {

    private FeatureBlock() {}

    /** Returns the size of a block, in bytes. */
    public static long size(List<FeatureMatrix> windows) {
        long size = Integer.BYTES;
        for (FeatureMatrix window : windows) {
            size += 2L * Integer.BYTES + (long) Float.BYTES * window.frames() * window.features();
        }
        return size;
    }

    /** Writes a block from the buffer's position on, and moves it behind. */
    public static void write(List<FeatureMatrix> windows, ByteBuffer buffer) {
        buffer.order(ByteOrder.LITTLE_ENDIAN).putInt(windows.size());
        for (FeatureMatrix window : windows) {
            float[] values = window.toArray();
            buffer.putInt(window.frames()).putInt(window.features());
            buffer.asFloatBuffer().put(values);
            buffer.position(buffer.position() + Float.BYTES * values.length);
        }
    }

    /**
     * Reads a block that fills the buffer.
     *
     * @throws IllegalArgumentException if it is not such a block
     */
    public static List<FeatureMatrix> read(ByteBuffer block) {
        ByteBuffer bytes = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        require(bytes.remaining() >= Integer.BYTES);
        int count = bytes.getInt();
        require(count >= 1 && count <= bytes.remaining() / (2 * Integer.BYTES));
        List<FeatureMatrix> windows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            require(bytes.remaining() >= 2 * Integer.BYTES);
            int frames = bytes.getInt();
            int features = bytes.getInt();
            require(frames >= 1 && features >= 1 && (long) frames * features <= bytes.remaining() / Float.BYTES);
            float[] values = new float[frames * features];
            bytes.asFloatBuffer().get(values);
            bytes.position(bytes.position() + Float.BYTES * values.length);
            windows.add(FeatureMatrix.of(frames, features, values));
        }
        require(!bytes.hasRemaining());
        return windows;
    }

    private static void require(boolean sound) {
        if (!sound) {
            throw new IllegalArgumentException("it is not a block of features");
        }
    }

    /** Returns the CRC-32C of a block that fills the buffer: 8 hexadecimal digits. */
    public static String crc32c(ByteBuffer block) {
        CRC32C checksum = new CRC32C();
        checksum.update(block.duplicate());
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }
}
