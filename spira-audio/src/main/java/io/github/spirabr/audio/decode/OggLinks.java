package io.github.spirabr.audio.decode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The links of a chained Ogg file: streams that begin behind the pages of others. FFmpeg goes on only into its own codec. */
final class OggLinks {

    private static final int HEADER = 27;
    private static final int BEGINS = 2;
    private static final Map<String, String> CODECS =
            Map.of("OpusHead", "opus", "\u0001vorbis", "vorbis", "\u007fFLAC", "flac", "Speex", "speex");

    private OggLinks() {}

    /** Returns the codecs of the streams that begin behind the first ones, in their order; empty if this is no Ogg file. */
    static List<String> codecs(byte[] file) {
        List<String> codecs = new ArrayList<>();
        boolean data = false;
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
                codecs.add(codec(file, payload));
            }
            data |= !begins;
            at = end;
        }
        return codecs;
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
