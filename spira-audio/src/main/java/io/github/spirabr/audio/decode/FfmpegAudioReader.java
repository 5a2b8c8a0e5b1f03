package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;

/**
 * A reader that decodes with FFmpeg's libraries: WAV, RF64 and W64 in all widths, FLAC, MP3, AAC and M4A, Ogg with Opus,
 * Vorbis or FLAC, Matroska and WebM, AMR, AIFF, AU and CAF, recognised by their bytes and not by their names. Of several
 * audio tracks FFmpeg's best one is decoded.
 *
 * <p>All channels are mixed to one by their arithmetic mean, or one of them is taken ({@link Builder#channel}). The result
 * is resampled: flat to 0.1 dB up to 90 % of the lower of both Nyquist frequencies, 80 dB down above it, without delay. L
 * samples give round(L * to / from), and at least one; before the first sample and after the last, the signal's mirror image
 * is taken. A source of the reader's rate passes unchanged; integers are divided by half their range (16 bits: s / 32768).
 *
 * <p>A {@linkplain AudioSource#part part} of a file has the samples of the same slice of the whole file: bit for bit at the
 * file's own rate, and within 1e-4 when resampled. Nothing behind it is decoded. What lies before it is passed over in
 * uncompressed files, FLAC and ALAC, whose packets decode by themselves. MP3, AAC, Opus, Vorbis, AMR and the like are decoded
 * from their beginning: their decoders keep a state, so that the samples after a jump would not be those of the whole file.
 * The channel of a part takes the place of the reader's. The checks on damage count what was decoded; limits of length apply
 * to the part, that of bytes to the file. A part that begins beyond the end of its file, or ends more than 0.1 s beyond, is
 * refused as {@code CORRUPT}, and one without a sample as {@code TOO_SHORT}. Of a WAV file no more is read than the part
 * needs.
 *
 * <p>No sound is lost silently. Holes in the time stamps are filled with silence ({@link Builder#gaps}), and {@link
 * io.github.spirabr.core.audio.SourceFormat#notes} lists whatever was filled in or left out: holes, broken packets, further
 * tracks, samples that the header does not declare, channels that cancel each other.
 *
 * <p>The bytes are taken as hostile. FFmpeg sees nothing but them: it opens no file, no address and no list of other files,
 * and it is given neither titles nor pictures. Size, duration, samples, channels, rate and time are bounded, and so is each
 * of FFmpeg's allocations (256 MiB). {@link io.github.spirabr.core.audio.AudioException} refuses what cannot be read, with
 * its reason:
 *
 * <ul>
 *   <li>{@code UNREACHABLE}: the source cannot be opened, or breaks; {@code EMPTY}: it has no bytes
 *   <li>{@code NOT_AUDIO}: none of these formats; {@code NO_AUDIO_STREAM}: one of them without audio that this build can
 *       decode, or without the chosen channel
 *   <li>{@code CORRUPT}: it cannot be opened or holds no samples; more than 5 % of its packets are broken (a single one is
 *       always left out, and noted); its rate is below 1,000 Hz or changes; or more than 10 %, and more than half a second,
 *       of the length in its header is missing. PCM of exactly half that length is whole: its header was written wrongly.
 *       Where no header states a length (raw AAC, AMR, Ogg, WAV of unknown length), a file that ends early gives the sound
 *       that is there. Ogg with Vorbis is decoded up to the end of its last block, as by the ffmpeg program: some milliseconds
 *       more than its last page states
 *   <li>{@code INCOMPLETE}: it has holes in its time stamps, and {@code gaps} is set to refuse them
 *   <li>{@code TOO_LARGE}: beyond a limit of the {@link Builder}
 *   <li>{@code NOT_FINITE}: a sample that is NaN or infinite
 * </ul>
 *
 * <p>Memory follows the encoded length and that of the result, whatever the source's rate; native memory is freed before
 * {@link #read} returns. Creating a reader silences FFmpeg's log and bounds its allocations, for the whole process. Immutable
 * and safe for any number of threads.
 */
