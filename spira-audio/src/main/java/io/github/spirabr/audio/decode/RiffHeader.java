package io.github.spirabr.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a WAV file's header says of the file's size; FFmpeg quietly takes the real one in its place. */
final class RiffHeader {

    private static final int RIFF = 0x46464952;
    private static final int WAVE = 0x45564157;
    /** Programs that write to a pipe put a number near the largest signed or unsigned one. */
    private static final long LARGEST_MEANT = 0x7fff0000L;

    private RiffHeader() {}

    /** The size that the header promises, in bytes; 0 if this is no WAV file, or its size is not known. */
    static long promisedBytes(byte[] file) {
        if (file.length < 12) {
            return 0;
        }
        ByteBuffer header = ByteBuffer.wrap(file, 0, 12).order(ByteOrder.LITTLE_ENDIAN);
        long size = header.getInt(4) & 0xffffffffL;
        boolean wav = header.getInt(0) == RIFF && header.getInt(8) == WAVE;
        return wav && size < LARGEST_MEANT ? size + 8 : 0;
    }
}
