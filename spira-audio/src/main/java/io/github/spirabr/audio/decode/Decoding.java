package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_PATCHWELCOME;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;

import io.github.spirabr.audio.decode.Container.AudioStream;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.SoundNote.Kind;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import java.time.Duration;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** The decoding of one recording from packets to samples. Used by one thread; the container outlives it. */
final class Decoding implements AutoCloseable {

    /** More packets than this share that cannot be decoded make a recording corrupt. */
    private static final double TOLERATED_DAMAGE = 0.05;
    /** The part of a header's length that may be missing: this share, and at least this long. */
    private static final double TOLERATED_SHORTFALL = 0.1;
    private static final double TOLERATED_SHORTFALL_SECONDS = 0.5;
    /** Codecs fill their last packet up and cut their first; what differs by more, in seconds, is noted. */
    private static final double NOTED_DIFFERENCE = 0.1;

    private final Container container;
    private final FfmpegAudioReader.Settled settings;
    private final Deadline deadline;
    private final Refusals refusals;
    private final Findings findings = new Findings();
    // Freed by close(), whichever of them there are by then.
    private @Nullable AVCodecContext decoder;
    private @Nullable AVPacket packet;
    private @Nullable AVFrame frame;
    private @Nullable SampleCollector collector;
    private @Nullable Timeline timeline;

    private double unit;
    private int rate;
    private int channels;
    private int packets;
    private long firstPosition;
    private int damaged;
    /** Bytes of a sample of all channels; 1 if it has no bytes of its own. */
    private int sampleBytes = 1;
    private boolean unsupported;
    private double reachedSeconds;
    private int gaps;
    private long missing;
    private double firstGap;

    Decoding(Container container, FfmpegAudioReader.Settled settings, Deadline deadline, Refusals refusals) {
        this.container = container;
        this.settings = settings;
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
        AVCodecContext opened = open(stream);
        AVPacket encoded = FfmpegErrors.requireMemory(av_packet_alloc());
        packet = encoded;
        AVFrame decoded = FfmpegErrors.requireMemory(av_frame_alloc());
        frame = decoded;
        unit = av_q2d(stream.stream().time_base());
        int code;
        while ((code = av_read_frame(container.context(), encoded)) >= 0) {
            if (encoded.stream_index() == stream.index()) {
                firstPosition = packets == 0 ? encoded.pos() : firstPosition;
                packets++;
                if (container.hasNoTime(stream, encoded, firstPosition)) {
                    encoded.pts(AV_NOPTS_VALUE);
                    encoded.dts(AV_NOPTS_VALUE);
                }
                reachedSeconds = Math.max(reachedSeconds, (encoded.pts() + encoded.duration()) * unit);
                decode(opened, encoded, decoded);
            }
            av_packet_unref(encoded);
            deadline.require();
        }
        deadline.require();
        if (code != AVERROR_EOF()) {
            damaged++;
        }
        decode(opened, null, decoded);
        return checked(stream);
    }

