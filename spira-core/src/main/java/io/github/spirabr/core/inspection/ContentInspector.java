package io.github.spirabr.core.inspection;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

/** An inspector of the encoded bytes alone, which finds equal recordings. Stateless. */
public final class ContentInspector implements RecordingInspector {

    @Override
    public RecordingFacts inspect(Recording recording) {
        return new RecordingFacts(recording, digest(recording), "", Duration.ZERO, Map.of(), Map.of());
    }

    /**
     * Returns the SHA-256 of the encoded bytes, in lower-case hexadecimal; of a part of a file, a SHA-256 of that and of the
     * part.
     *
     * @throws AudioException if they cannot be read
     */
    public static String digest(Recording recording) {
        try (InputStream in = recording.audio().open()) {
            return Parts.content(Sha256.hex(in), recording.audio().part());
        } catch (IOException e) {
            throw new AudioException(recording.id(), AudioException.Reason.UNREACHABLE,
                    "its bytes could not be read (" + e + ")", e);
        }
    }
}
