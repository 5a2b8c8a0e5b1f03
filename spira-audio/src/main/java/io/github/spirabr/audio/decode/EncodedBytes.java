package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;

/** Loads the encoded bytes of a source, up to a limit. */
final class EncodedBytes {

    private EncodedBytes() {}

    static byte[] load(String recording, AudioSource source, int limit) {
        byte[] bytes;
        try (InputStream in = source.open()) {
            bytes = in.readNBytes(limit);
            if (bytes.length == limit && in.read() >= 0) {
                throw new AudioException(recording, Reason.TOO_LARGE,
                        source.name() + " has more than " + limit + " bytes, the reader's limit", null);
            }
        } catch (NoSuchFileException e) {
            throw new AudioException(recording, Reason.UNREACHABLE, "there is no file " + e.getFile(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new AudioException(recording, Reason.UNREACHABLE, source.name() + " could not be read: " + e, e);
        }
        if (bytes.length == 0) {
            throw new AudioException(recording, Reason.EMPTY, source.name() + " is empty (0 bytes)", null);
        }
        return bytes;
    }
}
