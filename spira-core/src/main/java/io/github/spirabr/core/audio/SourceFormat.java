package io.github.spirabr.core.audio;

import java.time.Duration;

/**
 * What a waveform was decoded from.
 *
 * @param codec the decoder's name of the codec, such as {@code pcm_s16le}, {@code flac} or {@code opus}
 * @param sampleRate the rate before resampling, in hertz
 * @param channels the number of channels before they were mixed to one
 * @param duration of what was really decoded, not what a header promised
 */
public record SourceFormat(String codec, int sampleRate, int channels, Duration duration) {}
