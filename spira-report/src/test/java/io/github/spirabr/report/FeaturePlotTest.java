package io.github.spirabr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.audio.features.MelSpectrogram;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FeaturePlotTest {

    private static final int RATE = 8000;

    @TempDir
    private Path folder;

    private static Waveform sweep(double seconds) {
        float[] samples = new float[(int) (seconds * RATE)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(0.0001 * i * (double) i));
        }
        return Waveform.of(samples, RATE);
    }

    private static List<WindowSpan> windows(Waveform waveform, long millis, long step) {
        return SlidingWindow.of(Duration.ofMillis(millis), Duration.ofMillis(step)).windows(waveform.length(), RATE);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static Document parsed(Path svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    }

    private static List<String> texts(Document document) {
        NodeList nodes = document.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }

    @Test
    void aPngHasTwoPixelsForEachPoint() throws IOException {
        Path file = folder.resolve("a.png");
        FeaturePlot.of("a", sweep(2), Spectrogram.builder().build()).write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1920);
        assertThat(image.getHeight()).isEqualTo(960);
        FeaturePlot.of("a", sweep(2), Spectrogram.builder().build()).size(480, 320).write(file);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(960);
        assertThat(names()).containsExactly("a.png");
    }

    @Test
    void anSvgHasTextsAsTextAndTheHeatMapWithin() throws Exception {
        Waveform waveform = sweep(3.5);
        Path file = folder.resolve("a.SVG");
        FeaturePlot.of("ward 3/a.wav", waveform, MelSpectrogram.builder().build())
                .windows(windows(waveform, 1000, 500))
                .write(file);
        Document document = parsed(file);
        assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 960 480");
        assertThat(texts(document)).contains(
                "Mel spectrogram of ward 3/a.wav",
                "melBands 40, fftSize 1200, windowLength 400, hopLength 160, fMin 0, fMax nyquist; 8000 Hz; 6 windows",
                "Windows", "1", "6", "Time (s)", "3.5", "Frequency (Hz, mel scale)", "250", "4000",
                "Power (dB, loudest = 0)", "\u221280");
        Element image = (Element) document.getElementsByTagName("image").item(0);
        String href = image.getAttribute("xlink:href");
        assertThat(href).startsWith("data:image/png;base64,");
        BufferedImage heat = ImageIO.read(new ByteArrayInputStream(
                Base64.getDecoder().decode(href.substring(href.indexOf(',') + 1))));
        assertThat(heat.getWidth()).isGreaterThan(1000);
        assertThat(Files.readString(file)).doesNotContain("DOCTYPE");
    }

    @Test
    void noNameOfARecordingBreaksAPicture() throws Exception {
        String id = "<a&b>\u0000\u0007\"\uD800 \uFFFF";
        Path file = folder.resolve("a.svg");
        FeaturePlot.of(id, sweep(1), Mfcc.builder().build()).write(file);
        assertThat(texts(parsed(file))).contains("MFCC of <a&b>\uFFFD\uFFFD\"\uFFFD \uFFFD");
        FeaturePlot.of("folder/".repeat(60) + "end.wav", sweep(1), Mfcc.builder().build()).write(file);
        assertThat(texts(parsed(file)))
                .anyMatch(text -> text.startsWith("MFCC of \u2026") && text.endsWith("folder/end.wav"));
    }

    @Test
    void whatAWindowSeesPastTheEndIsGrey() {
        Waveform waveform = sweep(1);
        FeatureMatrix matrix = Spectrogram.builder().build().extract(waveform);
        FeatureView view =
                FeatureView.of(Spectrogram.builder().build().description(), matrix, RATE, 1);
        FeatureDrawing drawing =
                new FeatureDrawing("a", waveform, matrix, view, List.of(new WindowSpan(0, 2 * RATE)), 600, 400);
        BufferedImage image = new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB);
        drawing.on(image.createGraphics());
        Rectangle2D plot = drawing.plot();
        int middle = (int) plot.getCenterY();
        int grey = FeatureDrawing.NO_SOUND.getRGB();
        assertThat(image.getRGB((int) (plot.getX() + 0.75 * plot.getWidth()), middle)).isEqualTo(grey);
        assertThat(image.getRGB((int) (plot.getX() + 0.51 * plot.getWidth()), middle)).isEqualTo(grey);
        assertThat(image.getRGB((int) (plot.getX() + 0.49 * plot.getWidth()), middle)).isNotEqualTo(grey);
    }

    /** Silence, one coefficient, a few frames, hundreds of windows. */
    @Test
    void thereIsAPictureOfAnything() throws IOException {
        FeaturePlot.of("silence", Waveform.of(new float[RATE], RATE), Mfcc.builder().coefficients(1).build())
                .write(folder.resolve("1.png"));
        FeaturePlot.of("short", sweep(0.08), MelSpectrogram.builder().melBands(1).build())
                .windows(List.of(new WindowSpan(0, 100)))
                .write(folder.resolve("2.png"));
        Waveform waveform = sweep(5);
        FeaturePlot.of("windows", waveform, Spectrogram.builder().build())
                .windows(windows(waveform, 4000, 3))
                .write(folder.resolve("3.png"));
        assertThat(names()).containsExactly("1.png", "2.png", "3.png");
    }

    /** A student's own features are numbered, and their frames are spread over the recording. */
    @Test
    void anExtractorThatNobodyKnowsHasAxesToo() throws Exception {
        FeatureExtractor own = new FeatureExtractor() {
            @Override
            public int features() {
                return 3;
            }

            @Override
            public int frames(int samples) {
                return 5;
            }

            @Override
            public FeatureMatrix extract(Waveform waveform) {
                return FeatureMatrix.of(5, 3, new float[15]);
            }

            @Override
            public ComponentDescription description() {
                return new ComponentDescription("energies", Map.of("bands", 3));
            }
        };
        Path file = folder.resolve("a.svg");
        FeaturePlot.of("a", sweep(2), own).write(file);
        assertThat(texts(parsed(file))).contains("energies of a", "bands 3; 8000 Hz", "Feature", "Value", "2.0");
    }

    @Test
    void aNameOfAnotherKindIsRefusedBeforeWork() throws IOException {
        Path file = folder.resolve("a.jpg");
        assertThatThrownBy(() -> FeaturePlot.of("a", sweep(1), Spectrogram.builder().build()).write(file))
                .isInstanceOf(PlotException.class)
                .hasMessage("a picture's name must end in .png or .svg, but was " + file);
        assertThat(names()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Path missing = folder.resolve("none").resolve("a.png");
        assertThatThrownBy(() -> FeaturePlot.of("a", sweep(1), Spectrogram.builder().build()).write(missing))
                .isInstanceOf(PlotException.class)
                .hasMessageContaining("the picture could not be written to " + missing)
                .hasMessageEndingWith("; check the folder, its permissions and the free space");
        assertThatThrownBy(() -> FeaturePlot.of("a", sweep(0.01), Spectrogram.builder().build())
                        .write(folder.resolve("a.png")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use longer windows or a smaller fftSize");
        assertThat(names()).isEmpty();
    }

    @Test
    void sizesHaveLimits() {
        FeaturePlot plot = FeaturePlot.of("a", sweep(1), Spectrogram.builder().build());
        assertThat(plot.size(480, 5000)).isNotNull();
        assertThatThrownBy(() -> plot.size(479, 400))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the width of a picture must be 480 to 5000 points, but was 479");
        assertThatThrownBy(() -> plot.size(480, 5001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the height of a picture must be 320 to 5000 points, but was 5001");
    }
}
