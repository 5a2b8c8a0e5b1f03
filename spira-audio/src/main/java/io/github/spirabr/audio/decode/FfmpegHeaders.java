package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.javacpp.PointerScope;

/**
 * What the headers of audio files say, without decoding them; the formats are those of {@link FfmpegAudioReader}. Of a
 * larger file no more than the first 4 MiB are read, and its length is then told by WAV and FLAC alone. Thread-safe.
 */
public final class FfmpegHeaders {

    private static final int LOOKED_AT = 4 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private FfmpegHeaders() {}

    /**
     * Reads a header.
     *
     * @param recording the id that a failure names
     * @return what it says; the duration is what it promises, and zero if it says nothing of it
     * @throws AudioException if this is no audio file, or cannot be reached
     */
    @SuppressWarnings("try") // the scope frees what is allocated within it, and needs no more
    public static SourceFormat read(String recording, AudioSource source) {
        av_log_set_level(AV_LOG_QUIET);
        byte[] bytes;
        boolean whole;
        try (InputStream in = source.open()) {
            bytes = in.readNBytes(LOOKED_AT);
            whole = bytes.length < LOOKED_AT || in.read() < 0;
        } catch (IOException e) {
            throw new AudioException(recording, AudioException.Reason.UNREACHABLE, source.name() + " cannot be read: " + e, e);
        }
        if (bytes.length == 0) {
            throw new AudioException(recording, AudioException.Reason.EMPTY, source.name() + " is empty (0 bytes)", null);
        }
        Refusals refusals = new Refusals(recording);
        Deadline deadline = new Deadline(LONGEST, refusals);
        try (PointerScope scope = new PointerScope(); Container container = new Container(bytes, deadline, refusals)) {
            Container.AudioStream stream = container.audioStream();
            AVCodecParameters parameters = stream.stream().codecpar();
            String codec = avcodec_get_name(parameters.codec_id()).getString();
            boolean tellsItsLength = whole || codec.equals("flac") || codec.startsWith("pcm_");
            double seconds = tellsItsLength ? container.promisedSeconds(stream, 0) : 0;
            return new SourceFormat(codec, parameters.sample_rate(), parameters.ch_layout().nb_channels(),
                    Duration.ofNanos(Math.round(seconds * 1e9)));
        }
    }
}
