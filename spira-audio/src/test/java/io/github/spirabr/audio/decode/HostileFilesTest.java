package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.audio.decode.WavBytes.Width;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes from anywhere: each ends in samples or in a reason, and opens nothing else. */
class HostileFilesTest {

    private static final FfmpegAudioReader READER = FfmpegAudioReader.builder().sampleRate(16_000).build();
    /** Five minutes of samples, as the limit allows, and their copies; a header may claim so low a rate. */
    private static final long MOST_BYTES_OF_A_MUTANT = 100L << 20;
    private static final FfmpegAudioReader FIVE_MINUTES =
            FfmpegAudioReader.builder().maxDuration(Duration.ofMinutes(5)).build();
    private static final int LIE = 0x7ffffff0;
    private static final long SMALL_HEAP = 256L << 20;
    private static final boolean LONG = Boolean.getBoolean("spira.long");
    private static final List<String> FIXTURES = List.of("tones.flac", "tones-s24.wav", "tones-alaw.wav", "tones.mp3",
            "tones.m4a", "tones.aac", "tones-opus.ogg", "tones-opus.webm", "tones-vorbis.ogg", "tones.caf",
            "tones.aiff", "tones.au", "tones.w64", "tones-alac.m4a", "tones-flac.ogg", "tones.amr", "g722.wav", "g726.wav",
            "muted.webm");

