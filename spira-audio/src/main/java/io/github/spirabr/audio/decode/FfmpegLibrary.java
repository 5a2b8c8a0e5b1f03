package io.github.spirabr.audio.decode;

import org.bytedeco.ffmpeg.global.avutil;

/** What is known of the FFmpeg that {@link FfmpegAudioReader} uses. Stateless and thread-safe. */
public final class FfmpegLibrary {

    private FfmpegLibrary() {}

    /**
     * Its version, such as {@code 8.1.2}; loads it.
     *
     * @throws LinkageError if there is none for this platform
     */
    public static String version() {
        return avutil.av_version_info().getString();
    }
}
