package io.github.spirabr.audio.decode;

import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Encoded bytes for tests. */
final class Sources {

    private Sources() {}

    static AudioSource of(byte[] bytes) {
        return AudioSource.ofBytes("bytes", bytes);
    }

    /** A file that make_codec_fixtures.sh made. */
    static byte[] fixture(String name) {
        try (InputStream in = Sources.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The three tones that the fixtures hold. */
    static double tones(double seconds) {
        return 0.2 * Math.sin(2 * Math.PI * 300 * seconds)
                + 0.1 * Math.sin(2 * Math.PI * 1000 * seconds)
                + 0.05 * Math.sin(2 * Math.PI * 2500 * seconds);
    }
}
