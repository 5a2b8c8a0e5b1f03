package io.github.spirabr.core.internal.adapter;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.internal.Sha256;
import java.nio.ByteBuffer;

/** A digest of a waveform's samples. */
public final class SoundDigest {

    private SoundDigest() {}

    /**
     * Returns the SHA-256 of the samples, rounded to 16 bits, in lower-case hexadecimal: equal for lossless copies of
     * one recording, independent of their format.
     */
    public static String of(Waveform waveform) {
        ByteBuffer samples = ByteBuffer.allocate(Short.BYTES * waveform.length());
        for (int i = 0; i < waveform.length(); i++) {
            samples.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE,
                    Math.round(waveform.sample(i) * 32768))));
        }
        return Sha256.hex(samples.array());
    }
}
