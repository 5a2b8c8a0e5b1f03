package io.github.spirabr.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.audio.features.LogMel;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxEncoderTest {

    @TempDir
    private Path folder;

    private static String refusal(OnnxEncoder.Builder encoder) {
        return assertThatIllegalArgumentException().isThrownBy(encoder::build).actual().getMessage();
    }

    private static OnnxEncoder.Builder of(String file) {
        return OnnxEncoder.builder(Graphs.file(file), Graphs.RATE);
    }

    @Test
    void aMissingFileIsNamedWithTheWayOut() {
        Path missing = folder.resolve("hear.onnx");
        assertThat(refusal(OnnxEncoder.builder(missing, Graphs.RATE))).isEqualTo("file: there is no file " + missing
                + "; correct the path, or set the environment variable SPIRA_ENCODERS to the folder that contains it");
    }

    @Test
    void aFileThatIsNoGraphIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no graph");
        assertThat(refusal(OnnxEncoder.builder(text, Graphs.RATE)))
                .startsWith("file: text.onnx must be an ONNX graph that ONNX Runtime 1.23.2 can open, with its weights in the"
                        + " same file, but is not: ")
                .endsWith("; export it again (docs/guides/encoders.md says how)")
                .doesNotContain("\n");
        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        assertThat(refusal(OnnxEncoder.builder(empty, Graphs.RATE))).startsWith("file: empty.onnx must be an ONNX graph");
    }

    @Test
    void aGraphThatIsNoEncoderIsRefused() {
        assertThat(refusal(of("two-inputs.onnx"))).isEqualTo("file: two-inputs.onnx must have one input, but has [audio, mask];"
                + " export it with the audio, or its features, as the only one");
        assertThat(refusal(of("whole-numbers.onnx")))
                .contains("whole-numbers.onnx must take 32-bit floats, but its input 'audio' is");
        assertThat(refusal(of("any-size.onnx"))).isEqualTo("output: of any-size.onnx must have a fixed size, but is"
                + " 'same' [?, ?]; export the encoder with a last axis that does not depend on the input");
        assertThat(refusal(of("no-embedding.onnx"))).isEqualTo("output: of no-embedding.onnx must be [1, frames, size] or"
                + " [1, size], but is 'mean' [?]; name another output, or export the encoder with such a one");
    }

    @Test
    void theOutputIsNamedWhereThereAreSeveral() {
        assertThat(refusal(of("raw.onnx"))).isEqualTo("output: the output of raw.onnx must be one of [frames, summary], but none"
                + " is named; set output");
        assertThat(refusal(of("raw.onnx").output("frame"))).isEqualTo("output: must be one of the outputs [frames, summary] of"
                + " raw.onnx, but was 'frame'");
        assertThat(refusal(of("raw.onnx").output("summary").pooling(Pooling.MEAN_DEVIATION))).isEqualTo("pooling: must not be"
                + " mean-deviation for one embedding per window, but the output of raw.onnx is 'summary' [1, 12]; use mean");
    }

    @Test
    void anInputOfAnotherShapeIsRefused() {
        assertThat(refusal(of("image.onnx"))).isEqualTo("file: image.onnx must take a raw waveform, [1, samples], since there is"
                + " no frontend, but its input is 'audio' [1, 1, ?, 20]; correct frontend and layout, or export the encoder with"
                + " such an input");
        assertThat(refusal(of("image.onnx").frontend(LogMel.builder().melBands(30).build()))).startsWith("file: image.onnx must take"
                + " 30 features of log-mel, but its input is 'audio' [1, 1, ?, 20]; correct frontend and layout");
        assertThat(refusal(of("raw.onnx").frontend(Graphs.FRAMED))).isEqualTo("file: raw.onnx must take 20 features of framed,"
                + " but its input is 'audio' [1, ?]; correct frontend and layout, or export the encoder with such an input");
        assertThat(refusal(Graphs.image().layout(Layout.TIME_FEATURES)))
                .startsWith("layout: image.onnx must take an input of the layout time-features, but its input is");
        assertThat(refusal(Graphs.image().layout(Layout.SAMPLES))).isEqualTo("layout: samples is that of a raw waveform, but"
                + " there is a frontend; remove one of them");
        assertThat(refusal(of("raw.onnx").layout(Layout.TIME_FEATURES))).startsWith("layout: time-features needs features");
        assertThat(refusal(of("any-layout.onnx").frontend(Graphs.FRAMED))).isEqualTo("layout: must be one of [time-features,"
                + " features-time], since each fits the input 'audio' [?, ?, ?] of any-layout.onnx; set it");
    }

    @Test
    void windowsOfAnotherLengthThanTheGraphTakesAreRefused() {
        try (OnnxEncoder encoder = Graphs.patches().build(); OnnxEncoder filling = Graphs.patches().fill(0).build()) {
            assertThat(encoder.frames(480)).isEqualTo(1);
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.frames(300)).withMessage("patches.onnx takes windows of"
                    + " exactly 24 frames, but got 15 frames; set window, or fill, the value behind the end");
            assertThatIllegalArgumentException().isThrownBy(() -> filling.frames(500)).withMessage("patches.onnx takes windows of"
                    + " exactly 24 frames, but got 25 frames; set window to a shorter time");
        }
        try (OnnxEncoder encoder = Graphs.raw().build()) {
            assertThatThrownBy(() -> encoder.frames(10)).isInstanceOf(PreprocessingException.class)
                    .hasMessageStartingWith("raw.onnx must compute an input of [1, 10], but failed: ");
        }
    }

    @Test
    void aHopNeedsAWindow() {
        assertThat(refusal(Graphs.raw().hop(Duration.ofSeconds(1))))
                .isEqualTo("hop: needs windows of the encoder, but there are none; set window");
    }

    @Test
    void anotherRateIsRefused() {
        try (OnnxEncoder encoder = Graphs.raw().build()) {
            assertThatThrownBy(() -> encoder.extract(Waveform.of(new float[8000], 24_000)))
                    .isInstanceOf(PreprocessingException.class)
                    .hasMessage("the encoder raw.onnx needs waveforms of sampleRate 16000 Hz, but got 24000 Hz; set the reader's"
                            + " sampleRate to 16000");
        }
    }

    @Test
    void theRateOfTheFrontEndIsThatOfTheEncoder() {
        assertThat(refusal(OnnxEncoder.builder(Graphs.file("image.onnx"), 16_000).frontend(LogMel.panns32kHz())))
                .isEqualTo("sampleRate: must be 32000 Hz, that of the frontend, but was 16000 Hz; correct it, or the frontend");
        try (OnnxEncoder encoder = Graphs.raw().build()) {
            Preprocessing steps = Preprocessing.builder()
                    .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1))).extract(encoder).build();
            assertThatThrownBy(() -> steps.inputShape(24_000)).hasMessageContaining("set the reader's sampleRate to 16000");
        }
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        try (OnnxEncoder encoder = of("infinite.onnx").build()) {
            assertThatThrownBy(() -> encoder.frames(100)).isInstanceOf(PreprocessingException.class)
                    .hasMessage("the output 'log' of infinite.onnx must be finite, but has the value -Infinity for an input of"
                            + " [1, 100]; check the encoder's front end and rate, or export it in single precision");
        }
    }

    /** As in a stored model on another machine. */
    @Test
    void aDescriptionFindsItsFileByNameAndDigest() throws IOException {
        Path here = folder.resolve("moved.onnx");
        Files.write(here, named("as on another machine"));
        ComponentDescription stored;
        try (OnnxEncoder encoder = OnnxEncoder.builder(here, Graphs.RATE).output("frames").build()) {
            stored = encoder.description();
        }
        assertThat(stored.settings()).containsEntry("file", "moved.onnx").containsEntry("layout", "samples");
        try (OnnxEncoder encoder = (OnnxEncoder) made(stored)) {
            assertThat(encoder.description()).as("where it was read before").isEqualTo(stored);
        }
        Path there = Files.createDirectories(folder.resolve("there"));
        Files.move(here, there.resolve("moved.onnx"));
        assertThatThrownBy(() -> made(stored)).isInstanceOf(ComponentException.class)
                .hasMessageContaining("extract.file: there is no file moved.onnx;")
                .hasMessageContaining("SPIRA_ENCODERS").hasMessageContaining("(SHA-256 " + stored.settings().get("sha256") + ")");

        Path other = Files.createDirectories(folder.resolve("other"));
        Files.copy(Graphs.file("patches.onnx"), other.resolve("moved.onnx"));
        System.setProperty(GraphFile.FOLDERS_PROPERTY, other.toString());
        try {
            assertThatThrownBy(() -> made(stored)).isInstanceOf(ComponentException.class)
                    .hasMessageContaining("extract.sha256: the encoder must be the file with the SHA-256 "
                            + stored.settings().get("sha256") + ", but " + other.resolve("moved.onnx") + " has ");
            System.setProperty(GraphFile.FOLDERS_PROPERTY, other + File.pathSeparator + there);
            try (OnnxEncoder encoder = (OnnxEncoder) made(stored)) {
                assertThat(encoder.description()).isEqualTo(stored);
            }
        } finally {
            System.clearProperty(GraphFile.FOLDERS_PROPERTY);
        }
    }

    /** Returns the bytes of raw.onnx with a field at their end, so that no other test has read such a file. */
    private static byte[] named(String producer) throws IOException {
        byte[] graph = Files.readAllBytes(Graphs.file("raw.onnx"));
        byte[] name = producer.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(graph.length + 2 + name.length).put(graph);
        // Field 2 of ONNX's ModelProto, a text: the producer.
        return all.put((byte) (2 << 3 | 2)).put((byte) name.length).put(name).array();
    }

    private static FeatureExtractor made(ComponentDescription description) {
        return Components.discover().create(FeatureExtractor.class, "extract", description);
    }

    @Test
    void theFrontEndIsMadeFromItsSettings() {
        Map<String, Object> settings = new HashMap<>(Map.of("file", Graphs.file("image.onnx").toString(), "sampleRate", 16_000,
                "frontend", Map.of("type", "mel-spectrogram", "melBands", 20)));
        try (OnnxEncoder encoder = (OnnxEncoder) made(new ComponentDescription("onnx-encoder", settings))) {
            assertThat(encoder.features()).isEqualTo(10);
            assertThat(encoder.description().settings()).containsEntry("frontend.type", "mel-spectrogram")
                    .containsEntry("frontend.melBands", 20).containsEntry("layout", "channel-time-features");
        }
        settings.put("frontend", Map.of("type", "mel-spectrogram", "melBand", 20));
        assertThatThrownBy(() -> made(new ComponentDescription("onnx-encoder", settings)))
                .hasMessageContaining("extract.frontend.melBand is unknown");
        settings.put("frontend", "mel-spectrogram");
        assertThatThrownBy(() -> made(new ComponentDescription("onnx-encoder", settings)))
                .hasMessage("extract.frontend must be a part, such as {type: TYPE}, but was mel-spectrogram");
    }

    /** Its input is turned: features after each other. */
    @Test
    void layoutsTurnTheInput() {
        assertThat(Layout.FEATURES_TIME.arranged(new float[] {1, 2, 3, 4, 5, 6}, 3)).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Layout.CHANNEL_FEATURES_TIME.arranged(new float[] {1, 2, 3, 4, 5, 6}, 2)).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(Layout.CHANNEL_FEATURES_TIME.sizes(5, 3)).containsExactly(1, 1, 3, 5);
        assertThat(Layout.FEATURES_TIME.sizes(5, 3)).containsExactly(1, 3, 5);
        assertThat(Layout.FEATURES_TIME.fits(new long[] {-1, 80, 3000}, 80)).isTrue();
        assertThat(Layout.FEATURES_TIME.fits(new long[] {2, 80, 3000}, 80)).isFalse();
    }

    @Test
    void oneTwoAndEightThreadsGetTheSameBits() throws Exception {
        try (OnnxEncoder encoder = Graphs.raw().pooling(Pooling.NONE).build()) {
            List<Waveform> windows = IntStream.range(0, 64)
                    .mapToObj(i -> Waveform.of(Graphs.samples(4000 + 10 * i, i), Graphs.RATE)).toList();
            List<FeatureMatrix> alone = windows.stream().map(encoder::extract).toList();
            for (int threads : List.of(2, 8)) {
                ExecutorService executor = Executors.newFixedThreadPool(threads);
                try {
                    List<Future<FeatureMatrix>> under = new ArrayList<>();
                    windows.forEach(window -> under.add(executor.submit(() -> encoder.extract(window))));
                    for (int i = 0; i < windows.size(); i++) {
                        assertThat(under.get(i).get()).as("window %d on %d threads", i, threads).isEqualTo(alone.get(i));
                    }
                } finally {
                    executor.shutdownNow();
                }
            }
        }
    }

    @Test
    void encodersOfOneFileShareItUntilTheLastIsClosed() {
        OnnxEncoder first = Graphs.patches().build();
        OnnxEncoder second = Graphs.patches().build();
        FeatureMatrix expected = second.extract(Graphs.waveform(480));
        first.close();
        first.close();
        assertThat(second.extract(Graphs.waveform(480))).isEqualTo(expected);
        second.close();
        assertThatIllegalStateException().isThrownBy(() -> second.extract(Graphs.waveform(480)))
                .withMessage("the encoder of patches.onnx is closed; make another one");
        try (OnnxEncoder third = Graphs.patches().build()) {
            assertThat(third.extract(Graphs.waveform(480))).isEqualTo(expected);
        }
    }
}
