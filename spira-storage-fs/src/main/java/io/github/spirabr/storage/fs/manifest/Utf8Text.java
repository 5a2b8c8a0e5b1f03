package io.github.spirabr.storage.fs.manifest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Decodes UTF-8 and tells which lines are none. */
final class Utf8Text {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8Text() {}

    /**
     * Decodes a text with or without a byte-order mark.
     *
     * @param faults receives one sentence for each line with malformed bytes; these become U+FFFD, so
     *     that the other lines can still be checked
     */
    static String decode(byte[] bytes, List<String> faults) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        LineCounter lines = new LineCounter(bytes);
        long lastFaultyLine = 0;
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            long line = lines.lineAt(in.position());
            if (line != lastFaultyLine) {
                faults.add("line " + line + ": has the byte 0x"
                        + HexFormat.of().withUpperCase().toHexDigits(bytes[in.position()]) + ", which is not UTF-8"
                        + "; save the manifest in the encoding UTF-8");
                lastFaultyLine = line;
            }
            in.position(in.position() + result.length());
            out.put('\uFFFD');
            result = decoder.decode(in, out, true);
        }
        decoder.flush(out);
        out.flip();
        String text = out.toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /** Counts lines up to growing positions. */
    private static final class LineCounter {

        private final byte[] bytes;
        private int counted;
        private long line = 1;

        private LineCounter(byte[] bytes) {
            this.bytes = bytes;
        }

        private long lineAt(int position) {
            for (; counted < position; counted++) {
                if (bytes[counted] == '\n' || bytes[counted] == '\r' && bytes[counted + 1] != '\n') {
                    line++;
                }
            }
            return line;
        }
    }
}