    private static void assertRefused(FfmpegAudioReader reader, byte[] bytes, Reason reason, String... parts) {
        AudioException refusal =
                catchThrowableOfType(AudioException.class, () -> reader.read("clip 7", Sources.of(bytes)));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        assertThat(refusal.recording()).isEqualTo("clip 7");
        assertThat(refusal.getMessage()).startsWith("recording clip 7: ");
        for (String part : parts) {
            assertThat(refusal).hasMessageContaining(part);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static double[] half(int length) {
        double[] samples = new double[length];
        Arrays.fill(samples, 0.5);
        return samples;
    }

    @Test
    void nothingAtAll() {
        assertRefused(READER, new byte[0], Reason.EMPTY, "0 bytes");
    }

    @Test
    void textNoiseAndPictures() {
        assertRefused(READER, ascii("file_path,class\na.wav,1\n".repeat(50)), Reason.NOT_AUDIO, "known are WAV");
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1};
        assertRefused(READER, png, Reason.NOT_AUDIO, "png", "not read");
        byte[] noise = new byte[100_000];
        new Random(11).nextBytes(noise);
        assertRefused(READER, noise, Reason.NOT_AUDIO);
        assertRefused(READER, new byte[100_000], Reason.NOT_AUDIO);
        assertRefused(READER, Sources.fixture("picture-only.mp4"), Reason.NO_AUDIO_STREAM, "no audio in it");
    }

    @Test
    void aHeaderOnly() {
        byte[] wav = new WavBytes(16_000, Width.S16).of(new double[0]);
        assertRefused(READER, wav, Reason.CORRUPT, "no samples");
        assertRefused(READER, Arrays.copyOf(Sources.fixture("tones.flac"), 60), Reason.CORRUPT);
    }

    @Test
    void aFileThatWasCutShortIsToldByItsHeader() {
        byte[] wav = new WavBytes(8000, Width.S16).of(half(40_000));
        assertRefused(READER, Arrays.copyOf(wav, 30_000), Reason.CORRUPT, "promises 5.00 s", "only 1.87 s");
        // A few samples fewer than promised are common, and tolerated.
        assertThat(READER.read("r", Sources.of(Arrays.copyOf(wav, wav.length - 2000))).length()).isEqualTo(78_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tones.flac", "tones-s24.wav", "tones.mp3", "tones.m4a", "tones-opus.webm", "tones.aiff",
        "tones.au", "tones.caf", "tones.w64", "tones-alac.m4a"})
    void whatIsCutShortIsRefusedWhereTheHeaderTells(String file) {
        byte[] whole = Sources.fixture(file);
        assertRefused(READER, Arrays.copyOf(whole, whole.length / 5), Reason.CORRUPT, "cut short");
    }

    /** These say nowhere how long they are. */
    @ParameterizedTest
    @ValueSource(strings = {"tones.aac", "tones-opus.ogg", "tones-vorbis.ogg", "tones-flac.ogg"})
    void whatIsCutShortElsewhereGivesWhatIsThere(String file) {
        // Twice, as all of a short Ogg file is one page, and a part of a page is nothing.
        byte[] once = Sources.fixture(file);
        byte[] whole = Arrays.copyOf(once, 2 * once.length);
        System.arraycopy(once, 0, whole, once.length, once.length);
        int all = READER.read("r", Sources.of(whole)).length();
        int some = READER.read("r", Sources.of(Arrays.copyOf(whole, whole.length * 3 / 4))).length();
        assertThat(some).isBetween(all / 4, all - 1);
    }

    @Test
    void lengthsOf64BitsAreRespected() {
        byte[] wav = new WavBytes(8000, Width.S16).rf64().of(half(40_000));
        assertRefused(READER, Arrays.copyOf(wav, 30_000), Reason.CORRUPT, "promises 5.00 s");
    }

    @Test
    void moreThanALittleDamageIsRefused() {
        byte[] flac = Sources.fixture("tones.flac");
        // The frames begin behind 8 kB of padding.
        for (int at = 9000; at < flac.length; at += 700) {
            flac[at] ^= 0x55;
        }
        assertRefused(READER, flac, Reason.CORRUPT);
    }

    @Test
    void samplesThatAreNotFinite() {
        double[] samples = half(1000);
        samples[500] = Double.NaN;
        assertRefused(READER, new WavBytes(16_000, Width.F32).of(samples), Reason.NOT_FINITE, "0.031 s is NaN");
        samples[500] = Double.POSITIVE_INFINITY;
        assertRefused(READER, new WavBytes(16_000, Width.F64).of(samples), Reason.NOT_FINITE, "Infinity");
        Arrays.fill(samples, Double.NaN);
        assertRefused(READER, new WavBytes(44_100, Width.F32).of(samples), Reason.NOT_FINITE, "NaN");
    }

    @Test
    void samplesThatAreFiniteButTooLargeToResample() {
        double[] samples = new double[4000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (i / 3 % 2 == 0 ? 1 : -1) * 3.3e38;
        }
        assertRefused(READER, new WavBytes(44_100, Width.F32).of(samples), Reason.NOT_FINITE, "resampling");
    }

    @Test
    void aWrongNameDoesNotMatter() {
        // The reader is never told a name; what counts is what is in the bytes.
        assertThat(READER.read("actually.flac", Sources.of(new WavBytes(16_000, Width.S16).of(half(100)))).length())
                .isEqualTo(100);
    }

    @Test
    void limits() {
        byte[] wav = new WavBytes(16_000, Width.S16).of(half(16_000), half(16_000));
        assertRefused(FfmpegAudioReader.builder().maxDuration(Duration.ofMillis(500)).build(), wav, Reason.TOO_LARGE,
                "longer than 0.5 s");
        assertRefused(FfmpegAudioReader.builder().maxChannels(1).build(), wav, Reason.TOO_LARGE, "2 channels",
                "limit is 1");
        assertRefused(FfmpegAudioReader.builder().maxSampleRate(8000).build(), wav, Reason.TOO_LARGE, "16000 Hz");
        assertRefused(FfmpegAudioReader.builder().maxBytes(1000).build(), wav, Reason.TOO_LARGE,
                "more than 1000 bytes");
        assertRefused(FfmpegAudioReader.builder().maxTime(Duration.ofNanos(1)).build(), wav, Reason.TOO_LARGE,
                "took longer");
        assertThat(FfmpegAudioReader.builder().maxBytes(wav.length).build().read("r", Sources.of(wav)).length())
                .isEqualTo(16_000);
    }

    @Test
    void aRateThatNobodyMeans() {
        assertRefused(READER, new WavBytes(1, Width.S16).of(half(100)), Reason.CORRUPT, "1 Hz", "1000 Hz");
        assertRefused(READER, new WavBytes(Integer.MAX_VALUE, Width.S16).of(half(100)), Reason.TOO_LARGE);
        assertThat(READER.read("r", Sources.of(new WavBytes(1000, Width.S16).of(half(100)))).length()).isEqualTo(1600);
    }

    @Test
    void aSourceThatBreaksIsUnreachable() {
        InputStream breaking = new InputStream() {
            private int left = 100;

            @Override
            public int read() throws IOException {
                if (left-- > 0) {
                    return 0;
                }
                throw new IOException("connection reset");
            }
        };
        for (boolean atOnce : new boolean[] {true, false}) {
            AudioSource broken = new AudioSource() {
                @Override
                public String name() {
                    return "bucket/key";
                }

                @Override
                public InputStream open() throws IOException {
                    if (atOnce) {
                        throw new IOException("connection reset");
                    }
                    return breaking;
                }
            };
            AudioException refusal = catchThrowableOfType(AudioException.class, () -> READER.read("r", broken));
            assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(refusal).hasMessageContaining("bucket/key").hasMessageContaining("connection reset");
        }
    }

    @Test
    void noListOfOtherFilesIsFollowed(@TempDir Path folder) throws IOException {
        Path wav = Files.write(folder.resolve("other.wav"), new WavBytes(16_000, Width.S16).of(half(16_000)));
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(50);
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/other.wav";
            for (String other : List.of(
                    wav.toString(), wav.toUri().toString(), url, "subfile,,start,0,end,0,,:" + wav)) {
                for (String list : List.of(
                        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n" + other
                                + "\n#EXT-X-ENDLIST\n",
                        "ffconcat version 1.0\nfile '" + other + "'\n",
                        "file '" + other + "'\nduration 1\n",
                        "concat:" + other + "|" + other,
                        other,
                        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period>"
                                + "<AdaptationSet mimeType=\"audio/mp4\"><Representation id=\"1\"><BaseURL>" + other
                                + "</BaseURL></Representation></AdaptationSet></Period></MPD>",
                        "v=0\nm=audio 5004 RTP/AVP 0\nc=IN IP4 127.0.0.1\n")) {
                    assertRefused(READER, ascii(list), Reason.NOT_AUDIO);
                }
            }
            assertThat(catchThrowableOfType(SocketTimeoutException.class, server::accept)).isNotNull();
        }
    }

