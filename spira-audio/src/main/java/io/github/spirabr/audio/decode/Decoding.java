package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
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
import io.github.spirabr.core.recording.AudioPart;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The decoding of one recording, which is a file or a part of one, from packets to samples. Nothing behind the part is
 * decoded. Used by one thread; the container outlives it.
 */
final class Decoding implements AutoCloseable {

    /** More packets than this share that cannot be decoded make a recording corrupt. */
    private static final double TOLERATED_DAMAGE = 0.05;
    /** The part of a header's length that may be missing: this share, and at least this long. */
    private static final double TOLERATED_SHORTFALL = 0.1;
    private static final double TOLERATED_SHORTFALL_SECONDS = 0.5;
    /** Codecs fill their last packet up and cut their first; what differs by more, in seconds, is noted. */
    private static final double NOTED_DIFFERENCE = 0.1;

    private final Container container;
    private final AudioPart part;
    private final FfmpegAudioReader.Settled settings;
    private final Deadline deadline;
    private final Refusals refusals;
    private final Findings findings = new Findings();
    // Freed by close(), whichever of them there are by then.
    private @Nullable AVCodecContext decoder;
    private @Nullable AVPacket packet;
    private @Nullable AVFrame frame;
    private @Nullable Slice slice;
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
    private boolean excerpted;
    /** Set when nothing follows in the file. */
    private boolean ended;
    private boolean holed;
    private int gaps;
    private long missing;
    private double firstGap;

    Decoding(Container container, AudioPart part, FfmpegAudioReader.Settled settings, Deadline deadline, Refusals refusals) {
        this.container = container;
        this.part = part;
        this.settings = settings;
        this.deadline = deadline;
        this.refusals = refusals;
    }

    /**
     * Decodes the part.
     *
     * @param seeks whether to pass over what lies before the part, where that is possible
     * @return empty if the place after that is not certain: then the container is to be opened anew, and decoded from its
     *     beginning
     * @throws AudioException if it is damaged, cut short, too large, not finite, or ends before the part does
     */
    Optional<Waveform> run(boolean seeks) {
        AudioStream stream = prepare();
        AVPacket encoded = Objects.requireNonNull(packet);
        // Where holes are closed, time stamps are not the places of samples.
        Seek seek = new Seek(container, stream, encoded, settings.gaps() != Gaps.CLOSE);
        if (!seeks || !seek.isPossible()) {
            decode(stream, encoded, av_read_frame(container.context(), encoded));
            return Optional.of(checked(stream));
        }
        rate = stream.stream().codecpar().sample_rate();
        Slice needed = Slice.of(part, rate, settings.sampleRate(), refusals);
        OptionalLong place = seek.to(needed.firstNeeded(), this::decodes);
        deadline.require();
        if (place.isEmpty()) {
            return Optional.empty();
        }
        collect(needed, place.getAsLong());
        decode(stream, encoded, 0);
        // Where a file is damaged, or ends early, only its beginning says what the whole file gives.
        boolean certain = damaged == 0 && !holed && (needed.isOpen() || isFull());
        return certain ? Optional.of(checked(stream)) : Optional.empty();
    }

    /** Returns whether a packet gives samples; nothing of it remains in the decoder. */
    private boolean decodes(AVPacket encoded) {
        AVCodecContext opened = Objects.requireNonNull(decoder);
        AVFrame decoded = Objects.requireNonNull(frame);
        boolean gives = avcodec_send_packet(opened, encoded) >= 0 && avcodec_receive_frame(opened, decoded) >= 0;
        av_frame_unref(decoded);
        avcodec_flush_buffers(opened);
        return gives;
    }

    /**
     * Decodes the part from an excerpt of its file.
     *
     * @return empty if the excerpt was cut at other places than between samples
     * @throws AudioException if it is damaged, too large or not finite
     */
    Optional<Waveform> run(WavExcerpt excerpt) {
        AudioStream stream = prepare();
        AVPacket encoded = Objects.requireNonNull(packet);
        rate = stream.stream().codecpar().sample_rate();
        if (rate != excerpt.rate() || !new Seek(container, stream, encoded, false).isPossible()) {
            return Optional.empty();
        }
        excerpted = true;
        collect(Slice.of(part, rate, settings.sampleRate(), refusals), excerpt.firstSample());
        decode(stream, encoded, av_read_frame(container.context(), encoded));
        return Optional.of(checked(stream));
    }

    private AudioStream prepare() {
        AudioStream stream = container.audioStream();
        decoder = open(stream);
        packet = FfmpegErrors.requireMemory(av_packet_alloc());
        frame = FfmpegErrors.requireMemory(av_frame_alloc());
        unit = av_q2d(stream.stream().time_base());
        return stream;
    }

