package io.github.spirabr.audio.decode;

import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The header of an uncompressed WAV file and the samples that a part of it needs, so that a few seconds of a long file cost
 * what they cost alone.
 *
 * @param bytes the header with the file's sizes, and the samples
 * @param firstSample the place of these samples in the file
 * @param rate rate of the file, in hertz
 */
record WavExcerpt(byte[] bytes, long firstSample, int rate) {

    /** Above the rates of all recorders, in hertz; places of samples are computed with it. */
    private static final int MOST_RATE = 1_000_000;
    private static final int LOOKED_AT = 1 << 16;

    /**
     * Reads an excerpt.
     *
     * @param limit the most bytes of a file
     * @return empty if the whole file is needed: it is of another kind, its header states no length, the part goes on to its
     *     end, or not all of the part is there
     */
    static Optional<WavExcerpt> read(AudioSource source, int to, int limit, Refusals refusals) {
        AudioPart part = source.part();
        if (part.duration().isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = source.open()) {
            byte[] head = in.readNBytes(LOOKED_AT);
            Optional<RiffLayout> found = RiffLayout.of(head);
            if (found.isEmpty() || found.get().bytesPerSecond() == 0 || found.get().rate() < ReaderLimits.LEAST_SAMPLE_RATE
                    || found.get().rate() > MOST_RATE) {
                return Optional.empty();
            }
            RiffLayout layout = found.get();
            Slice slice = Slice.of(part, layout.rate(), to, refusals);
            long first = slice.firstNeeded() * layout.frame();
            long end = slice.endNeeded() * layout.frame();
            if (layout.declared() < end || layout.data() + layout.declared() > limit) {
                return Optional.empty();
            }
            byte[] bytes = new byte[(int) (layout.data() + end - first)];
            System.arraycopy(head, 0, bytes, 0, layout.data());
            return fill(bytes, layout.data(), head, layout.data() + first, in)
                    ? Optional.of(new WavExcerpt(bytes, slice.firstNeeded(), layout.rate())) : Optional.empty();
        } catch (IOException e) {
            // Reading the whole file fails as well, and is told with its reason.
            return Optional.empty();
        }
    }

    /**
     * Fills the rest of an array with the bytes of a file from a place on; returns whether they are there.
     *
     * @param head the beginning of the file
     * @param in stream behind it
     */
    private static boolean fill(byte[] bytes, int from, byte[] head, long place, InputStream in) throws IOException {
        int known = (int) Math.max(0, Math.min(head.length - place, bytes.length - from));
        if (known > 0) {
            System.arraycopy(head, (int) place, bytes, from, known);
        } else {
            in.skipNBytes(Math.max(0, place - head.length));
        }
        int missing = bytes.length - from - known;
        return in.readNBytes(bytes, from + known, missing) == missing;
    }
}
