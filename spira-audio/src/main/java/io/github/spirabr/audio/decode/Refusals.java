package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import java.util.Locale;

/**
 * The maker of the exceptions of one recording.
 *
 * @param recording its id
 */
record Refusals(String recording) {

    /**
     * Makes an exception.
     *
     * @param detail a format for {@link String#format}, without the recording's id
     */
    AudioException of(Reason reason, String detail, Object... arguments) {
        return new AudioException(recording, reason, String.format(Locale.ROOT, detail, arguments), null);
    }
}
