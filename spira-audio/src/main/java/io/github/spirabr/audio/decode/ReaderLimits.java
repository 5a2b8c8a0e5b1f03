package io.github.spirabr.audio.decode;

import java.time.Duration;

/**
 * What a reader refuses to go beyond.
 *
 * @param bytes encoded
 * @param duration decoded
 * @param channels in the source
 * @param sampleRate of the source, in hertz
 * @param time that decoding may take
 */
record ReaderLimits(int bytes, Duration duration, int channels, int sampleRate, Duration time) {}
