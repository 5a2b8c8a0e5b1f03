package io.github.spirabr.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The places of format and samples in a WAV, RIFX, RF64 or W64 file, and the length that its header declares; FFmpeg quietly
 * takes the real one in its place.
 *
 * @param extensible whether the format is WAVE_FORMAT_EXTENSIBLE
 * @param bigEndian whether the numbers are big-endian, as in RIFX
 * @param rate rate of the samples, in hertz, as far as an integer holds it
 * @param frame the bytes of a sample of all channels
 * @param bytesPerSecond bytes per second of the samples; 0 for compressed formats, whose headers seldom state it rightly
 * @param data the place of the first sample
 * @param declared the number of bytes of samples; -1 if the header does not know it
 */
record RiffLayout(
        boolean extensible, boolean bigEndian, int rate, int frame, long bytesPerSecond, int data, long declared) {

    private static final int W64_HEADER = 24;
    private static final int EXTENSIBLE = 0xfffe;
    /** The tags of PCM, floating point, A-law and mu-law. */
    private static final Set<Integer> UNCOMPRESSED = Set.of(1, 3, 6, 7, EXTENSIBLE);
    /** Programs that write to a pipe put this or a larger number, such as 2^31 - 1 or 2^32 - 1. */
    private static final long PLACEHOLDER = 2_000_000_000L - (1 << 16);
    /** The least number that is no size in RF64 and W64. */
    private static final long PLACEHOLDER_OF_64_BITS = 1L << 48;

    /**
     * Finds the layout.
     *
     * @param file file from its beginning; at least until its samples begin
     * @return empty if this is no such file, or its samples do not begin in these bytes
     */
    static Optional<RiffLayout> of(byte[] file) {
        Chunks chunks = Chunks.of(file);
        if (!chunks.isWave()) {
            return Optional.empty();
        }
        int format = -1;
        while (chunks.next()) {
            int at = chunks.content();
            String name = chunks.name();
            if (name.equals("fmt ") && at + 16 <= file.length) {
                format = at;
            } else if (name.equals("data")) {
                return format < 0 ? Optional.empty()
                        : Optional.of(of(chunks.bytes, format, at, declared(chunks.size(), chunks.isWide())));
            }
        }
        return Optional.empty();
    }

    private static RiffLayout of(ByteBuffer bytes, int format, int data, long declared) {
        int tag = bytes.getShort(format) & 0xffff;
        long rate = bytes.getInt(format + 4) & 0xffffffffL;
        int frame = bytes.getShort(format + 12) & 0xffff;
        return new RiffLayout(tag == EXTENSIBLE, bytes.order() == ByteOrder.BIG_ENDIAN,
                (int) Math.min(Integer.MAX_VALUE, rate), frame, UNCOMPRESSED.contains(tag) ? rate * frame : 0, data, declared);
    }

    private static long declared(long size, boolean wide) {
        return size > 0 && size < (wide ? PLACEHOLDER_OF_64_BITS : PLACEHOLDER) ? size : -1;
    }

    /** Returns whether the declared size is twice that of the samples that are there: a writer's mistake. */
    boolean isDoubled(int length) {
        return declared >= 0 && Math.abs(declared - 2L * (length - data)) <= 1;
    }

    /**
     * Returns the number of bytes behind the declared samples that are not decoded: those of further chunks of samples, or all
     * that are no chunks.
     */
    int undeclared(byte[] file) {
        if (declared < 0 || data + declared + declared % 2 >= file.length) {
            return 0;
        }
        int end = (int) (data + declared);
        Chunks chunks = Chunks.of(file);
        if (chunks.isAt(end) || chunks.isAt(end + 1)) {
            return further(chunks);
        }
        for (int i = end; i < file.length; i++) {
            if (file[i] != 0) {
                return file.length - end;
            }
        }
        return 0;
    }

    private int further(Chunks chunks) {
        long bytes = 0;
        while (chunks.next()) {
            if (chunks.name().equals("data") && chunks.content() > data) {
                bytes += Math.min(chunks.size(), chunks.file.length - chunks.content());
            }
        }
        return (int) bytes;
    }

    /** The chunks of a RIFF, RIFX, RF64, W64 or AIFF file, one after the other. Used by one thread. */
    static final class Chunks {

        private final byte[] file;
        private final ByteBuffer bytes;
        private final boolean wave;
        private final boolean w64;
        private final boolean aiff;
        private long position;
        private long size;
        private long following;
        /** The size of an RF64 file's samples, for which 32 bits are too few; -1 in other files. */
        private long sizeByDs64 = -1;
        private boolean wide;

        private Chunks(byte[] file, ByteOrder order, boolean wave, boolean w64, boolean aiff) {
            this.file = file;
            this.bytes = ByteBuffer.wrap(file).order(order);
            this.wave = wave;
            this.w64 = w64;
            this.aiff = aiff;
            this.following = w64 ? 40 : 12;
        }

        static Chunks of(byte[] file) {
            String form = text(file, 0);
            String kind = text(file, 8);
            boolean rifx = form.equals("RIFX");
            boolean wave = (form.equals("RIFF") || rifx || form.equals("RF64") || form.equals("BW64")) && kind.equals("WAVE");
            boolean w64 = form.equals("riff") && text(file, 24).equals("wave");
            boolean aiff = form.equals("FORM") && (kind.equals("AIFF") || kind.equals("AIFC"));
            ByteOrder order = aiff || rifx ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return new Chunks(file, order, wave || w64, w64, aiff);
        }

        /** Returns whether a chunk with a plausible name and size begins here, up to the end of the file. */
        boolean isAt(int place) {
            if (place + 8 > file.length) {
                return false;
            }
            for (int i = place; i < place + 4; i++) {
                if (file[i] < ' ' || file[i] > '~') {
                    return false;
                }
            }
            long size = bytes.getInt(place + 4) & 0xffffffffL;
            return place + 8 + size <= file.length;
        }

        boolean isWave() {
            return wave;
        }

        boolean isAiff() {
            return aiff;
        }

        /** Returns whether the size of the present chunk has 64 bits. */
        boolean isWide() {
            return w64 || wide;
        }

        /** Goes on to the next chunk whose header is in these bytes. */
        boolean next() {
            position = following;
            int header = w64 ? W64_HEADER : 8;
            if (!wave && !aiff || position + header > file.length) {
                return false;
            }
            int at = (int) position;
            if (w64) {
                size = bytes.getLong(at + 16) - W64_HEADER;
                if (size < 0 || size > Long.MAX_VALUE / 2) {
                    return false;
                }
                following = position + header + (size + 7) / 8 * 8;
            } else {
                size = bytes.getInt(at + 4) & 0xffffffffL;
                wide = name().equals("data") && size == 0xffffffffL && sizeByDs64 >= 0;
                if (wide) {
                    size = sizeByDs64;
                } else if (name().equals("ds64") && at + 24 <= file.length) {
                    sizeByDs64 = Math.max(-1, Math.min(Long.MAX_VALUE / 2, bytes.getLong(at + 16)));
                }
                following = position + header + size + size % 2;
            }
            return true;
        }

        String name() {
            return text(file, (int) position);
        }

        /** Returns the size of the chunk's content. */
        long size() {
            return size;
        }

        /** Returns the place of the chunk's content. */
        int content() {
            return (int) position + (w64 ? W64_HEADER : 8);
        }

        /** Gives the chunk a name that nothing knows. */
        void hide() {
            for (int i = 0; i < (w64 ? 16 : 4); i++) {
                file[(int) position + i] = (byte) (w64 ? 0 : "JUNK".charAt(i));
            }
        }

        private static String text(byte[] file, int at) {
            return at + 4 > file.length ? "" : new String(file, at, 4, StandardCharsets.ISO_8859_1);
        }
    }
}
