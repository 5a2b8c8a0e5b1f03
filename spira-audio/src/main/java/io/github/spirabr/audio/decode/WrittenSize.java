package io.github.spirabr.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the headers of WAV, RF64 and W64 say of the file's size; FFmpeg quietly takes the real one in its place. */
final class WrittenSize {

    private static final int RIFF = 0x46464952;
    private static final int RF64 = 0x34364652;
    private static final int RIFF_IN_W64 = 0x66666972;
    private static final int WAVE = 0x45564157;
    private static final int DS64 = 0x34367364;
    /** Programs that write to a pipe put a number near the largest signed or unsigned one. */
    private static final long LARGEST_OF_32_BITS = 0x7fff0000L;
    /** In RF64 and W64, more than this is no size either. */
    private static final long LARGEST_OF_64_BITS = 1L << 48;

    private WrittenSize() {}

    /** The size that the header promises, in bytes; 0 if this is none of these files, or the size is not known. */
    static long of(byte[] file) {
        if (file.length < 40) {
            return 0;
        }
        ByteBuffer header = ByteBuffer.wrap(file, 0, 40).order(ByteOrder.LITTLE_ENDIAN);
        int name = header.getInt(0);
        if (name == RIFF && header.getInt(8) == WAVE) {
            return known((header.getInt(4) & 0xffffffffL) + 8, LARGEST_OF_32_BITS);
        }
        if (name == RF64 && header.getInt(8) == WAVE && header.getInt(12) == DS64) {
            return known(header.getLong(20) + 8, LARGEST_OF_64_BITS);
        }
        return name == RIFF_IN_W64 ? known(header.getLong(16), LARGEST_OF_64_BITS) : 0;
    }

    private static long known(long size, long largest) {
        return size > 0 && size < largest ? size : 0;
    }
}
