package io.github.spirabr.core.internal;

import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;

/** Recordings that are parts of files. */
public final class Parts {

    private static final Duration TO_THE_END = Duration.ofSeconds(Long.MAX_VALUE);

    private Parts() {}

    /**
     * Returns the identity of a part's sound.
     *
     * @param file the identity of the file's bytes, such as their SHA-256
     * @return {@code file} itself for a whole file, else a SHA-256 in lower-case hexadecimal
     */
    public static String content(String file, AudioPart part) {
        return part.isWhole() ? file : Sha256.hex(file + '\n' + part);
    }

    /** Returns the time at which a part ends; a longer one than any for a part that goes on to the end of its file. */
    public static Duration end(AudioPart part) {
        return part.duration().map(part.offset()::plus).orElse(TO_THE_END);
    }

    /** Returns the recording of the whole file that a recording is, or is a part of. */
    public static Recording whole(Recording recording) {
        return recording.audio().part().isWhole() ? recording : new Recording(
                recording.id(), recording.subject(), recording.label(), recording.metadata(), recording.audio().whole());
    }
}
