package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.audio.decode.WavBytes.Width;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioException.Reason;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes from anywhere: each ends in samples or in a reason, and opens nothing else. */
class HostileFilesTest {

    private static final FfmpegAudioReader READER = FfmpegAudioReader.builder().sampleRate(16_000).build();
    private static final List<String> FIXTURES = List.of("tones.flac", "tones-s24.wav", "tones-alaw.wav", "tones.mp3",
            "tones.m4a", "tones.aac", "tones-opus.ogg", "tones-opus.webm", "tones-vorbis.ogg", "tones.caf");

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
        assertRefused(READER, png, Reason.NOT_AUDIO);
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

    @Test
    void samplesThatAreNotFinite() {
        double[] samples = half(1000);
        samples[500] = Double.NaN;
        assertRefused(READER, new WavBytes(16_000, Width.F32).of(samples), Reason.NOT_FINITE, "0.031 s is NaN");
        samples[500] = Double.POSITIVE_INFINITY;
        assertRefused(READER, new WavBytes(16_000, Width.F64).of(samples), Reason.NOT_FINITE, "Infinity");
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
                "longer than");
        assertRefused(FfmpegAudioReader.builder().maxChannels(1).build(), wav, Reason.TOO_LARGE, "2 channels", "limit is 1");
        assertRefused(FfmpegAudioReader.builder().maxSampleRate(8000).build(), wav, Reason.TOO_LARGE, "16000 Hz");
        assertRefused(FfmpegAudioReader.builder().maxBytes(1000).build(), wav, Reason.TOO_LARGE, "more than 1000 bytes");
        assertRefused(FfmpegAudioReader.builder().maxTime(Duration.ofNanos(1)).build(), wav, Reason.TOO_LARGE,
                "took longer");
        assertThat(FfmpegAudioReader.builder().maxBytes(wav.length).build().read("r", Sources.of(wav)).length())
                .isEqualTo(16_000);
    }

    @Test
    void aSourceThatBreaksIsUnreachable() {
        AudioSource broken = new AudioSource() {
            @Override
            public String name() {
                return "bucket/key";
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("connection reset");
            }
        };
        AudioException refusal = catchThrowableOfType(AudioException.class, () -> READER.read("r", broken));
        assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(refusal).hasMessageContaining("bucket/key").hasMessageContaining("connection reset");
    }

    @Test
    void noListOfOtherFilesIsFollowed(@TempDir Path folder) throws IOException {
        Path wav = Files.write(folder.resolve("other.wav"), new WavBytes(16_000, Width.S16).of(half(16_000)));
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(50);
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/other.wav";
            for (String other : List.of(wav.toString(), wav.toUri().toString(), url, "subfile,,start,0,end,0,,:" + wav)) {
                for (String list : List.of(
                        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n" + other + "\n#EXT-X-ENDLIST\n",
                        "ffconcat version 1.0\nfile '" + other + "'\n",
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

    /** {@code -Dspira.fuzz.mutants=10000} for the long campaign. */
    @Test
    void mutantsEndInSamplesOrInAReason() {
        int mutants = Integer.getInteger("spira.fuzz.mutants", 300);
        Random random = new Random(20_261_101);
        FfmpegAudioReader reader = FfmpegAudioReader.builder().maxDuration(Duration.ofMinutes(5)).build();
        int read = 0;
        for (int m = 0; m < mutants; m++) {
            byte[] mutant = mutate(Sources.fixture(FIXTURES.get(m % FIXTURES.size())), random);
            long start = System.nanoTime();
            try {
                Waveform waveform = reader.read("mutant " + m, Sources.of(mutant));
                assertThat(waveform.length()).isPositive();
                read++;
            } catch (AudioException e) {
                assertThat(e).hasMessageContaining("mutant " + m);
            }
            // A bound on work, not a measurement: a mutant that hangs would take the reader's minute.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as("mutant %d", m).isLessThan(Duration.ofSeconds(10));
        }
        assertThat(read).isBetween(mutants / 20, mutants - 1);
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

    /** {@code -Dspira.leak.files=10000} for the long campaign. */
    @Test
    void nothingLeaks() throws IOException {
        Path status = Path.of("/proc/self/statm");
        Assumptions.assumeTrue(Files.exists(status), "resident memory is measured on Linux only");
        int files = Integer.getInteger("spira.leak.files", 1500);
        List<byte[]> good = FIXTURES.stream().map(Sources::fixture).toList();
        byte[] bad = ascii("no audio");
        long after500 = 0;
        for (int i = 0; i < files; i++) {
            if (i == 500) {
                after500 = residentBytes(status);
            }
            byte[] file = i % 10 == 9 ? bad : i % 10 == 8 ? Arrays.copyOf(good.get(i % 7), 3000) : good.get(i % 10);
            try {
                READER.read("r", Sources.of(file));
            } catch (AudioException e) {
                assertThat(e.reason()).isIn(Reason.NOT_AUDIO, Reason.CORRUPT);
            }
        }
        // The heap may still grow; a leak of one decoder (50 kB at least) in each file would be 50 MB in 1,000.
        assertThat(residentBytes(status) - after500).isLessThan(40L << 20);
    }

    private static long residentBytes(Path status) throws IOException {
        System.gc();
        return Long.parseLong(Files.readString(status).split(" ")[1]) * 4096;
    }
}
