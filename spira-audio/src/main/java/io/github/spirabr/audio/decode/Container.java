package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_F16LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_F24LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_F32BE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_F32LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_F64BE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_F64LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16BE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S24BE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S24LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S32BE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S32LE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVPROBE_SCORE_RETRY;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_probe_input_buffer2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_PATCHWELCOME;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_match_list;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** The container of one recording: recognised by its bytes, opened, and its audio stream found. Used by one thread. */
final class Container implements AutoCloseable {

    /** Containers that hold their audio themselves, never lists of other files. */
    private static final String FORMATS =
            "wav,w64,flac,mp3,aac,mov,mp4,m4a,3gp,ogg,matroska,webm,amr,amrnb,amrwb,aiff,au,caf";
    /** Containers whose length counts from time 0, and not from the first sample of a piece that was cut out. */
    private static final Set<String> COUNTED_FROM_ZERO = Set.of("matroska,webm", "ogg", "flac");

    /** Codecs whose packets tell their length, so that FFmpeg counts back from the end of Ogg's first page. */
    private static final Set<String> STAMPED_IN_OGG = Set.of("opus", "vorbis");

    private static final String KNOWN =
            "known are WAV, FLAC, MP3, AAC and M4A, Ogg with Opus or Vorbis, WebM, AMR, AIFF, AU and CAF";
    /** A stream that begins later than this, in seconds, was cut out of a longer one. */
    static final double PIECE = 0.1;
    /** Encoders' delays at the beginnings of links, in seconds. */
    private static final double TOLERATED_OF_CHAIN = 0.2;
    /** The codecs of RIFX; FFmpeg reads its header as big-endian, but not its samples. */
    private static final Map<Integer, Integer> BIG_ENDIAN = Map.of(
            AV_CODEC_ID_PCM_S16LE, AV_CODEC_ID_PCM_S16BE, AV_CODEC_ID_PCM_S24LE, AV_CODEC_ID_PCM_S24BE,
            AV_CODEC_ID_PCM_S32LE, AV_CODEC_ID_PCM_S32BE, AV_CODEC_ID_PCM_F32LE, AV_CODEC_ID_PCM_F32BE,
            AV_CODEC_ID_PCM_F64LE, AV_CODEC_ID_PCM_F64BE);
    private static final int PROBE_BYTES = 1 << 20;
    private static final long ANALYSED_BYTES = 5_000_000;
    private static final NothingElse NOTHING_ELSE = MemoryInput.kept(new NothingElse());

    private final byte[] bytes;
    private final Deadline deadline;
    private final Refusals refusals;
    private final Optional<RiffLayout> riff;
    private final int undeclared;
    private final List<OggLinks.Link> links;
    private final MemoryInput input;
    private final AVFormatContext context;
    private final String format;
    private final double[] promised;

    /**
     * Opens a container.
     *
     * @param bytes the whole file; tags in it are overwritten
     * @throws AudioException if these bytes are no container that is known and allowed, or a broken one
     */
    Container(byte[] bytes, Deadline deadline, Refusals refusals) {
        this.bytes = bytes;
        this.deadline = deadline;
        this.refusals = refusals;
        long tags = Tags.id3Length(bytes, 0);
        if (tags >= bytes.length) {
            throw refusals.of(Reason.CORRUPT, "it holds an ID3 tag of %d bytes and no audio; the file was cut short", tags);
        }
        this.riff = RiffLayout.of(bytes);
        this.undeclared = riff.map(layout -> layout.undeclared(bytes)).orElse(0);
        Tags.hideChunks(bytes);
        this.links = OggLinks.of(bytes);
        this.input = new MemoryInput(bytes, (int) tags, OggLinks.end(links, bytes.length), deadline);
        boolean open = false;
        try {
            this.context = open();
            open = true;
        } finally {
            if (!open) {
                input.close();
            }
        }
        this.format = context.iformat().name().getString();
        // Now, as FFmpeg then puts an estimate from the file's size in the header's place.
        this.promised = promised(context, format);
    }