public final class FfmpegAudioReader implements AudioReader {

    private static final String TYPE = "ffmpeg";

    private final Settled settings;

    private FfmpegAudioReader(Builder builder) {
        this.settings = new Settled(builder.sampleRate, builder.channel, builder.gaps, new ReaderLimits(
                builder.maxBytes, builder.maxDuration, builder.maxChannels, builder.maxSampleRate, builder.maxTime,
                builder.maxSamples));
        FfmpegLibrary.prepare();
    }

    /**
     * The settings of a reader.
     *
     * @param sampleRate sample rate of all waveforms, in hertz
     * @param channel the number of the channel that is taken, from 1; 0 for the mean of all
     * @param gaps the treatment of holes in the time stamps
     * @param limits limits of every recording
     */
    record Settled(int sampleRate, int channel, Gaps gaps, ReaderLimits limits) {}

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this reader. */
    public Builder toBuilder() {
        ReaderLimits limits = settings.limits();
        Builder builder = new Builder().sampleRate(settings.sampleRate()).maxBytes(limits.bytes()).maxDuration(limits.duration())
                .maxChannels(limits.channels()).maxSampleRate(limits.sampleRate()).maxTime(limits.time())
                .maxSamples(limits.samples()).gaps(settings.gaps());
        return settings.channel() == 0 ? builder : builder.channel(settings.channel());
    }

    @Override
    public int sampleRate() {
        return settings.sampleRate();
    }

    @Override
    public Waveform read(String recording, AudioSource source) {
        AudioPart part = source.part();
        Refusals refusals = new Refusals(recording);
        Optional<Waveform> found = WavExcerpt.read(source, settings.sampleRate(), settings.limits().bytes(), refusals)
                .flatMap(excerpt -> decode(excerpt.bytes(), part, refusals, decoding -> decoding.run(excerpt)));
        if (found.isPresent()) {
            return found.get();
        }
        byte[] bytes = EncodedBytes.load(recording, source, settings.limits().bytes());
        return decode(bytes, part, refusals, decoding -> decoding.run(!part.offset().isZero()))
                .or(() -> decode(bytes, part, refusals, decoding -> decoding.run(false)))
                .orElseThrow();
    }

    @SuppressWarnings("try") // the scope frees what is allocated within it, and needs no more
    private Optional<Waveform> decode(
            byte[] bytes, AudioPart part, Refusals refusals, Function<Decoding, Optional<Waveform>> run) {
        Deadline deadline = new Deadline(settings.limits().time(), refusals);
        try (PointerScope scope = new PointerScope();
                Container container = new Container(bytes, deadline, refusals);
                Decoding decoding = new Decoding(container, part, settings, deadline, refusals)) {
            return run.apply(decoding);
        }
    }

    @Override
    public ComponentDescription description() {
        ReaderLimits limits = settings.limits();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("sampleRate", settings.sampleRate());
        values.put("maxBytes", limits.bytes());
        values.put("maxDuration", limits.duration().toNanos() / 1e9);
        values.put("maxChannels", limits.channels());
        values.put("maxSampleRate", limits.sampleRate());
        values.put("maxTime", limits.time().toNanos() / 1e9);
        // The descriptions of models from before these settings must stay as they are.
        if (limits.samples() != Builder.DEFAULT_SAMPLES) {
            values.put("maxSamples", limits.samples());
        }
        if (settings.channel() > 0) {
            values.put("channel", settings.channel());
        }
        if (settings.gaps() != Gaps.FILL) {
            values.put("gaps", Settings.nameOf(settings.gaps()));
        }
        return new ComponentDescription(TYPE, values);
    }

    /** The settings of an {@link FfmpegAudioReader}. Not thread-safe. */
    public static final class Builder {

        private static final Duration LONGEST = Duration.ofHours(12);
        private static final int DEFAULT_SAMPLES = 1 << 27;

