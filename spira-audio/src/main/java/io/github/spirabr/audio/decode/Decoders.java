package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AMR_NB;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AMR_WB;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;

import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.jspecify.annotations.Nullable;

/** The decoders that may run. */
final class Decoders {

    /** FFmpeg's names of decoders, which are not always those of their codecs. */
    static final List<String> NAMES = List.of(
            "flac", "mp3float", "mp3", "mp2float", "mp2", "aac", "aac_fixed", "aac_latm", "alac", "opus", "libopus", "vorbis",
            "libopencore_amrnb", "libopencore_amrwb", "gsm", "gsm_ms", "speex", "adpcm_ima_wav", "adpcm_ima_qt", "adpcm_ms",
            "g722", "g726", "g726le", "pcm_alaw", "pcm_mulaw", "pcm_u8", "pcm_s8", "pcm_s16le", "pcm_s16be", "pcm_u16le",
            "pcm_u16be", "pcm_s24le", "pcm_s24be", "pcm_u24le", "pcm_u24be", "pcm_s32le", "pcm_s32be", "pcm_u32le",
            "pcm_u32be", "pcm_s64le", "pcm_s64be", "pcm_f16le", "pcm_f24le", "pcm_f32le", "pcm_f32be", "pcm_f64le",
            "pcm_f64be");

    /** These names, separated as in FFmpeg's options. */
    static final String WHITE_LIST = String.join(",", NAMES);

    private Decoders() {}

    /**
     * Returns the decoder of a codec, or null if none may run. FFmpeg's own decoders of AMR know no discontinuous
     * transmission: they refuse or drop the comfort noise of pauses.
     *
     * @param codec FFmpeg's number of the codec
     */
    static @Nullable AVCodec of(int codec) {
        AVCodec found;
        if (codec == AV_CODEC_ID_AMR_NB) {
            found = avcodec_find_decoder_by_name("libopencore_amrnb");
        } else if (codec == AV_CODEC_ID_AMR_WB) {
            found = avcodec_find_decoder_by_name("libopencore_amrwb");
        } else {
            found = avcodec_find_decoder(codec);
        }
        boolean allowed = found != null && !found.isNull() && NAMES.contains(found.name().getString());
        return allowed ? found : null;
    }
}
