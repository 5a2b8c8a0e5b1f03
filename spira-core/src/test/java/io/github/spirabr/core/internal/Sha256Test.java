package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** FIPS 180-2, appendix B.1. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void theSameBytesHaveTheSameHashHoweverTheyCome() throws IOException {
        byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);

        assertThat(Sha256.hex(abc)).isEqualTo(OF_ABC);
        assertThat(Sha256.hex("abc")).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(Stream.of("a", "", "bc"))).isEqualTo(OF_ABC);
        assertThat(Sha256.hex(new ByteArrayInputStream(abc))).isEqualTo(OF_ABC);
    }

    @Test
    void textIsHashedInUtf8() {
        assertThat(Sha256.hex("ã")).isEqualTo(Sha256.hex(new byte[] {(byte) 0xC3, (byte) 0xA3}));
    }
}
