package io.github.spirabr.storage.fs.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of features that is mapped into memory, piece by piece as it is read: the system keeps in
 * memory what it has room for. Thread-safe.
 */
final class FeatureFile implements AutoCloseable {

    /** Distance between pieces, which are twice as long, so that each block lies in one piece. */
    static final long PIECE = 1 << 29;

    private final FileChannel channel;
    private final long size;
    private final @Nullable ByteBuffer[] pieces;

    private FeatureFile(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
        this.pieces = new ByteBuffer[Math.toIntExact(size / PIECE + 1)];
    }

    static FeatureFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new FeatureFile(channel, channel.size());
    }

    long size() {
        return size;
    }

    /**
     * Maps a part of the file into memory.
     *
     * @param length at most {@link #PIECE}
     */
    ByteBuffer block(long offset, long length) throws IOException {
        int number = Math.toIntExact(offset / PIECE);
        return piece(number).slice(Math.toIntExact(offset - number * PIECE), Math.toIntExact(length));
    }

    private synchronized ByteBuffer piece(int number) throws IOException {
        if (!channel.isOpen()) {
            throw new IllegalStateException("the data set was closed");
        }
        ByteBuffer known = pieces[number];
        if (known != null) {
            return known;
        }
        long start = number * PIECE;
        ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(2 * PIECE - 1, size - start));
        pieces[number] = mapped;
        return mapped;
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
        Arrays.fill(pieces, null);
    }
}
