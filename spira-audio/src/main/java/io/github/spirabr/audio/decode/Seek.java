package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_get_exact_bits_per_sample;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.github.spirabr.audio.decode.Container.AudioStream;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * A way to the packet in which a sample lies, without decoding what is before it. It is taken where each packet decodes by
 * itself and its place is certain: in uncompressed files by the place of its bytes, and in FLAC and ALAC by time stamps, which
 * count samples there, if all packets before it follow each other without a hole.
 *
 * <p>MP3, AAC, Opus, Vorbis, AMR and the like are always decoded from their beginning: their decoders keep a state, so that
 * the samples after a jump are not those of the whole file, and the time stamps behind it may be estimates.
 */
final class Seek {

    /** Containers whose uncompressed samples lie in one stretch. */
    private static final Set<String> FLAT = Set.of("wav", "w64", "aiff", "au", "caf");

    private final Container container;
    private final AudioStream stream;
    private final AVPacket packet;
    private final boolean flat;
    private final boolean stamped;

    /**
     * Creates an instance.
     *
     * @param packet receives the packet that was found
     * @param byTime whether time stamps may be taken for the places of samples
     */
    Seek(Container container, AudioStream stream, AVPacket packet, boolean byTime) {
        this.container = container;
        this.stream = stream;
        this.packet = packet;
        this.flat = FLAT.contains(container.format()) && stream.codec().startsWith("pcm_") && isWholeSample();
        this.stamped = byTime && isStamped();
    }

    /** Returns whether the packets decode by themselves, and their places can be known. */
    boolean isPossible() {
        return (flat || stamped) && stream.stream().codecpar().sample_rate() > 0;
    }

    /**
     * Goes to the packet of a sample. Nothing may have been read before.
     *
     * @param sample its place in the file
     * @param decodes tells whether a packet can be decoded: time counts from the first one that can
     * @return the place in the file of the packet's first sample; empty if it is not certain
     */
    OptionalLong to(long sample, Predicate<AVPacket> decodes) {
        if (!read()) {
            return OptionalLong.empty();
        }
        return flat ? jump(sample) : decodes.test(packet) ? passOver(sample) : OptionalLong.empty();
    }

    private OptionalLong jump(long sample) {
        long firstByte = packet.pos();
        long firstTime = packet.pts();
        av_packet_unref(packet);
        if (firstTime == AV_NOPTS_VALUE
                || av_seek_frame(container.context(), stream.index(), firstTime + sample, AVSEEK_FLAG_BACKWARD) < 0
                || !read()) {
            return OptionalLong.empty();
        }
        long bytes = packet.pos() - firstByte;
        long place = bytes / blockBytes();
        return bytes < 0 || bytes % blockBytes() != 0 || place > sample ? OptionalLong.empty() : OptionalLong.of(place);
    }

    private OptionalLong passOver(long sample) {
        long place = 0;
        while (packet.pts() == place && packet.duration() > 0) {
            if (place + packet.duration() > sample) {
                return OptionalLong.of(place);
            }
            place += packet.duration();
            av_packet_unref(packet);
            if (!read()) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    private int blockBytes() {
        return stream.stream().codecpar().block_align();
    }

    /** Returns whether the bytes that the header gives a sample of all channels are those that it is decoded from. */
    private boolean isWholeSample() {
        AVCodecParameters parameters = stream.stream().codecpar();
        int bits = av_get_exact_bits_per_sample(parameters.codec_id()) * parameters.ch_layout().nb_channels();
        return bits > 0 && 8 * blockBytes() == bits;
    }

    /** Returns whether time stamps count the samples of one recording. */
    private boolean isStamped() {
        AVCodecParameters parameters = stream.stream().codecpar();
        AVRational unit = stream.stream().time_base();
        boolean counts = unit.num() == 1 && unit.den() == parameters.sample_rate();
        boolean flac = stream.codec().equals("flac") && container.format().equals("flac");
        boolean alac = stream.codec().equals("alac") && container.format().startsWith("mov,");
        return counts && (flac || alac);
    }

    private boolean read() {
        while (av_read_frame(container.context(), packet) >= 0) {
            if (packet.stream_index() == stream.index()) {
                return true;
            }
            av_packet_unref(packet);
        }
        return false;
    }
}