    private AVFormatContext open() {
        AVInputFormat found = new AVInputFormat((Pointer) null);
        int score = av_probe_input_buffer2(input.context(), found, "", null, 0, PROBE_BYTES);
        deadline.require();
        if (score < 0 || found.isNull()) {
            throw refusals.of(Reason.NOT_AUDIO, "this is no audio file of a known format; %s", KNOWN);
        }
        String name = found.name().getString();
        String title = found.long_name().getString();
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
        av_dict_set(options, "codec_whitelist", Decoders.WHITE_LIST, 0);
        int code = avformat_open_input(opened, "", found, options);
        av_dict_free(options);
        if (code < 0) {
            // FFmpeg has freed the context.
            deadline.require();
            throw refused(code, score, title);
        }
        return opened;
    }

    private AudioException refused(int code, int score, String title) {
        if (code == AVERROR_PATCHWELCOME()) {
            return refusals.of(Reason.NO_AUDIO_STREAM, "this is a kind of %s that this build cannot decode (%s); "
                    + "convert the recording to WAV with 16 bits or to FLAC", title, FfmpegErrors.text(code));
        }
        return score > AVPROBE_SCORE_RETRY
                ? refusals.of(Reason.CORRUPT, "this begins like %s, but could not be opened (%s); it was cut short, is damaged, "
                        + "or is of a kind that this build cannot decode", title, FfmpegErrors.text(code))
                : refusals.of(Reason.NOT_AUDIO, "this is no audio file of a known format (at best %s: %s); %s",
                        title, FfmpegErrors.text(code), KNOWN);
    }

    /** Returns the seconds that the header gives each audio stream, 0 if it gives none. */
    private static double[] promised(AVFormatContext opened, String format) {
        double[] seconds = new double[opened.nb_streams()];
        for (int i = 0; i < seconds.length; i++) {
            AVStream stream = opened.streams(i);
            if (stream.duration() > 0) {
                seconds[i] = stream.duration() * av_q2d(stream.time_base());
            } else if (format.equals("caf") && stream.nb_frames() > 0 && stream.codecpar().sample_rate() > 0) {
                // In other containers this counts packets.
                seconds[i] = (double) stream.nb_frames() / stream.codecpar().sample_rate();
            } else if (seconds.length == 1 && opened.duration() > 0) {
                seconds[i] = opened.duration() / 1e6;
            }
        }
        return seconds;
    }

    /**
     * Returns the audio stream to decode, with its decoder: FFmpeg's best one, or the first one that can be decoded. The
     * others are passed over from now on.
     *
     * @throws AudioException if none can be decoded
     */
    AudioStream audioStream() {
        avformat_find_stream_info(context, (PointerPointer<?>) null);
        deadline.require();
        int best = av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
        List<Integer> candidates = new ArrayList<>();
        if (best >= 0) {
            candidates.add(best);
        }
        for (int i = 0; i < context.nb_streams(); i++) {
            if (i != best && isAudio(i)) {
                candidates.add(i);
            }
        }
        for (int index : candidates) {
            AVStream stream = context.streams(index);
            AVCodec decoder = decoder(stream.codecpar());
            if (decoder != null) {
                List<String> others = candidates.stream().filter(one -> one != index).map(this::codec).toList();
                discardAllBut(index);
                return new AudioStream(stream, index, decoder, codec(index), others);
            }
        }
        if (candidates.isEmpty()) {
            throw refusals.of(Reason.NO_AUDIO_STREAM, "the file has no audio in it that can be decoded (%d streams)",
                    context.nb_streams());
        }
        throw refusals.of(Reason.NO_AUDIO_STREAM, "this build cannot decode the audio's codec, %s; "
                + "convert the recording to WAV with 16 bits or to FLAC", codec(candidates.get(0)));
    }

    private void discardAllBut(int index) {
        for (int i = 0; i < context.nb_streams(); i++) {
            if (i != index) {
                context.streams(i).discard(AVDISCARD_ALL);
            }
        }
    }

    /** Integers of 24 bits that stand in 32, which FFmpeg takes for an old editor's numbers with a point. */
    private @Nullable AVCodec decoder(AVCodecParameters parameters) {
        int codec = parameters.codec_id();
        if ((codec == AV_CODEC_ID_PCM_F24LE || codec == AV_CODEC_ID_PCM_F16LE)
                && riff.map(RiffLayout::extensible).orElse(false)) {
            parameters.codec_id(AV_CODEC_ID_PCM_S32LE);
        }
        if (riff.map(RiffLayout::bigEndian).orElse(false)) {
            parameters.codec_id(BIG_ENDIAN.getOrDefault(codec, codec));
        }
        return Decoders.of(parameters.codec_id());
    }

