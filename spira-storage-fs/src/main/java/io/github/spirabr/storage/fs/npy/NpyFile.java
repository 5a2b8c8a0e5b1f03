package io.github.spirabr.storage.fs.npy;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes features as NumPy's {@code .npy} files, which {@code numpy.load} reads: format 1.0, 32-bit floats,
 * little-endian, C order. A file appears whole or not at all, and replaces one of the same name. Stateless, safe for
 * any number of threads.
 */
public final class NpyFile {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;
    private static final int BUFFER_BYTES = 1 << 16;

    private NpyFile() {}

    /**
     * Writes one matrix, as an array of shape (frames, features).
     *
     * @param file file, in a folder that is there
     * @throws NpyException if it cannot be written
     */
    public static void write(Path file, FeatureMatrix matrix) {
        write(file, header(matrix.frames(), matrix.features()), List.of(matrix));
    }

    /**
     * Writes a recording's windows, as an array of shape (windows, frames, features).
     *
     * @param file file, in a folder that is there
     * @param windows at least one, all of one shape
     * @throws IllegalArgumentException if there is no window, or one of another shape
     * @throws NpyException if it cannot be written
     */
    public static void write(Path file, List<FeatureMatrix> windows) {
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("there are no windows to write to " + file);
        }
        FeatureMatrix first = windows.get(0);
        for (int w = 1; w < windows.size(); w++) {
            FeatureMatrix window = windows.get(w);
            if (window.frames() != first.frames() || window.features() != first.features()) {
                throw new IllegalArgumentException("the windows of an array are of one shape, but window 0 has "
                        + first.frames() + " frames x " + first.features() + " features, and window " + w + " has "
                        + window.frames() + " x " + window.features());
            }
        }
        write(file, header(windows.size(), first.frames(), first.features()), windows);
    }

    private static void write(Path file, byte[] header, List<FeatureMatrix> matrices) {
        // Of a length of its own, so that every name that the file may have can be written.
        Path draft = file.resolveSibling(".spira-" + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                writeFully(channel, ByteBuffer.wrap(header));
                for (FeatureMatrix matrix : matrices) {
                    writeValues(channel, matrix);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new NpyException("features could not be written to " + file + ": " + e
                    + (String.valueOf(e.getMessage()).contains("name too long")
                            ? "; choose a shorter name" : "; check the folder, its permissions and the free space"), e);
        } finally {
            deleteQuietly(draft);
        }
    }

    private static void writeValues(FileChannel channel, FeatureMatrix matrix) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int t = 0; t < matrix.frames(); t++) {
            for (int k = 0; k < matrix.features(); k++) {
                if (!bytes.hasRemaining()) {
                    writeFully(channel, bytes.flip());
                    bytes.clear();
                }
                bytes.putFloat(matrix.value(t, k));
            }
        }
        writeFully(channel, bytes.flip());
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Returns magic, version, the dictionary's length in two bytes, the dictionary, spaces and a line end: a multiple of 64. */
    private static byte[] header(int... shape) {
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': ("
                + Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", ")) + "), }";
        int prefix = MAGIC.length + Short.BYTES;
        int unpadded = prefix + dictionary.length() + 1;
        int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) (length - prefix))
                .put(dictionary.getBytes(StandardCharsets.US_ASCII));
        header[length - 1] = '\n';
        return header;
    }

    private static void deleteQuietly(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // A hidden file stays; the failure that led here matters more.
            return;
        }
    }
}
