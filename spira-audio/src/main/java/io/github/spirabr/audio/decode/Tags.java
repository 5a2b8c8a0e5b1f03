package io.github.spirabr.audio.decode;

import io.github.spirabr.audio.decode.RiffLayout.Chunks;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Titles, pictures and comments, which are kept from FFmpeg: it would believe the sizes in them, unpack what is compressed,
 * and look for the audio's format no further than the first mebibyte.
 */
final class Tags {

    private static final Set<String> WAVE = Set.of("fmt ", "fact", "ds64", "data");
    private static final Set<String> AIFF = Set.of("COMM", "SSND", "FVER", "wave");
    private static final Set<String> SAMPLES = Set.of("data", "SSND");
    /** Samples that the header does not declare seldom look like it. */
    private static final Pattern NAME = Pattern.compile("[ -~]{4}");
    private static final int ID3_HEADER = 10;
    private static final int FOOTER_FLAG = 0x10;

    private Tags() {}

    /** Returns the length of the ID3v2 tags that begin here; it may reach beyond the bytes. */
    static long id3Length(byte[] bytes, long place) {
        long end = place;
        while (end + ID3_HEADER <= bytes.length) {
            int at = (int) end;
            if (bytes[at] != 'I' || bytes[at + 1] != 'D' || bytes[at + 2] != '3' || bytes[at + 3] == -1) {
                break;
            }
            int size = 0;
            for (int i = 6; i < ID3_HEADER; i++) {
                if (bytes[at + i] < 0) {
                    return end - place;
                }
                size = size << 7 | bytes[at + i];
            }
            end += ID3_HEADER + size + ((bytes[at + 5] & FOOTER_FLAG) != 0 ? ID3_HEADER : 0);
        }
        return end - place;
    }

    /** Renames, in place, chunks of WAV, RIFX, RF64, W64 and AIFF files that hold neither the first samples nor their format. */
    static void hideChunks(byte[] file) {
        Chunks chunks = Chunks.of(file);
        Set<String> kept = chunks.isAiff() ? AIFF : WAVE;
        boolean samples = false;
        while (chunks.next()) {
            boolean known = kept.contains(chunks.name());
            if (samples && !known && !NAME.matcher(chunks.name()).matches()) {
                return;
            }
            if (!known || samples && chunks.isWave() && SAMPLES.contains(chunks.name())) {
                // FFmpeg would decode the last of several chunks of samples.
                chunks.hide();
            } else if (SAMPLES.contains(chunks.name())) {
                samples = true;
                if (chunks.size() == 0) {
                    // The samples go on to the end of the file.
                    return;
                }
            }
        }
    }
}