    private boolean isAudio(int index) {
        return context.streams(index).codecpar().codec_type() == AVMEDIA_TYPE_AUDIO;
    }

    private String codec(int index) {
        return avcodec_get_name(context.streams(index).codecpar().codec_id()).getString();
    }

    /**
     * Returns the length that the header promises, in seconds; 0 if it does not say.
     *
     * @param decoded its real length; 0 if nothing was decoded
     */
    double promisedSeconds(AudioStream stream, double decoded) {
        int index = stream.index();
        double header = index < promised.length ? promised[index] : 0;
        if (riff.isEmpty()) {
            return header;
        }
        RiffLayout layout = riff.get();
        if (layout.bytesPerSecond() > 0) {
            return Math.max(0, (double) layout.declared() / layout.bytesPerSecond());
        }
        // FFmpeg takes the real size in the place of the declared one.
        return Math.max(header, decoded * layout.declared() / (bytes.length - layout.data()));
    }

    /**
     * Returns the length that the header states, in seconds, from the first sample on; 0 if it states none.
     *
     * @param whole whether these bytes are the whole file
     */
    double statedSeconds(AudioStream stream, boolean whole) {
        double header = promisedSeconds(stream, 0);
        if (riff.isPresent()) {
            RiffLayout layout = riff.get();
            if (layout.bytesPerSecond() == 0) {
                return whole ? header : 0;
            }
            return whole && (layout.declared() < 0 || layout.isDoubled(bytes.length))
                    ? (double) (bytes.length - layout.data()) / layout.bytesPerSecond()
                    : header;
        }
        if (format.equals("ogg") && !(whole && STAMPED_IN_OGG.contains(stream.codec()))) {
            // The length stands in the last page, and its origin in the first one.
            return 0;
        }
        double start = Math.max(0, stream.stream().start_time() * av_q2d(stream.stream().time_base()));
        return countsFromZero() && start > PIECE && header > start ? header - start : header;
    }

    /** Returns whether the promised length counts from time 0, and not from the first sample. */
    boolean countsFromZero() {
        return COUNTED_FROM_ZERO.contains(format);
    }

    /** Returns whether the time stamps of the first page, of which this packet is one, are not known. */
    boolean hasNoTime(AudioStream stream, AVPacket packet, long firstPosition) {
        return format.equals("ogg") && !STAMPED_IN_OGG.contains(stream.codec()) && packet.pos() == firstPosition;
    }

    /** Returns whether the file declares twice the samples that are there. */
    boolean isDoubled() {
        return riff.map(layout -> layout.isDoubled(bytes.length)).orElse(false);
    }

    /** Returns how many times the declared samples follow once more behind them. */
    double undeclaredShare() {
        return undeclared == 0 ? 0 : riff.map(layout -> (double) undeclared / layout.declared()).orElse(0.0);
    }

    /**
     * Returns the codecs of recordings that follow in the same file and were not decoded.
     *
     * @param decoded the length that was decoded, in seconds
     * @param rate rate of the decoded samples, in hertz
     */
    List<String> following(double decoded, int rate) {
        if (links.size() < 2) {
            return List.of();
        }
        int end = OggLinks.end(links, bytes.length);
        double length = links.stream().filter(link -> link.start() < end).mapToDouble(link -> link.seconds(rate)).sum();
        boolean all = decoded > length - TOLERATED_OF_CHAIN;
        return links.stream().skip(1).filter(link -> link.start() >= end || !all).map(OggLinks.Link::codec).toList();
    }

    AVFormatContext context() {
        return context;
    }

    /** Returns FFmpeg's names of the format. */
    String format() {
        return format;
    }

    @Override
    public void close() {
        avformat_close_input(context);
        input.close();
    }

    /**
     * A stream with its decoder.
     *
     * @param stream owned by the container
     * @param index index of the stream
     * @param decoder FFmpeg's own
     * @param codec its name
     * @param others the codecs of the other audio streams
     */
    record AudioStream(AVStream stream, int index, AVCodec decoder, String codec, List<String> others) {}

    /** The answer when a container names another file. */
    private static final class NothingElse
            extends AVFormatContext.Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer {

        @Override
        @SuppressWarnings("rawtypes") // as declared by JavaCPP
        public int call(
                AVFormatContext context, PointerPointer opened, BytePointer url, int flags, PointerPointer options) {
            return AVERROR_EXIT();
        }
    }
}