    private AVCodecContext open(AudioStream stream) {
        AVCodecParameters parameters = stream.stream().codecpar();
        if (parameters.sample_rate() != 0) {
            // Some containers do not know it before the first frame.
            settings.limits().requireSampleRate(parameters.sample_rate(), refusals);
        }
        settings.limits().requireChannels(parameters.ch_layout().nb_channels(), refusals);
        AVCodecContext opened = FfmpegErrors.requireMemory(avcodec_alloc_context3(stream.decoder()));
        decoder = opened;
        avcodec_parameters_to_context(opened, parameters);
        sampleBytes = stream.codec().startsWith("pcm_") ? Math.max(1, parameters.block_align()) : 1;
        opened.pkt_timebase(stream.stream().time_base());
        opened.thread_count(1);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "codec_whitelist", Decoders.WHITE_LIST, 0);
        if (stream.codec().equals("flac")) {
            // Without it, a frame of noise stands where the file was damaged, and nothing tells.
            av_dict_set(options, "err_detect", "crccheck+explode", 0);
        }
        int code = avcodec_open2(opened, stream.decoder(), options);
        av_dict_free(options);
        if (code < 0) {
            throw refusals.of(Reason.NO_AUDIO_STREAM, "this build cannot decode this kind of the codec %s (%s); "
                    + "convert the recording to WAV with 16 bits or to FLAC", stream.codec(), FfmpegErrors.text(code));
        }
        return opened;
    }

    /** Decodes a packet, or with null what is still inside the decoder. */
    private void decode(AVCodecContext opened, @Nullable AVPacket encoded, AVFrame decoded) {
        int code = avcodec_send_packet(opened, encoded);
        boolean broken = code < 0 && encoded != null;
        unsupported |= code == AVERROR_PATCHWELCOME();
        do {
            code = avcodec_receive_frame(opened, decoded);
            if (code >= 0) {
                take(decoded);
                av_frame_unref(decoded);
            }
            broken |= code == AVERROR_INVALIDDATA();
            unsupported |= code == AVERROR_PATCHWELCOME();
            deadline.require();
        } while (code >= 0 || code == AVERROR_INVALIDDATA());
        // Bytes of less than one sample at the end of a file are no sound.
        boolean uneven = encoded != null && encoded.size() % sampleBytes != 0;
        damaged += broken && !uneven ? 1 : 0;
    }

    private void take(AVFrame decoded) {
        if (decoded.nb_samples() < 1) {
            return;
        }
        SampleCollector target = collector;
        Timeline clock = timeline;
        if (target == null || clock == null) {
            rate = decoded.sample_rate();
            channels = decoded.ch_layout().nb_channels();
            settings.limits().requireSampleRate(rate, refusals);
            target = new SampleCollector(rate, settings.sampleRate(), settings.channel(), settings.limits(), refusals);
            collector = target;
            clock = new Timeline(unit, rate);
            timeline = clock;
        }
        long count = clock.missingBefore(decoded, target.decoded(), settings.gaps() == Gaps.FILL);
        if (count > 0) {
            gap(target, count);
        }
        target.take(decoded);
    }

    private void gap(SampleCollector target, long count) {
        double at = (double) target.decoded() / rate;
        if (settings.gaps() == Gaps.REFUSE) {
            throw refusals.of(Reason.INCOMPLETE, "%.2f s are missing at %.2f s by its time stamps: the microphone was muted "
                    + "or packets were lost; leave it out, or set gaps to fill", (double) count / rate, at);
        }
        if (settings.gaps() == Gaps.FILL) {
            target.takeSilence(count);
        }
        firstGap = gaps == 0 ? at : firstGap;
        gaps++;
        missing += count;
    }

    private Waveform checked(AudioStream stream) {
        String codec = stream.codec();
        SampleCollector samples = collector;
        if (samples == null || timeline == null) {
            throw unsupported
                    ? undecodable(codec)
                    : refusals.of(Reason.CORRUPT, "no samples could be decoded (%s, %d packets, %d of them broken); "
                            + "the file holds a header only, or is damaged", codec, packets, damaged);
        }
        if (damaged > 1 && damaged > TOLERATED_DAMAGE * packets) {
            throw unsupported
                    ? undecodable(codec)
                    : refusals.of(Reason.CORRUPT, "%d of %d packets of %s could not be decoded; the file is damaged, or "
                            + "something else stands in it besides", damaged, packets, codec);
        }
        double decoded = (double) samples.decoded() / rate;
        requireWhole(stream, decoded, timeline.origin());
        note(stream, decoded, samples);
        SourceFormat format = new SourceFormat(
                codec, rate, channels, Duration.ofNanos(Math.round(decoded * 1e9)), findings.notes());
        return Waveform.decoded(samples.finish(), settings.sampleRate(), format);
    }

    private AudioException undecodable(String codec) {
        return refusals.of(Reason.NO_AUDIO_STREAM, "this build cannot decode this kind of the codec %s; "
                + "convert the recording to WAV with 16 bits or to FLAC", codec);
    }

    /** Compares what a header promises, what the packets reach and what was decoded, all from the first sample on. */
    private void requireWhole(AudioStream stream, double decoded, double origin) {
        double promised = container.promisedSeconds(stream, decoded);
        if (promised == 0) {
            return;
        }
        double start = Math.max(0, origin);
        boolean piece = container.countsFromZero() && start > Container.PIECE;
        double length = piece && promised > start ? promised - start : promised;
        // Silence that was left out when encoding is not missing.
        double present = Math.max(decoded, reachedSeconds - start);
        boolean twice = container.isDoubled()
                || stream.codec().startsWith("pcm_") && Math.abs(length - 2 * decoded) * rate <= 1;
        double lacking = length - present;
        if (!twice && lacking > TOLERATED_SHORTFALL_SECONDS && lacking > TOLERATED_SHORTFALL * length
                && !(piece && promised <= start)) {
            throw refusals.of(Reason.CORRUPT, "its header promises %.2f s, but only %.2f s are there; "
                    + "the file was cut short", length, decoded);
        }
        if (twice || -lacking > NOTED_DIFFERENCE) {
            findings.add(Kind.HEADER_DISAGREES, 0, "its header states %.2f s, but it has %.2f s, which were all decoded",
                    length, decoded);
        } else if (lacking > NOTED_DIFFERENCE) {
            findings.add(Kind.CUT_SHORT, lacking, "its header promises %.2f s, but only %.2f s are there; "
                    + "the end may have been cut off", length, decoded);
        }
    }

    private void note(AudioStream stream, double decoded, SampleCollector samples) {
        double seconds = (double) missing / rate;
        if (gaps > 0 && settings.gaps() == Gaps.FILL) {
            findings.add(Kind.GAPS_FILLED, seconds, "%.2f s of silence fill %d %s in its time stamps, the first at %.2f s: the "
                    + "microphone was muted or packets were lost", seconds, gaps, gaps == 1 ? "hole" : "holes", firstGap);
        } else if (gaps > 0) {
            findings.add(Kind.GAPS_CLOSED, seconds, "%d %s of %.2f s in its time stamps, the first at %.2f s, were closed, "
                    + "as the reader's gaps are set to close", gaps, gaps == 1 ? "hole" : "holes", seconds, firstGap);
        }
        if (samples.channelsCancel()) {
            findings.add(Kind.CHANNELS_CANCEL, decoded, "its %d channels cancel each other in their mean, as they are of "
                    + "opposite phase; set the reader's channel to 1", channels);
        }
        if (damaged > 0) {
            findings.add(Kind.PACKETS_LEFT_OUT, 0, "%d of %d packets could not be decoded and were left out", damaged, packets);
        }
        if (!stream.others().isEmpty()) {
            findings.add(Kind.TRACKS_LEFT_OUT, 0, "one of its %d audio tracks (%s) was decoded; left out: %s",
                    stream.others().size() + 1, stream.codec(), String.join(", ", stream.others()));
        }
        List<String> following = container.following(decoded, rate);
        if (!following.isEmpty()) {
            findings.add(Kind.TRACKS_LEFT_OUT, 0, "another recording (%s) follows in the same file and was left out; "
                    + "split the file", String.join(", ", following));
        }
        double undeclared = decoded * container.undeclaredShare();
        if (undeclared > NOTED_DIFFERENCE) {
            findings.add(Kind.DATA_LEFT_OUT, undeclared, "%.2f s of samples follow the %.2f s that its header declares, and were "
                    + "left out; repair the header", undeclared, decoded);
        }
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
