package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.javacpp.PointerScope;

/**
 * Reads the headers of audio files without decoding them; the formats are those of {@link FfmpegAudioReader}. It reads no
 * more than 4 MiB behind a file's tags, and of a larger MP4 the index, wherever it stands. Thread-safe.
 */
public final class FfmpegHeaders {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private FfmpegHeaders() {}

    /**
     * Reads a header.
     *
     * @param recording the id that a failure names
     * @return the format; its duration is the length that the header states, and zero where it states none: raw AAC, AMR,
     *     WAV of unknown length, and Ogg of more than 4 MiB. Of a part it is the part's length, which such files need not state,
     *     and zero for a part that begins beyond the end
     * @throws AudioException if this is no audio file, or cannot be reached
     */
    @SuppressWarnings("try") // the scope frees what is allocated within it, and needs no more
    public static SourceFormat read(String recording, AudioSource source) {
        FfmpegLibrary.prepare();
        HeaderBytes header = HeaderBytes.load(recording, source);
        Refusals refusals = new Refusals(recording);
        Deadline deadline = new Deadline(LONGEST, refusals);
        try (PointerScope scope = new PointerScope();
                Container container = new Container(header.bytes(), deadline, refusals)) {
            Container.AudioStream stream = container.audioStream();
            AVCodecParameters parameters = stream.stream().codecpar();
            double seconds = container.statedSeconds(stream, header.whole());
            return new SourceFormat(stream.codec(), parameters.sample_rate(), parameters.ch_layout().nb_channels(),
                    length(source.part(), Duration.ofNanos(Math.round(seconds * 1e9))));
        }
    }

    private static Duration length(AudioPart part, Duration stated) {
        if (stated.isZero()) {
            return part.duration().orElse(stated);
        }
        Duration rest = stated.minus(part.offset());
        Duration length = part.duration().filter(duration -> duration.compareTo(rest) < 0).orElse(rest);
        return length.isNegative() ? Duration.ZERO : length;
    }
}