        private int sampleRate = 16_000;
        private int maxBytes = 256 << 20;
        private Duration maxDuration = Duration.ofMinutes(30);
        private int maxChannels = 32;
        private int maxSampleRate = 384_000;
        private Duration maxTime = Duration.ofMinutes(1);
        private int maxSamples = DEFAULT_SAMPLES;
        private int channel;
        private Gaps gaps = Gaps.FILL;

        private Builder() {}

        /** Sets the rate of all waveforms, in hertz, 1,000 to 384,000; by default 16,000. */
        public Builder sampleRate(int hertz) {
            if (hertz < 1000 || hertz > 384_000) {
                throw new IllegalArgumentException(
                        "sampleRate must be 1000 to 384000 Hz, but was " + hertz + " Hz");
            }
            this.sampleRate = hertz;
            return this;
        }

        /** Sets the most encoded bytes, at least 1; by default 256 MiB. */
        public Builder maxBytes(int bytes) {
            this.maxBytes = requirePositive("maxBytes", bytes);
            return this;
        }

        /** Sets the longest recording, above 0, at most 12 hours; by default 30 minutes. */
        public Builder maxDuration(Duration duration) {
            this.maxDuration = requirePositive("maxDuration", duration);
            return this;
        }

        /** Sets the most channels of a source, at least 1; by default 32. */
        public Builder maxChannels(int channels) {
            this.maxChannels = requirePositive("maxChannels", channels);
            return this;
        }

        /** Sets the highest rate of a source, in hertz; by default 384,000. */
        public Builder maxSampleRate(int hertz) {
            this.maxSampleRate = requirePositive("maxSampleRate", hertz);
            return this;
        }

        /** Sets the longest time that decoding one recording may take, above 0; by default a minute. */
        public Builder maxTime(Duration time) {
            this.maxTime = requirePositive("maxTime", time);
            return this;
        }

        /**
         * Sets the most samples of a waveform, at least 1; by default 2^27, which take 512 MiB and are 46 minutes at 48 kHz.
         * It is checked before a recording is resampled.
         */
        public Builder maxSamples(int samples) {
            this.maxSamples = requirePositive("maxSamples", samples);
            return this;
        }

        /**
         * Sets the channel to take, from 1; by default the mean of all channels. Recordings with fewer channels are refused.
         */
        public Builder channel(int number) {
            this.channel = requirePositive("channel", number);
            return this;
        }

        /**
         * Sets the treatment of holes in the time stamps; by default {@link Gaps#FILL}, so that pauses keep their length.
         * Releases before this setting closed them without a word; a stored model whose reader does not name it fills them.
         */
        public Builder gaps(Gaps treatment) {
            this.gaps = treatment;
            return this;
        }

        /** Returns the reader; the builder can be used again. */
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
                            .atMost(Builder.LONGEST.toSeconds()).byDefault(60),
                    Setting.integer("maxSamples", "Largest number of samples of a waveform; checked before resampling.")
                            .atLeast(1).optional(Integer.toString(Builder.DEFAULT_SAMPLES)),
                    Setting.integer("channel", "Number of the channel that is taken, from 1.")
                            .atLeast(1).optional("the mean of all channels"),
                    Setting.choice("gaps", Gaps.class,
                            "Treatment of holes in the time stamps: fill them with silence, close them, or refuse the recording.")
                            .optional("fill"));
        }

        @Override
        protected AudioReader create(Settings settings) {
            // These are in a description only if they differ from the default; see description().
            Builder builder = new Builder()
                    .sampleRate(settings.integer("sampleRate"))
                    .maxBytes(settings.integer("maxBytes"))
                    .maxDuration(settings.seconds("maxDuration"))
                    .maxChannels(settings.integer("maxChannels"))
                    .maxSampleRate(settings.integer("maxSampleRate"))
                    .maxTime(settings.seconds("maxTime"))
                    .maxSamples(settings.has("maxSamples") ? settings.integer("maxSamples") : Builder.DEFAULT_SAMPLES)
                    .gaps(settings.has("gaps") ? settings.choice("gaps", Gaps.class) : Gaps.FILL);
            return settings.has("channel") ? builder.channel(settings.integer("channel")).build() : builder.build();
        }
    }
}