    @Test
    void noTrackInAnotherFileIsFollowed(@TempDir Path folder) throws IOException {
        Path wav = Files.write(folder.resolve("other.raw"), new byte[64_000]);
        byte[] movie = MovieBytes.ofTrackIn(wav.toString());
        AudioException refusal =
                catchThrowableOfType(AudioException.class, () -> READER.read("r", Sources.of(movie)));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isIn(Reason.CORRUPT, Reason.NO_AUDIO_STREAM);
    }

    /** {@code -Dspira.fuzz.mutants=120000} for the long campaign. */
    @Test
    @Tag("campaign")
    void mutantsEndInSamplesOrInAReason() throws IOException {
        int mutants = Integer.getInteger("spira.fuzz.mutants", LONG ? 10_000 : 300);
        Random random = new Random(20_261_101);
        long before = ManyDecodings.residentBytes();
        int read = 0;
        for (int m = 0; m < mutants; m++) {
            byte[] mutant = mutate(Sources.fixture(FIXTURES.get(m % FIXTURES.size())), random);
            read += isReadWithinLimits("mutant " + m, mutant) ? 1 : 0;
        }
        assertThat(read).isBetween(mutants / 20, mutants - 1);
        if (Runtime.getRuntime().maxMemory() <= SMALL_HEAP) {
            assertThat(ManyDecodings.residentBytes() - before).isLessThan(2 * SMALL_HEAP);
        }
    }

