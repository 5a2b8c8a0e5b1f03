package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avformat.AVPROBE_SCORE_RETRY;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_probe_input_buffer2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_match_list;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;

import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.AudioException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** The container of one recording: told apart by its bytes, opened, and its audio stream found. Used by one thread. */
final class Container implements AutoCloseable {

    /** The decoders that may run, in FFmpeg's names. */
    static final String CODECS = "flac,mp3,mp3float,mp2,mp2float,aac,aac_fixed,aac_latm,alac,opus,libopus,vorbis,"
            + "libvorbis,amrnb,amrwb,gsm,gsm_ms,speex,adpcm_ima_wav,adpcm_ima_qt,adpcm_ms,adpcm_g722,adpcm_g726,"
            + "pcm_alaw,pcm_mulaw,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_u16le,pcm_u16be,pcm_s24le,pcm_s24be,pcm_u24le,"
            + "pcm_u24be,pcm_s32le,pcm_s32be,pcm_u32le,pcm_u32be,pcm_s64le,pcm_s64be,pcm_f32le,pcm_f32be,pcm_f64le,"
            + "pcm_f64be";

    /** What may be opened: containers that hold their audio themselves, never lists of other files. */
    private static final String FORMATS =
            "wav,w64,flac,mp3,aac,mov,mp4,m4a,3gp,ogg,matroska,webm,amr,amrnb,amrwb,aiff,au,caf";

    private static final String KNOWN =
            "known are WAV, FLAC, MP3, AAC and M4A, Ogg with Opus or Vorbis, WebM, AMR, AIFF, AU and CAF";
    private static final int PROBE_BYTES = 1 << 20;
    private static final long ANALYSED_BYTES = 5_000_000;
    private static final NothingElse NOTHING_ELSE = MemoryInput.kept(new NothingElse());

    private final byte[] bytes;
    private final Deadline deadline;
    private final Refusals refusals;
    private final MemoryInput input;
    private final AVFormatContext context;
    private final double[] promised;

    /**
     * @throws AudioException if these bytes are no container that is known and allowed, or a broken one
     */
    Container(byte[] bytes, Deadline deadline, Refusals refusals) {
        this.bytes = bytes;
        this.deadline = deadline;
        this.refusals = refusals;
        this.input = new MemoryInput(bytes, deadline);
        boolean open = false;
        try {
            this.context = open();
            open = true;
        } finally {
            if (!open) {
                input.close();
            }
        }
        // Now, as FFmpeg then puts an estimate from the file's size in the header's place.
        this.promised = promised(context);
    }

    private AVFormatContext open() {
        AVInputFormat format = new AVInputFormat((Pointer) null);
        int score = av_probe_input_buffer2(input.context(), format, "", null, 0, PROBE_BYTES);
        deadline.require();
        if (score < 0 || format.isNull()) {
            throw refusals.of(Reason.NOT_AUDIO, "this is no audio file of a known format; %s", KNOWN);
        }
        String name = format.name().getString();
        String title = format.long_name().getString();
        if (av_match_list(name, FORMATS, (byte) ',') <= 0) {
            throw refusals.of(Reason.NOT_AUDIO, "this looks like %s (%s), which is not read; %s",
                    title, name, KNOWN);
        }
        AVFormatContext opened = FfmpegErrors.requireMemory(avformat_alloc_context());
        opened.pb(input.context());
        opened.flags(opened.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
        opened.probesize(ANALYSED_BYTES);
        // Else most of the time goes into looking for DTS in the packets of 16-bit WAV, which is not read anyway.
        opened.max_probe_packets(1);
        opened.io_open(NOTHING_ELSE);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "format_whitelist", FORMATS, 0);
        av_dict_set(options, "protocol_whitelist", "none", 0);
        av_dict_set(options, "codec_whitelist", CODECS, 0);
        int code = avformat_open_input(opened, "", format, options);
        av_dict_free(options);
        if (code < 0) {
            // FFmpeg has freed the context.
            deadline.require();
            throw score > AVPROBE_SCORE_RETRY
                    ? refusals.of(Reason.CORRUPT, "this begins like %s, but cannot be opened (%s); "
                            + "it was cut short or is damaged", title, FfmpegErrors.text(code))
                    : refusals.of(Reason.NOT_AUDIO, "this is no audio file of a known format (at best %s: %s); %s",
                            title, FfmpegErrors.text(code), KNOWN);
        }
        return opened;
    }

    /** The seconds that the header gives each audio stream, 0 if it gives none. */
    private static double[] promised(AVFormatContext of) {
        double[] seconds = new double[of.nb_streams()];
        boolean caf = of.iformat().name().getString().equals("caf");
        for (int i = 0; i < seconds.length; i++) {
            AVStream stream = of.streams(i);
            if (stream.duration() > 0) {
                seconds[i] = stream.duration() * av_q2d(stream.time_base());
            } else if (caf && stream.nb_frames() > 0 && stream.codecpar().sample_rate() > 0) {
                // In other containers this counts packets.
                seconds[i] = (double) stream.nb_frames() / stream.codecpar().sample_rate();
            } else if (seconds.length == 1 && of.duration() > 0) {
                seconds[i] = of.duration() / 1e6;
            }
        }
        return seconds;
    }

    /**
     * The audio stream to decode, with its decoder; the others are passed over from now on.
     *
     * @throws AudioException if there is none that can be decoded
     */
    AudioStream audioStream() {
        avformat_find_stream_info(context, (PointerPointer<?>) null);
        deadline.require();
        AVCodec decoder = new AVCodec((Pointer) null);
        int index = av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, -1, -1, decoder, 0);
        if (index < 0) {
            throw refusals.of(Reason.NO_AUDIO_STREAM, "the file has no audio in it that can be decoded (%d streams)",
                    context.nb_streams());
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            if (i != index) {
                context.streams(i).discard(AVDISCARD_ALL);
            }
        }
        return new AudioStream(context.streams(index), decoder);
    }

    /**
     * How long the header says the stream is, in seconds; 0 if it does not say.
     *
     * @param decoded how long it really is
     */
    double promisedSeconds(AudioStream stream, double decoded) {
        int index = stream.index();
        double header = index < promised.length ? promised[index] : 0;
        return Math.max(header, decoded * WrittenSize.of(bytes) / bytes.length);
    }

    AVFormatContext context() {
        return context;
    }

    @Override
    public void close() {
        avformat_close_input(context);
        input.close();
    }

    /**
     * A stream and what decodes it.
     *
     * @param stream owned by the container
     * @param decoder FFmpeg's own
     */
    record AudioStream(AVStream stream, AVCodec decoder) {

        int index() {
            return stream.index();
        }
    }

    /** FFmpeg asks this when a container names another file. */
    private static final class NothingElse
            extends AVFormatContext.Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer {

        @Override
        @SuppressWarnings("rawtypes") // as declared by JavaCPP
        public int call(
                AVFormatContext of, PointerPointer opened, BytePointer url, int flags, PointerPointer options) {
            return AVERROR_EXIT();
        }
    }
}
