package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;

import org.bytedeco.ffmpeg.global.avutil;

/** The FFmpeg libraries that {@link FfmpegAudioReader} uses. Stateless and thread-safe. */
public final class FfmpegLibrary {

    /** Sizes in a file's header are not believed beyond this; the filters from 384 kHz to a little above 1 kHz take 207 MB. */
    static final long MOST_BYTES_AT_ONCE = 256L << 20;

    private FfmpegLibrary() {}

    /**
     * Returns FFmpeg's version, such as {@code 8.1.2}, and loads the library.
     *
     * @throws LinkageError if there is none for this platform
     */
    public static String version() {
        return avutil.av_version_info().getString();
    }

    /** Silences FFmpeg's log and bounds each of its allocations, for the whole process. */
    static void prepare() {
        // Exceptions report damaged files; thousands of lines on the console would say no more.
        av_log_set_level(AV_LOG_QUIET);
        av_max_alloc(MOST_BYTES_AT_ONCE);
    }
}
