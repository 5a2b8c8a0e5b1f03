package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.SourceFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** One recording on its way from encoded bytes to mono samples of its own rate. Used by one thread. */
final class Decoding implements AutoCloseable {

    /** What may be opened: containers that hold their audio themselves, never lists of other files. */
    private static final String CONTAINERS =
            "wav,w64,flac,mp3,aac,mov,mp4,m4a,3gp,ogg,matroska,webm,amr,amrnb,amrwb,aiff,au,caf";

    private static final String CODECS = "flac,mp3,mp3float,mp2,mp2float,aac,aac_fixed,aac_latm,alac,opus,libopus,vorbis,"
            + "libvorbis,amrnb,amrwb,gsm,gsm_ms,speex,adpcm_ima_wav,adpcm_ima_qt,adpcm_ms,adpcm_g722,adpcm_g726,"
            + "pcm_alaw,pcm_mulaw,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_u16le,pcm_u16be,pcm_s24le,pcm_s24be,pcm_u24le,"
            + "pcm_u24be,pcm_s32le,pcm_s32be,pcm_u32le,pcm_u32be,pcm_s64le,pcm_s64be,pcm_f32le,pcm_f32be,pcm_f64le,"
            + "pcm_f64be";

    /** More packets than this share that cannot be decoded make a recording corrupt. */
    private static final double TOLERATED_DAMAGE = 0.05;
    /** What may be missing of the duration that a header promises: this share, and at least this long. */
    private static final double TOLERATED_SHORTFALL = 0.1;
    private static final double TOLERATED_SHORTFALL_SECONDS = 0.5;
    private static final long PROBE_BYTES = 5_000_000;

    private final String recording;
    private final byte[] bytes;
    private final ReaderLimits limits;
    private final long deadline;
    private final MemoryInput input;
    // Freed by close(), whichever of them there are by then.
    private @Nullable AVFormatContext container;
    private @Nullable AVCodecContext decoder;
    private @Nullable AVPacket packet;
    private @Nullable AVFrame frame;
    private final MonoMixer mixer = new MonoMixer();

    private String codec = "";
    private int rate;
    private int channels;
    private double promisedSeconds;
    private @Nullable FloatSamples samples;
    private int packets;
    private int damaged;

    Decoding(String recording, byte[] bytes, ReaderLimits limits) {
        this.recording = recording;
        this.bytes = bytes;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.time().toNanos();
        this.input = new MemoryInput(bytes, deadline);
    }

    /** Decodes everything. */
    FloatSamples run() {
        AVFormatContext from = openContainer();
        container = from;
        // Now, as FFmpeg then puts an estimate from the file's size in the header's place.
        promisedSeconds = promisedSeconds(from);
        avformat_find_stream_info(from, (PointerPointer<?>) null);
        requireTime();
        int index = audioStream(from);
        AVCodecContext by = openDecoder(from.streams(index));
        AVPacket encoded = requireMemory(av_packet_alloc());
        packet = encoded;
        AVFrame decoded = requireMemory(av_frame_alloc());
        frame = decoded;
        int code;
        while ((code = av_read_frame(from, encoded)) >= 0) {
            if (encoded.stream_index() == index) {
                packets++;
                decode(by, encoded, decoded);
            }
            av_packet_unref(encoded);
            requireTime();
        }
        requireTime();
        if (code != AVERROR_EOF()) {
            damaged++;
        }
        decode(by, null, decoded);
        return checked();
    }

    /** What was decoded; after {@link #run}. */
    SourceFormat format() {
        Duration duration = Duration.ofNanos(Math.round(decoded() * 1e9 / rate));
        return new SourceFormat(codec, rate, channels, duration);
    }

    int rate() {
        return rate;
    }

    private int decoded() {
        return samples == null ? 0 : samples.length();
    }

    private AVFormatContext openContainer() {
        AVFormatContext opened = requireMemory(avformat_alloc_context());
        opened.pb(input.context());
        opened.flags(opened.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
        opened.probesize(PROBE_BYTES);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "format_whitelist", CONTAINERS, 0);
        av_dict_set(options, "protocol_whitelist", "none", 0);
        av_dict_set(options, "codec_whitelist", CODECS, 0);
        int code = avformat_open_input(opened, "", null, options);
        av_dict_free(options);
        if (code < 0) {
            // FFmpeg has freed the context.
            requireTime();
            if (code == AVERROR_EOF()) {
                throw failure(Reason.CORRUPT, "the file ends within its header; it was cut short");
            }
            throw failure(Reason.NOT_AUDIO, "this is no audio file of a known format (" + text(code)
                    + "); known are WAV, FLAC, MP3, AAC and M4A, Ogg with Opus or Vorbis, WebM, AMR, AIFF, AU and CAF");
        }
        return opened;
    }

    private int audioStream(AVFormatContext from) {
        int index = av_find_best_stream(from, AVMEDIA_TYPE_AUDIO, -1, -1, (PointerPointer<?>) null, 0);
        if (index < 0) {
            throw failure(Reason.NO_AUDIO_STREAM, "the file has no audio in it");
        }
        return index;
    }

