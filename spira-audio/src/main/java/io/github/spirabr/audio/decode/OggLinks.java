package io.github.spirabr.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The links of a chained Ogg file: recordings one behind the other. FFmpeg does not always go on from one to the next. */
final class OggLinks {

    private static final int HEADER = 27;
    private static final int BEGINS = 2;
    private static final int OPUS_RATE = 48_000;
    private static final Map<String, String> CODECS =
            Map.of("OpusHead", "opus", "\u0001vorbis", "vorbis", "\u007fFLAC", "flac", "Speex", "speex");

    private OggLinks() {}

    /**
     * A link.
     *
     * @param start the place of its first page
     * @param codec FFmpeg's name
     * @param samples its length, by the position of its last page; in Opus always at 48 kHz
     */
    record Link(int start, String codec, long samples) {

        double seconds(int rate) {
            return (double) samples / (codec.equals("opus") ? OPUS_RATE : rate);
        }
    }

    /** Returns the links, in their order; empty if this is no Ogg file. */
    static List<Link> of(byte[] file) {
        List<Link> links = new ArrayList<>();
        boolean data = true;
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + HEADER <= file.length && text(file, at, 4).equals("OggS")) {
            int segments = file[at + 26] & 0xff;
            int payload = at + HEADER + segments;
            int end = payload;
            for (int i = at + HEADER; i < Math.min(payload, file.length); i++) {
                end += file[i] & 0xff;
            }
            boolean begins = (file[at + 5] & BEGINS) != 0;
            if (begins && data) {
                links.add(new Link(at, codec(file, payload), 0));
            }
            if (!links.isEmpty() && bytes.getLong(at + 6) > 0) {
                Link last = links.get(links.size() - 1);
                links.set(links.size() - 1, new Link(last.start(), last.codec(), bytes.getLong(at + 6)));
            }
            data = !begins;
            at = end;
        }
        return links;
    }

    /**
     * Returns the end of the links of the first one's codec; FFmpeg would give what follows to the wrong decoder.
     *
     * @param length length of the file
     */
    static int end(List<Link> links, int length) {
        return links.stream()
                .filter(link -> !link.codec().equals(links.get(0).codec()))
                .mapToInt(Link::start)
                .findFirst()
                .orElse(length);
    }

    private static String codec(byte[] file, int payload) {
        String magic = text(file, payload, 8);
        return CODECS.entrySet().stream()
                .filter(one -> magic.startsWith(one.getKey()))
                .map(Map.Entry::getValue)
                .findAny()
                .orElse("unknown");
    }

    private static String text(byte[] file, int at, int length) {
        int end = Math.min(file.length, at + length);
        return at >= end ? "" : new String(file, at, end - at, StandardCharsets.ISO_8859_1);
    }
}