    /**
     * Decodes packets until the part is complete or the file ends.
     *
     * @param encoded the first packet
     * @param code return code of reading it
     */
    private void decode(AudioStream stream, AVPacket encoded, int code) {
        AVCodecContext opened = Objects.requireNonNull(decoder);
        AVFrame decoded = Objects.requireNonNull(frame);
        int read = code;
        while (read >= 0 && !isFull()) {
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
            read = av_read_frame(container.context(), encoded);
        }
        deadline.require();
        ended = read < 0 && !excerpted;
        if (read < 0) {
            damaged += read == AVERROR_EOF() ? 0 : 1;
            decode(opened, null, decoded);
        }
    }

    private boolean isFull() {
        return collector != null && collector.isFull();
    }

    private AVCodecContext open(AudioStream stream) {
        AVCodecParameters parameters = stream.stream().codecpar();
        if (parameters.sample_rate() != 0) {
            // Some containers do not know it before the first frame.
            settings.limits().requireSampleRate(parameters.sample_rate(), refusals);
        }
        settings.limits().requireChannels(parameters.ch_layout().nb_channels(), refusals);
        AVCodecContext opened = FfmpegErrors.requireMemory(avcodec_alloc_context3(stream.decoder()));
        // Freed by close(), if what follows fails.
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
        channels = channels == 0 ? decoded.ch_layout().nb_channels() : channels;
        if (collector == null) {
            rate = decoded.sample_rate();
            settings.limits().requireSampleRate(rate, refusals);
            collect(Slice.of(part, rate, settings.sampleRate(), refusals), 0);
        }
        SampleCollector target = Objects.requireNonNull(collector);
        long count = Objects.requireNonNull(timeline)
                .missingBefore(decoded, target.decoded(), settings.gaps() == Gaps.FILL);
        if (count > 0) {
            gap(target, count);
        }
        target.take(decoded);
    }

    private void collect(Slice needed, long position) {
        slice = needed;
        collector = new SampleCollector(
                needed, position, part.channel().orElse(settings.channel()), settings.limits(), refusals);
        timeline = new Timeline(unit, needed.from());
    }

    private void gap(SampleCollector target, long count) {
        double at = (double) target.decoded() / rate;
        boolean fills = settings.gaps() == Gaps.FILL;
        holed = true;
        // A hole that is closed has its place alone in the part.
        long ofPart = Objects.requireNonNull(slice).within(target.decoded(), fills ? count : 1);
        if (settings.gaps() == Gaps.REFUSE) {
            throw refusals.of(Reason.INCOMPLETE, "%.2f s are missing at %.2f s by its time stamps: the microphone was muted "
                    + "or packets were lost; leave it out, or set gaps to fill", (double) count / rate, at);
        }
        if (fills) {
            target.takeSilence(count);
        }
        if (ofPart > 0) {
            firstGap = gaps == 0 ? at : firstGap;
            gaps++;
            missing += fills ? ofPart : count;
        }
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
        if (ended) {
            requireWhole(stream, decoded, timeline.origin());
        }
        float[] finished = samples.finish();
        double ofPart = (double) samples.ofPart() / rate;
        note(stream, ofPart, samples);
        if (ended) {
            noteRest(decoded);
        }
        SourceFormat format = new SourceFormat(
                codec, rate, channels, Duration.ofNanos(Math.round(ofPart * 1e9)), findings.notes());
        return Waveform.decoded(finished, settings.sampleRate(), format);
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

    private void note(AudioStream stream, double ofPart, SampleCollector samples) {
        double seconds = (double) missing / rate;
        if (gaps > 0 && settings.gaps() == Gaps.FILL) {
            findings.add(Kind.GAPS_FILLED, seconds, "%.2f s of silence fill %d %s in its time stamps, the first at %.2f s: the "
                    + "microphone was muted or packets were lost", seconds, gaps, gaps == 1 ? "hole" : "holes", firstGap);
        } else if (gaps > 0) {
            findings.add(Kind.GAPS_CLOSED, seconds, "%d %s of %.2f s in its time stamps, the first at %.2f s, were closed, "
                    + "as the reader's gaps are set to close", gaps, gaps == 1 ? "hole" : "holes", seconds, firstGap);
        }
        if (samples.channelsCancel()) {
            findings.add(Kind.CHANNELS_CANCEL, ofPart, "its %d channels cancel each other in their mean, as they are of "
                    + "opposite phase; set the reader's channel to 1", channels);
        }
        if (damaged > 0) {
            findings.add(Kind.PACKETS_LEFT_OUT, 0, "%d of %d packets could not be decoded and were left out", damaged, packets);
        }
        if (!stream.others().isEmpty()) {
            findings.add(Kind.TRACKS_LEFT_OUT, 0, "one of its %d audio tracks (%s) was decoded; left out: %s",
                    stream.others().size() + 1, stream.codec(), String.join(", ", stream.others()));
        }
    }

    /** Notes what the file has besides the samples that were decoded, after its end was reached. */
    private void noteRest(double decoded) {
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
