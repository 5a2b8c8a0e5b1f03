package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.recording.AudioSource;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The part of a file that holds its header.
 *
 * @param bytes the beginning, behind tags; of MP4 its atoms without the samples
 * @param whole whether these are all bytes behind the tags
 */
record HeaderBytes(byte[] bytes, boolean whole) {

    private static final int LOOKED_AT = 4 << 20;
    private static final int LARGEST_INDEX = 64 << 20;
    private static final Set<String> FIRST_ATOMS = Set.of("ftyp", "moov", "mdat", "wide", "free", "skip");

    /**
     * Reads it.
     *
     * @throws AudioException if the source cannot be reached or is empty
     */
    static HeaderBytes load(String recording, AudioSource source) {
        try (InputStream in = source.open()) {
            byte[] bytes = in.readNBytes(LOOKED_AT);
            if (bytes.length == 0) {
                throw new AudioException(recording, Reason.EMPTY, source.name() + " is empty (0 bytes)", null);
            }
            long tags = Tags.id3Length(bytes, 0);
            if (tags >= bytes.length && bytes.length == LOOKED_AT) {
                in.skipNBytes(tags - bytes.length);
                bytes = in.readNBytes(LOOKED_AT);
            }
            boolean whole = bytes.length < LOOKED_AT || in.available() == 0 && in.read() < 0;
            return whole || !FIRST_ATOMS.contains(name(bytes, 4))
                    ? new HeaderBytes(bytes, whole)
                    : new HeaderBytes(index(source), true);
        } catch (EOFException e) {
            throw new AudioException(recording, Reason.CORRUPT,
                    "its ID3 tag goes on beyond its end; the file was cut short", e);
        } catch (IOException | UncheckedIOException e) {
            throw new AudioException(recording, Reason.UNREACHABLE, source.name() + " could not be read: " + e, e);
        }
    }

    /** Reads the atoms of an MP4 file up to its index, and passes over the samples, whose index may stand behind them. */
    private static byte[] index(AudioSource source) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try (InputStream in = source.open()) {
            boolean found = false;
            byte[] header = in.readNBytes(8);
            while (header.length == 8 && !found) {
                long size = ByteBuffer.wrap(header).getInt() & 0xffffffffL;
                byte[] wide = size == 1 ? in.readNBytes(8) : new byte[0];
                long content = (wide.length == 8 ? ByteBuffer.wrap(wide).getLong() - 8 : size) - 8;
                if (content < 0) {
                    // Either it goes on to the end of the file, or it is no atom.
                    break;
                }
                if (name(header, 4).equals("mdat") || content > LARGEST_INDEX - kept.size()) {
                    skip(in, content);
                } else {
                    kept.write(header);
                    kept.write(wide);
                    kept.write(in.readNBytes((int) content));
                }
                found = name(header, 4).equals("moov");
                header = in.readNBytes(8);
            }
        }
        return kept.toByteArray();
    }

    private static void skip(InputStream in, long count) throws IOException {
        long left = count;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped <= 0) {
                if (in.read() < 0) {
                    return;
                }
                skipped = 1;
            }
            left -= skipped;
        }
    }

    private static String name(byte[] bytes, int at) {
        return at + 4 > bytes.length ? "" : new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }
}