    /** Three for each format: sizes behind the names of chunks, sizes before the names of boxes, and any words of the header. */
    @Test
    @Tag("campaign")
    void filesWhoseSizesLieEndInSamplesOrInAReason() {
        Random random = new Random(20_261_130);
        for (String fixture : FIXTURES) {
            byte[] file = Sources.fixture(fixture);
            byte[] chunks = file.clone();
            byte[] boxes = file.clone();
            byte[] words = file.clone();
            for (int at = 0; at < Math.min(file.length - 8, 4096); at++) {
                if (isName(file, at)) {
                    ByteBuffer.wrap(chunks).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 4, LIE);
                    ByteBuffer.wrap(boxes).putInt(Math.max(0, at - 4), LIE);
                }
            }
            for (int word = 0; word < 16; word++) {
                ByteBuffer.wrap(words).putInt(4 + random.nextInt(396), -1 - random.nextInt(2));
            }
            isReadWithinLimits(fixture + " with chunks that lie", chunks);
            isReadWithinLimits(fixture + " with boxes that lie", boxes);
            isReadWithinLimits(fixture + " with words that lie", words);
        }
    }

    private static boolean isName(byte[] file, int at) {
        for (int i = at; i < at + 4; i++) {
            if (!Character.isLetterOrDigit(file[i])) {
                return false;
            }
        }
        return true;
    }

    /** Reads a file; returns false if it is refused with its name. */
    private static boolean isReadWithinLimits(String name, byte[] file) {
        com.sun.management.ThreadMXBean work =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long busy = work.getCurrentThreadCpuTime();
        long allocated = work.getThreadAllocatedBytes(self);
        boolean read = false;
        try {
            assertThat(FIVE_MINUTES.read(name, Sources.of(file)).length()).isPositive();
            read = true;
        } catch (AudioException e) {
            assertThat(e).hasMessageContaining(name);
        }
        // The processor's time, so that a busy machine does not fail the test.
        assertThat(Duration.ofNanos(work.getCurrentThreadCpuTime() - busy)).as(name).isLessThan(Duration.ofSeconds(1));
        assertThat(work.getThreadAllocatedBytes(self) - allocated).as("bytes for " + name).isLessThan(MOST_BYTES_OF_A_MUTANT);
        return read;
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        switch (random.nextInt(5)) {
            case 0 -> flip(bytes, bytes.length, 1 + random.nextInt(200), random);
            case 1 -> flip(bytes, Math.min(bytes.length, 200), 1 + random.nextInt(8), random);
            case 2 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            case 3 -> {
                int at = random.nextInt(bytes.length);
                int length = Math.min(bytes.length - at, random.nextInt(2000));
                Arrays.fill(bytes, at, at + length, (byte) random.nextInt(256));
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int to = random.nextInt(bytes.length);
                int length = Math.min(random.nextInt(4000), bytes.length - Math.max(from, to));
                System.arraycopy(original, from, bytes, to, length);
            }
        }
        return bytes;
    }

    private static void flip(byte[] bytes, int within, int count, Random random) {
        for (int i = 0; i < count; i++) {
            bytes[random.nextInt(within)] = (byte) random.nextInt(256);
        }
    }

    /** {@code -Dspira.long=true} or {@code -Dspira.leak.files=10000} for the long campaign. */
    @Test
    void nothingLeaks() throws Exception {
        Assumptions.assumeTrue(Files.exists(ManyDecodings.MEMORY), "resident memory is measured on Linux only");
        int files = Integer.getInteger("spira.leak.files", LONG ? 10_000 : 1500);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms64m", "-Xmx64m",
                "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                ManyDecodings.class.getName(), Integer.toString(files)));
        command.addAll(FIXTURES);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        Matcher found = Pattern.compile("grew (-?\\d+) refused (\\d+)").matcher(output);
        assertThat(found.find()).as(output).isTrue();
        // A leak of one decoder (50 kB at least) in each file would be 50 MB in 1,000.
        assertThat(Long.parseLong(found.group(1))).as(output).isLessThan(16L << 20);
        assertThat(Integer.parseInt(found.group(2))).as(output).isBetween(files / 20, files / 5);
    }
}
