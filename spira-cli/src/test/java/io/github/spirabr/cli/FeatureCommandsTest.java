package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCommandsTest {

    private static final Path AUDIO = Path.of("examples/demo/audio");
    private static final Path WAV = AUDIO.resolve("subject-01-1.wav");
    private static final Path OGG = AUDIO.resolve("subject-01-2.ogg");
    private static final int HEADER = 128;

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Outcome spira(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int code = Spira.execute(new PrintWriter(out, true), new PrintWriter(err, true), texts);
        return new Outcome(code, out.toString(), err.toString());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static float[] values(Path npy) throws IOException {
        byte[] bytes = Files.readAllBytes(npy);
        float[] values = new float[(bytes.length - HEADER) / 4];
        ByteBuffer floats = ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER);
        floats.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static String header(Path npy) throws IOException {
        return new String(Files.readAllBytes(npy), 10, HEADER - 10, StandardCharsets.US_ASCII);
    }

    @Test
    void eachRecordingBecomesAnArray() throws IOException {
        Path out = folder.resolve("made/features");
        Outcome outcome = spira("features", WAV, OGG, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(names(out)).containsExactly("subject-01-1.npy", "subject-01-2.npy");

        Waveform waveform = FfmpegAudioReader.builder().build().read("r", FileAudioSource.of(WAV));
        FeatureMatrix expected = Mfcc.builder().build().extract(waveform);
        assertThat(values(out.resolve("subject-01-1.npy"))).isEqualTo(expected.toArray());
        assertThat(header(out.resolve("subject-01-1.npy"))).contains("'shape': (" + expected.frames() + ", 40), }");
        assertThat(outcome.out().lines().findFirst().orElseThrow())
                .isEqualTo(out.resolve("subject-01-1.npy") + ": " + expected.frames() + " frames x 40 features");
    }

    @Test
    void windowsBecomeAnArrayOfThreeDimensions() throws IOException {
        Outcome outcome = spira(
                "features", WAV, "--out", folder, "--windows", "--window", 1, "--step", 0.5, "--kind", "spectrogram");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Waveform waveform = FfmpegAudioReader.builder().build().read("r", FileAudioSource.of(WAV));
        int windows = 1 + (waveform.length() - 16_000) / 8000;
        assertThat(outcome.out()).contains(": " + windows + " windows x 101 frames x 601 features");
        assertThat(header(folder.resolve("subject-01-1.npy"))).contains("'shape': (" + windows + ", 101, 601), }");
    }

    @Test
    void anUnreadableFileDoesNotKeepTheOthersFromBeingWritten() throws IOException {
        Path text = Files.writeString(folder.resolve("text.wav"), "this is no audio but a text of some length");
        Path out = folder.resolve("out");
        Outcome outcome = spira("features", text, WAV, "--out", out);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1).first().asString()
                .startsWith("spira: recording " + text + ": this is no audio file");
        assertThat(names(out)).containsExactly("subject-01-1.npy");
    }

    @Test
    void windowsTooShortForTheFeaturesAreReported() throws IOException {
        Path out = folder.resolve("out");
        Outcome outcome = spira("features", WAV, "--out", out, "--windows", "--window", 0.01);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1).first().asString()
                .startsWith("spira: recording " + WAV + ": a window must be longer than half the fftSize");
        assertThat(names(out)).isEmpty();
    }

    @Test
    void twoFilesOfOneNameAreRefusedBeforeWork() {
        Path out = folder.resolve("out");
        Outcome outcome = spira("features", WAV, folder.resolve("subject-01-1.ogg"), "--out", out);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(
                "would both be written to " + out.resolve("subject-01-1.npy") + "; write them to two folders");
        assertThat(out).doesNotExist();
    }

    @Test
    void everyKindBecomesAPicture() throws IOException {
        for (String kind : List.of("spectrogram", "mel", "mfcc")) {
            Path png = folder.resolve(kind + ".png");
            Path svg = folder.resolve(kind + ".svg");
            Outcome outcome = spira("plot", WAV, "--kind", kind, "--out", png);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out().strip()).isEqualTo(png.toString());
            assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1920);
            assertThat(spira("plot", WAV, "--kind", kind, "--out", svg, "--window", 1, "--step", 1).code()).isZero();
            assertThat(Files.readString(svg)).contains("of subject-01-1.wav", "Windows");
        }
    }

    @Test
    void wrongUsageIsToldApart() throws IOException {
        assertThat(spira("features", WAV).err()).contains("Missing required option: '--out=FOLDER'");
        assertThat(spira("plot", WAV).err()).contains("Missing required option: '--out=PICTURE'");
        Outcome kind = spira("plot", WAV, "--out", folder.resolve("a.png"), "--kind", "chroma");
        assertThat(kind.code()).isEqualTo(2);
        assertThat(kind.err()).contains("'--kind'", "it must be one of spectrogram, mel, mfcc, but was 'chroma'");
        for (String seconds : List.of("0", "-1", "nan", "1e9")) {
            Outcome window = spira("plot", WAV, "--out", folder.resolve("a.png"), "--window", seconds);
            assertThat(window.code()).isNotZero();
            assertThat(window.err()).contains("--window");
        }
        assertThat(spira("plot", WAV, "--out", folder.resolve("a.jpg")).err())
                .contains("a picture's name must end in .png or .svg");
        assertThat(names(folder)).isEmpty();
    }

    @Test
    void bothCommandsExplainThemselvesWithExamples() {
        assertThat(spira("features", "--help").out())
                .contains("FILE", "--windows", "Default: mfcc", "Examples:")
                .contains("spira features audio/*.wav --out features");
        assertThat(spira("plot", "--help").out())
                .contains("PICTURE", "Default: mel", "Examples:", "spira plot recording.wav --out recording.png");
        assertThat(spira().out()).contains("features", "plot");
    }
}