    private AVCodecContext openDecoder(AVStream stream) {
        AVCodecParameters parameters = stream.codecpar();
        codec = avcodec_get_name(parameters.codec_id()).getString();
        AVCodec known = avcodec_find_decoder(parameters.codec_id());
        if (known == null || known.isNull()) {
            throw failure(Reason.NO_AUDIO_STREAM, "the audio's codec, " + codec + ", cannot be decoded");
        }
        AVCodecContext opened = requireMemory(avcodec_alloc_context3(known));
        decoder = opened;
        avcodec_parameters_to_context(opened, parameters);
        opened.pkt_timebase(stream.time_base());
        opened.thread_count(1);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "codec_whitelist", CODECS, 0);
        int code = avcodec_open2(opened, known, options);
        av_dict_free(options);
        if (code < 0) {
            throw failure(Reason.NO_AUDIO_STREAM, "the audio's codec, " + codec + ", cannot be decoded (" + text(code) + ")");
        }
        return opened;
    }

    /** The longest duration that the header gives an audio stream, 0 if it gives none. */
    private static double promisedSeconds(AVFormatContext from) {
        double longest = 0;
        for (int i = 0; i < from.nb_streams(); i++) {
            AVStream stream = from.streams(i);
            if (stream.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO && stream.duration() > 0) {
                longest = Math.max(longest, stream.duration() * av_q2d(stream.time_base()));
            }
        }
        return longest;
    }

    private void decode(AVCodecContext by, @Nullable AVPacket encoded, AVFrame decoded) {
        if (avcodec_send_packet(by, encoded) < 0 && encoded != null) {
            damaged++;
            return;
        }
        while (avcodec_receive_frame(by, decoded) >= 0) {
            take(decoded);
            av_frame_unref(decoded);
        }
    }

    private void take(AVFrame frame) {
        int count = frame.nb_samples();
        if (count < 1) {
            return;
        }
        if (samples == null) {
            begin(frame);
        } else if (frame.sample_rate() != rate) {
            throw failure(Reason.CORRUPT, "the sample rate changes from " + rate + " Hz to " + frame.sample_rate()
                    + " Hz within the file; save it with one rate");
        }
        FloatSamples target = samples;
        if (!target.reserve(count)) {
            throw failure(Reason.TOO_LARGE, "it is longer than " + limits.duration().toSeconds()
                    + " s, the reader's limit; cut it or raise the limit");
        }
        mixer.mix(frame, target.values(), target.length());
        target.grow(count);
    }

    private void begin(AVFrame frame) {
        rate = frame.sample_rate();
        channels = frame.ch_layout().nb_channels();
        if (rate < 1 || rate > limits.sampleRate()) {
            throw failure(Reason.TOO_LARGE, "its sample rate is " + rate + " Hz, but the reader's limit is "
                    + limits.sampleRate() + " Hz");
        }
        if (channels < 1 || channels > limits.channels()) {
            throw failure(Reason.TOO_LARGE, "it has " + channels + " channels, but the reader's limit is "
                    + limits.channels());
        }
        long longest = (long) (limits.duration().toNanos() / 1e9 * rate);
        samples = new FloatSamples((int) Math.min(longest, Integer.MAX_VALUE - 16));
    }

    private FloatSamples checked() {
        if (samples == null || samples.length() == 0) {
            throw failure(Reason.CORRUPT, "no samples could be decoded (" + codec + ", " + packets
                    + " packets); the file holds a header only, or is damaged");
        }
        if (damaged > 1 && damaged > TOLERATED_DAMAGE * packets) {
            throw failure(Reason.CORRUPT, damaged + " of " + packets + " packets of " + codec
                    + " cannot be decoded; the file is damaged");
        }
        double seconds = (double) samples.length() / rate;
        promisedSeconds = Math.max(promisedSeconds, seconds * RiffHeader.promisedBytes(bytes) / bytes.length);
        double missing = promisedSeconds - seconds;
        if (missing > TOLERATED_SHORTFALL_SECONDS && missing > TOLERATED_SHORTFALL * promisedSeconds) {
            throw failure(Reason.CORRUPT, String.format(Locale.ROOT,
                    "its header promises %.2f s, but only %.2f s are there; the file was cut short", promisedSeconds, seconds));
        }
        for (int i = 0; i < samples.length(); i++) {
            if (!Float.isFinite(samples.values()[i])) {
                throw failure(Reason.NOT_FINITE, String.format(Locale.ROOT,
                        "the sample at %.3f s is %s, which is no amplitude", (double) i / rate, samples.values()[i]));
            }
        }
        return samples;
    }

    private void requireTime() {
        if (System.nanoTime() - deadline > 0) {
            throw failure(Reason.TOO_LARGE, "decoding took longer than " + limits.time().toSeconds()
                    + " s, the reader's limit");
        }
    }

    private AudioException failure(Reason reason, String detail) {
        return new AudioException(recording, reason, detail, null);
    }

    private static String text(int code) {
        byte[] message = new byte[128];
        av_strerror(code, message, message.length);
        int end = 0;
        while (end < message.length && message[end] != 0) {
            end++;
        }
        return new String(message, 0, end, StandardCharsets.US_ASCII);
    }

    private static <P extends Pointer> P requireMemory(@Nullable P allocated) {
        if (allocated == null || allocated.isNull()) {
            throw new OutOfMemoryError("FFmpeg could not allocate memory");
        }
        return allocated;
    }

    @Override
    public void close() {
        if (frame != null) {
            av_frame_free(frame);
        }
        if (packet != null) {
            av_packet_free(packet);
        }
        if (decoder != null) {
            avcodec_free_context(decoder);
        }
        if (container != null) {
            avformat_close_input(container);
        }
        input.close();
    }
}
