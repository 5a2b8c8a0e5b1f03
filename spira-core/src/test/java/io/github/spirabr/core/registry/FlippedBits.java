package io.github.spirabr.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.SpiraException;
import java.util.function.Function;

/** Changes each bit of a document. */
public final class FlippedBits {

    private FlippedBits() {}

    /** Makes sure that each of the documents is refused with a failure of the library. */
    public static void areRefused(byte[] document, Function<byte[], ?> reader) {
        int refused = 0;
        for (int bit = 0; bit < 8 * document.length; bit++) {
            byte[] changed = document.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                Object read = reader.apply(changed);
                assertThat(read).as("bit %d of byte %d, %s", bit % 8, bit / 8, (char) document[bit / 8]).isNull();
            } catch (SpiraException e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(8 * document.length);
    }
}
