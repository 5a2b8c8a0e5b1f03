package io.github.spirabr.core.audio;

import java.time.Duration;
import java.util.List;

/**
 * The format that a waveform was decoded from.
 *
 * @param codec FFmpeg's name of the codec, such as {@code pcm_s16le}, {@code flac} or {@code opus}
 * @param sampleRate the rate before resampling, in hertz
 * @param channels the number of channels in the source
 * @param duration of what was decoded, with silence that was filled in; not what a header promised
 * @param notes findings about the sound, such as holes that were filled; empty if it is whole
 */
public record SourceFormat(String codec, int sampleRate, int channels, Duration duration, List<SoundNote> notes) {

    /** Copies the list. */
    public SourceFormat {
        notes = List.copyOf(notes);
    }

    /** A format of which nothing is to be noted. */
    public SourceFormat(String codec, int sampleRate, int channels, Duration duration) {
        this(codec, sampleRate, channels, duration, List.of());
    }
}
