package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;

import io.github.spirabr.audio.decode.Container.AudioStream;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** One recording on its way from packets to samples. Used by one thread; the container outlives it. */
final class Decoding implements AutoCloseable {

    /** More packets than this share that cannot be decoded make a recording corrupt. */
    private static final double TOLERATED_DAMAGE = 0.05;
    /** What may be missing of the duration that a header promises: this share, and at least this long. */
    private static final double TOLERATED_SHORTFALL = 0.1;
    private static final double TOLERATED_SHORTFALL_SECONDS = 0.5;

    private final Container container;
    private final int targetRate;
    private final ReaderLimits limits;
    private final Deadline deadline;
    private final Refusals refusals;
    // Freed by close(), whichever of them there are by then.
    private @Nullable AVCodecContext decoder;
    private @Nullable AVPacket packet;
    private @Nullable AVFrame frame;
    private @Nullable SampleCollector collector;

    private int rate;
    private int channels;
    private int packets;
    private int damaged;
    private double reachedSeconds;

    Decoding(Container container, int targetRate, ReaderLimits limits, Deadline deadline, Refusals refusals) {
        this.container = container;
        this.targetRate = targetRate;
        this.limits = limits;
        this.deadline = deadline;
        this.refusals = refusals;
    }

    /**
     * Decodes everything.
     *
     * @throws AudioException if it is damaged, cut short, too large, or not finite
     */
    Waveform run() {
        AudioStream stream = container.audioStream();
        String codec = avcodec_get_name(stream.stream().codecpar().codec_id()).getString();
        AVCodecContext by = open(stream, codec);
        AVPacket encoded = FfmpegErrors.requireMemory(av_packet_alloc());
        packet = encoded;
        AVFrame decoded = FfmpegErrors.requireMemory(av_frame_alloc());
        frame = decoded;
        double unit = av_q2d(stream.stream().time_base());
        double origin = Math.max(0, stream.stream().start_time()) * unit;
        int code;
        while ((code = av_read_frame(container.context(), encoded)) >= 0) {
            if (encoded.stream_index() == stream.index()) {
                packets++;
                reachedSeconds = Math.max(reachedSeconds, (encoded.pts() + encoded.duration()) * unit - origin);
                decode(by, encoded, decoded);
            }
            av_packet_unref(encoded);
            deadline.require();
        }
        deadline.require();
        if (code != AVERROR_EOF()) {
            damaged++;
        }
        decode(by, null, decoded);
        return checked(stream, codec);
    }

    private AVCodecContext open(AudioStream stream, String codec) {
        AVCodecParameters parameters = stream.stream().codecpar();
        if (parameters.sample_rate() != 0) {
            // Some containers do not know it before the first frame.
            limits.requireSampleRate(parameters.sample_rate(), refusals);
        }
        limits.requireChannels(parameters.ch_layout().nb_channels(), refusals);
        AVCodecContext opened = FfmpegErrors.requireMemory(avcodec_alloc_context3(stream.decoder()));
        decoder = opened;
        avcodec_parameters_to_context(opened, parameters);
        opened.pkt_timebase(stream.stream().time_base());
        opened.thread_count(1);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "codec_whitelist", Container.CODECS, 0);
        if (codec.equals("flac")) {
            // Without it, a frame of noise stands where the file was damaged, and nothing tells.
            av_dict_set(options, "err_detect", "crccheck+explode", 0);
        }
        int code = avcodec_open2(opened, stream.decoder(), options);
        av_dict_free(options);
        if (code < 0) {
            throw refusals.of(Reason.NO_AUDIO_STREAM, "the audio's codec, %s, cannot be decoded (%s); "
                    + "convert the recording to WAV or FLAC", codec, FfmpegErrors.text(code));
        }
        return opened;
    }

    /** Decodes a packet, or with null what is still inside the decoder. */
    private void decode(AVCodecContext by, @Nullable AVPacket encoded, AVFrame decoded) {
        boolean broken = avcodec_send_packet(by, encoded) < 0 && encoded != null;
        int code;
        do {
            code = avcodec_receive_frame(by, decoded);
            if (code >= 0) {
                take(decoded);
                av_frame_unref(decoded);
            }
            broken |= code == AVERROR_INVALIDDATA();
            deadline.require();
        } while (code >= 0 || code == AVERROR_INVALIDDATA());
        damaged += broken ? 1 : 0;
    }

    private void take(AVFrame decoded) {
        if (decoded.nb_samples() < 1) {
            return;
        }
        SampleCollector target = collector;
        if (target == null) {
            rate = decoded.sample_rate();
            channels = decoded.ch_layout().nb_channels();
            limits.requireSampleRate(rate, refusals);
            target = new SampleCollector(rate, targetRate, limits, refusals);
            collector = target;
        }
        target.take(decoded);
    }

    private Waveform checked(AudioStream stream, String codec) {
        if (collector == null) {
            throw refusals.of(Reason.CORRUPT, "no samples could be decoded (%s, %d packets, %d of them broken); "
                    + "the file holds a header only, or is damaged", codec, packets, damaged);
        }
        if (damaged > 1 && damaged > TOLERATED_DAMAGE * packets) {
            throw refusals.of(Reason.CORRUPT, "%d of %d packets of %s cannot be decoded; the file is damaged",
                    damaged, packets, codec);
        }
        double decoded = (double) collector.decoded() / rate;
        // Silence that was left out when encoding is not missing.
        double present = Math.max(decoded, reachedSeconds);
        double promised = container.promisedSeconds(stream, decoded);
        double missing = promised - present;
        if (missing > TOLERATED_SHORTFALL_SECONDS && missing > TOLERATED_SHORTFALL * promised) {
            throw refusals.of(Reason.CORRUPT, "its header promises %.2f s, but only %.2f s are there; "
                    + "the file was cut short", promised, decoded);
        }
        SourceFormat format = new SourceFormat(codec, rate, channels, Duration.ofNanos(Math.round(decoded * 1e9)));
        return Waveform.decoded(collector.finish(), targetRate, format);
    }

    @Override
    public void close() {
        if (collector != null) {
            collector.close();
        }
        if (frame != null) {
            av_frame_free(frame);
        }
        if (packet != null) {
            av_packet_free(packet);
        }
        if (decoder != null) {
            avcodec_free_context(decoder);
        }
    }
}
