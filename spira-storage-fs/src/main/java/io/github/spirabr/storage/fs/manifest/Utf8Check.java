package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Finds the lines of a text that are not UTF-8. Used once, by one thread. */
final class Utf8Check {

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
    private final CharBuffer unused = CharBuffer.allocate(1 << 16);
    private final FaultList faults;
    private int counted;
    private boolean afterReturn;
    private long line = 1;
    private long lastFaultyLine;

    /**
     * Creates an instance that has read nothing.
     *
     * @param faults receives one sentence for each line with malformed bytes
     */
    Utf8Check(FaultList faults) {
        this.faults = faults;
    }

    void read(InputStream text) throws IOException {
        boolean ended = false;
        while (!ended) {
            int count = text.read(in.array(), in.position(), in.remaining());
            ended = count < 0;
            in.position(in.position() + Math.max(0, count)).flip();
            decode(ended);
            countLines(in.position());
            in.compact();
            counted = 0;
        }
    }

    private void decode(boolean ended) {
        CoderResult result = decoder.decode(in, unused.clear(), ended);
        while (result.isError()) {
            countLines(in.position());
            if (line != lastFaultyLine) {
                faults.add("lines that are not UTF-8", "line " + line, "has the byte 0x"
                        + HexFormat.of().withUpperCase().toHexDigits(in.get(in.position())) + ", which is not UTF-8"
                        + "; save the manifest in the encoding UTF-8, or set encoding");
                lastFaultyLine = line;
            }
            in.position(in.position() + result.length());
            result = decoder.decode(in, unused.clear(), ended);
        }
    }

    /** Counts lines up to a position of the buffer. */
    private void countLines(int position) {
        for (; counted < position; counted++) {
            byte one = in.get(counted);
            line += one == '\r' || one == '\n' && !afterReturn ? 1 : 0;
            afterReturn = one == '\r';
        }
    }
}
