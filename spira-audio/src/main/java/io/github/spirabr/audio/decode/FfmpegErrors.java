package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** The results of FFmpeg's functions in words. */
final class FfmpegErrors {

    private FfmpegErrors() {}

    /** Returns FFmpeg's words for an error code. */
    static String text(int code) {
        byte[] message = new byte[128];
        av_strerror(code, message, message.length);
        int end = 0;
        while (end < message.length && message[end] != 0) {
            end++;
        }
        return new String(message, 0, end, StandardCharsets.US_ASCII);
    }

    static <P extends Pointer> P requireMemory(@Nullable P allocated) {
        if (allocated == null || allocated.isNull()) {
            throw new OutOfMemoryError("FFmpeg could not allocate memory");
        }
        return allocated;
    }
}
