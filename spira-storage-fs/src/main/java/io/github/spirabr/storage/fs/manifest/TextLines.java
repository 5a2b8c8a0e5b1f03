package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Cuts a text in UTF-8, plain or compressed by gzip, into lines. The text is never in memory as a whole. Used once, by one
 * thread.
 */
final class TextLines {

    private static final String UNREADABLE = "unreadable lists";
    private static final int LONGEST = 1 << 24;
    private static final int LONGEST_FIRST = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String list;
    private final Receiver receiver;
    private final FaultList faults;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private byte[] buffer = new byte[1 << 16];
    private int end;
    private long number;
    private boolean complete = true;

    /** A user of lines. */
    interface Receiver {

        /**
         * Takes a line.
         *
         * @param bytes UTF-8; changed after the return
         * @param offset offset of the line's first byte
         * @param length length of the line without its end, at least 1
         * @throws FaultyLineException if the line gives no row; the next one is read then
         */
        void take(Place place, byte[] bytes, int offset, int length) throws FaultyLineException;
    }

    private TextLines(String list, Receiver receiver, FaultList faults) {
        this.list = list;
        this.receiver = receiver;
        this.faults = faults;
    }

    /**
     * Passes on all lines that are not blank, without a byte-order mark.
     *
     * @param list name of the file in messages; empty if there is no other
     * @param faults receives a sentence for each line that is faulty or no text, and one for a file that could not be read to
     *     its end
     * @return whether all lines were taken
     */
    static boolean read(AudioSource file, String list, Receiver lines, FaultList faults) {
        try (InputStream in = open(file)) {
            TextLines text = new TextLines(list, lines, faults);
            return text.read(in) && text.complete;
        } catch (NoSuchFileException e) {
            faults.add(UNREADABLE, list, "there is no such file; correct the list's path");
        } catch (AccessDeniedException e) {
            faults.add(UNREADABLE, list, "the list could not be read: permission denied; change its permissions");
        } catch (EOFException e) {
            faults.add(UNREADABLE, list, "the compressed list ends early; copy or write it again");
        } catch (ZipException e) {
            faults.add(UNREADABLE, list, "the list must be compressed by gzip, but its bytes are not (" + e.getMessage()
                    + "); copy or write it again, or remove .gz from its name if it is plain text");
        } catch (IOException e) {
            faults.add(UNREADABLE, list, "the list could not be read (" + e.getMessage() + "); it must be a text file");
        }
        return false;
    }

    /**
     * The beginning of a text.
     *
     * @param line first line that is not blank, without a byte-order mark; only its beginning if it is very long
     * @param compressed true if the text is compressed by gzip
     */
    record First(byte[] line, boolean compressed) {}

    /**
     * Returns the beginning of a text.
     *
     * @throws IOException if the file cannot be read
     */
    static First first(AudioSource file) throws IOException {
        try (InputStream in = open(file)) {
            byte[] start = in.readNBytes(LONGEST_FIRST);
            int from = startsWithMark(start, 0, start.length) ? BYTE_ORDER_MARK.length : 0;
            while (from < start.length && Character.isWhitespace(start[from])) {
                from++;
            }
            int to = from;
            while (to < start.length && start[to] != '\n') {
                to++;
            }
            return new First(Arrays.copyOfRange(start, from, to), in instanceof GZIPInputStream);
        }
    }

    private static boolean startsWithMark(byte[] bytes, int from, int to) {
        int end = from + BYTE_ORDER_MARK.length;
        return end <= to && Arrays.equals(bytes, from, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private static InputStream open(AudioSource file) throws IOException {
        InputStream in = new BufferedInputStream(file.open(), 1 << 16);
        try {
            in.mark(2);
            boolean compressed = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            return compressed || file.name().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Returns whether the text was read to its end. */
    private boolean read(InputStream in) throws IOException {
        int start = 0;
        int scanned = 0;
        boolean ended = false;
        while (!ended) {
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                scanned -= start;
                end -= start;
                start = 0;
            }
            if (end == LONGEST) {
                faults.add("lines that are too long", new Place(list, number + 1).toString(), "must be at most " + LONGEST
                        + " bytes, but is longer; write each row on a line of its own");
                return false;
            }
            if (end == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(LONGEST, 2 * buffer.length));
            }
            int count = in.read(buffer, end, buffer.length - end);
            ended = count < 0;
            end += Math.max(0, count);
            for (; scanned < end; scanned++) {
                if (buffer[scanned] == '\n') {
                    if (!line(start, scanned)) {
                        return false;
                    }
                    start = scanned + 1;
                }
            }
        }
        return start == end || line(start, end);
    }

    /** Returns whether the file may be read on. */
    private boolean line(int from, int to) {
        number++;
        int first = number == 1 && startsWithMark(buffer, from, to) ? from + BYTE_ORDER_MARK.length : from;
        boolean blank = true;
        boolean ascii = true;
        for (int i = first; i < to; i++) {
            byte one = buffer[i];
            if (one == 0) {
                faults.add("lists that are no text", new Place(list, number).toString(), "has a byte 0, which no text in UTF-8"
                        + " has; save the list in the encoding UTF-8, or correct its path");
                return false;
            }
            blank &= one == ' ' || one == '\t' || one == '\r';
            ascii &= one > 0;
        }
        if (!blank && (ascii || isText(first, to))) {
            Place place = new Place(list, number);
            try {
                receiver.take(place, buffer, first, to - first);
            } catch (FaultyLineException e) {
                e.addTo(faults, place);
                complete = false;
            }
        }
        return true;
    }

    private boolean isText(int from, int to) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, from, to - from);
        CoderResult result = decoder.reset().decode(bytes, CharBuffer.allocate(to - from), true);
        if (result.isError()) {
            faults.add("lines that are not UTF-8", new Place(list, number).toString(), "has the byte 0x"
                    + HexFormat.of().withUpperCase().toHexDigits(buffer[bytes.position()])
                    + ", which is not UTF-8; save the list in the encoding UTF-8");
            complete = false;
        }
        return !result.isError();
    }
}
