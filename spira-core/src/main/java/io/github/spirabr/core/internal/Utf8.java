package io.github.spirabr.core.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of documents in UTF-8, of which no byte is replaced. */
final class Utf8 {

    private Utf8() {}

    /**
     * Returns the text.
     *
     * @throws IllegalArgumentException if the bytes are no UTF-8
     */
    static String decode(byte[] content) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }
}
