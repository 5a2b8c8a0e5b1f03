package io.github.spirabr.core.audio;

import java.time.Duration;
import java.util.List;

/**
 * The format that a waveform was decoded from.
 *
 * @param codec FFmpeg's name of the codec, such as {@code pcm_s16le}, {@code flac} or {@code opus}
 * @param sampleRate the rate before resampling, in hertz
 * @param channels the number of channels in the source
 * @param duration duration of the decoded sound, including inserted silence; not the duration stated in a header
 * @param notes findings about the sound, such as holes that were filled; empty if it is whole
 */
public record SourceFormat(String codec, int sampleRate, int channels, Duration duration, List<SoundNote> notes) {

    /** Copies the list. */
    public SourceFormat {
        notes = List.copyOf(notes);
    }

    /** Creates a format without notes. */
    public SourceFormat(String codec, int sampleRate, int channels, Duration duration) {
        this(codec, sampleRate, channels, duration, List.of());
    }
}
