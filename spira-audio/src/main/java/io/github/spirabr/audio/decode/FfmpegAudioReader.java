package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.recording.AudioSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;

/**
 * Decodes with FFmpeg's libraries: WAV, RF64 and W64 in all widths, FLAC, MP3, AAC and M4A, Ogg with Opus,
 * Vorbis or FLAC, Matroska and WebM, AMR, AIFF, AU and CAF, told apart by their bytes and not by their
 * names. Of several audio streams the one that FFmpeg holds for the best is taken.
 *
 * <p>All channels are mixed to one by their arithmetic mean, and then resampled: flat to 0.1 dB up to 90 %
 * of the lower of both Nyquist frequencies, 80 dB down above it, no delay, L samples give
 * round(L * to / from), and at least one; before the first sample and after the last, the mirror image is
 * taken to go on. A source of the wished rate passes unchanged; integers are divided by half their range
 * (16 bits: s / 32768).
 *
 * <p>The bytes are taken as hostile. FFmpeg sees nothing but them: it opens no file, no address and
 * no list of other files. Size, duration, channels, rate and time are bounded. {@link
 * io.github.spirabr.core.audio.AudioException} refuses what cannot be read, with its reason:
 *
 * <ul>
 *   <li>{@code UNREACHABLE}: the source cannot be opened, or breaks; {@code EMPTY}: it has no bytes
 *   <li>{@code NOT_AUDIO}: no format of the above; {@code NO_AUDIO_STREAM}: one, without audio that can be
 *       decoded
 *   <li>{@code CORRUPT}: it cannot be opened or holds no samples; more than 5 % of its packets are broken
 *       (a single one is always left out); its rate is below 1,000 Hz or changes; or more than 10 %, and
 *       more than half a second, of what its header promises is missing. Where no header says how
 *       long it is (raw AAC, AMR, Ogg, WAV of unknown length), a file that ends early gives what is there
 *   <li>{@code TOO_LARGE}: beyond a limit of the {@link Builder}
 *   <li>{@code NOT_FINITE}: a sample that is NaN or infinite
 * </ul>
 *
 * <p>Memory follows the encoded length and that of the result, whatever the source's rate; native memory is
 * freed before {@link #read} returns. Creating a reader silences FFmpeg's log, for the whole process.
 * Immutable and safe for any number of threads.
 */
public final class FfmpegAudioReader implements AudioReader {

    private static final String TYPE = "ffmpeg";

    private final int sampleRate;
    private final ReaderLimits limits;

    private FfmpegAudioReader(Builder builder) {
        this.sampleRate = builder.sampleRate;
        this.limits = new ReaderLimits(
                builder.maxBytes, builder.maxDuration, builder.maxChannels, builder.maxSampleRate, builder.maxTime);
        // Damaged files are told of by exceptions; thousands of lines on the console would tell nobody more.
        av_log_set_level(AV_LOG_QUIET);
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    @SuppressWarnings("try") // the scope frees what is allocated within it, and needs no more
    public Waveform read(String recording, AudioSource source) {
        byte[] bytes = EncodedBytes.load(recording, source, limits.bytes());
        Refusals refusals = new Refusals(recording);
        Deadline deadline = new Deadline(limits.time(), refusals);
        try (PointerScope scope = new PointerScope();
                Container container = new Container(bytes, deadline, refusals);
                Decoding decoding = new Decoding(container, sampleRate, limits, deadline, refusals)) {
            return decoding.run();
        }
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("sampleRate", sampleRate);
        settings.put("maxBytes", limits.bytes());
        settings.put("maxDuration", limits.duration().toNanos() / 1e9);
        settings.put("maxChannels", limits.channels());
        settings.put("maxSampleRate", limits.sampleRate());
        settings.put("maxTime", limits.time().toNanos() / 1e9);
        return new ComponentDescription(TYPE, settings);
    }

    /** Settings of an {@link FfmpegAudioReader}. Not thread-safe. */
    public static final class Builder {

        private static final Duration LONGEST = Duration.ofHours(12);

        private int sampleRate = 16_000;
        private int maxBytes = 256 << 20;
        private Duration maxDuration = Duration.ofMinutes(30);
        private int maxChannels = 32;
        private int maxSampleRate = 384_000;
        private Duration maxTime = Duration.ofMinutes(1);

        private Builder() {}

        /** The rate of all waveforms, in hertz, 1,000 to 384,000; by default 16,000. */
        public Builder sampleRate(int hertz) {
            if (hertz < 1000 || hertz > 384_000) {
                throw new IllegalArgumentException(
                        "the sample rate must be 1000 to 384000 Hz, but was " + hertz + " Hz");
            }
            this.sampleRate = hertz;
            return this;
        }

        /** The most encoded bytes, at least 1; by default 256 MiB. */
        public Builder maxBytes(int bytes) {
            this.maxBytes = requirePositive("maxBytes", bytes);
            return this;
        }

        /** The longest recording, above 0, at most 12 hours; by default 30 minutes. */
        public Builder maxDuration(Duration duration) {
            this.maxDuration = requirePositive("maxDuration", duration);
            return this;
        }

        /** The most channels of a source, at least 1; by default 32. */
        public Builder maxChannels(int channels) {
            this.maxChannels = requirePositive("maxChannels", channels);
            return this;
        }

        /** The highest rate of a source, in hertz; by default 384,000. */
        public Builder maxSampleRate(int hertz) {
            this.maxSampleRate = requirePositive("maxSampleRate", hertz);
            return this;
        }

        /** The longest time that decoding one recording may take, above 0; by default a minute. */
        public Builder maxTime(Duration time) {
            this.maxTime = requirePositive("maxTime", time);
            return this;
        }

        /** The reader; the builder can be used again. */
        public FfmpegAudioReader build() {
            return new FfmpegAudioReader(this);
        }

        private static int requirePositive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
            }
            return value;
        }

        private static Duration requirePositive(String name, Duration value) {
            if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(name + " must be above 0 s and at most " + LONGEST.toSeconds()
                        + " s, but was " + value.toNanos() / 1e9 + " s");
            }
            return value;
        }
    }

    /** Registers {@code ffmpeg}; settings and defaults are those of the {@link Builder}, durations are seconds. */
    public static final class Provider extends ComponentProvider<AudioReader> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(AudioReader.class, TYPE,
                    Setting.integer("sampleRate", "Sample rate of all waveforms.")
                            .between(1000, 384_000).unit("Hz").byDefault(16_000),
                    Setting.integer("maxBytes", "Largest size of an encoded recording.")
                            .atLeast(1).unit("bytes").byDefault(256 << 20),
                    Setting.seconds("maxDuration", "Longest recording.")
                            .above(0).atMost(Builder.LONGEST.toSeconds()).byDefault(1800),
                    Setting.integer("maxChannels", "Largest number of channels of a recording.").atLeast(1).byDefault(32),
                    Setting.integer("maxSampleRate", "Highest sample rate of a recording.")
                            .atLeast(1).unit("Hz").byDefault(384_000),
                    Setting.seconds("maxTime", "Longest time that decoding a recording may take.").above(0)
                            .atMost(Builder.LONGEST.toSeconds()).byDefault(60));
        }

        @Override
        protected AudioReader create(Settings settings) {
            return new Builder()
                    .sampleRate(settings.integer("sampleRate"))
                    .maxBytes(settings.integer("maxBytes"))
                    .maxDuration(settings.seconds("maxDuration"))
                    .maxChannels(settings.integer("maxChannels"))
                    .maxSampleRate(settings.integer("maxSampleRate"))
                    .maxTime(settings.seconds("maxTime"))
                    .build();
        }
    }
}
