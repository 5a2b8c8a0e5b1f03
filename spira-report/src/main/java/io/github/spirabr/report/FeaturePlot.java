package io.github.spirabr.report;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.nio.file.Path;
import java.util.List;

/**
 * A picture of a recording's features over time, with its windows marked:
 *
 * <pre>{@code
 * FeaturePlot.of("control-1", waveform, MelSpectrogram.builder().build())
 *         .windows(SlidingWindow.of(ofSeconds(4), ofSeconds(1)).windows(waveform.length(), waveform.sampleRate()))
 *         .write(Path.of("control-1.png"));
 * }</pre>
 *
 * <p>Spectrograms and mel spectrograms are shown in decibels below the loudest point of the recording, down to 80 dB;
 * of mel spectrograms the axis is the mel scale, with labels in hertz. Coefficients are shown as they are, blue below 0
 * and red above it; colours reach as far as 98 % of the coefficients other than the first, which is the level and so
 * much larger, and beyond that stay what they are at the end. The axis of other extractors is numbered. The
 * features are those of the whole recording as one window, also where windows are marked. What a window sees past the
 * recording's end is grey.
 *
 * <p>Immutable and safe for any number of threads. Texts are drawn in the machine's own sans-serif font.
 */
public final class FeaturePlot {

    private static final int DEFAULT_WIDTH = 960;
    private static final int DEFAULT_HEIGHT = 480;
    private static final int LEAST_WIDTH = 480;
    private static final int LEAST_HEIGHT = 320;
    private static final int LARGEST = 5000;

    private final String recording;
    private final Waveform waveform;
    private final FeatureExtractor extractor;
    private final List<WindowSpan> windows;
    private final int width;
    private final int height;

    private FeaturePlot(
            String recording, Waveform waveform, FeatureExtractor extractor, List<WindowSpan> windows, int width,
            int height) {
        this.recording = recording;
        this.waveform = waveform;
        this.extractor = extractor;
        this.windows = List.copyOf(windows);
        this.width = width;
        this.height = height;
    }

    /**
     * A picture without windows, of 960 × 480 points.
     *
     * @param recording the id that the title names
     * @param waveform long enough for the extractor
     * @param extractor extractor of the features that are shown
     */
    public static FeaturePlot of(String recording, Waveform waveform, FeatureExtractor extractor) {
        return new FeaturePlot(recording, waveform, extractor, List.of(), DEFAULT_WIDTH, DEFAULT_HEIGHT);
    }

    /** Returns this picture with windows marked, numbered from 1; they may overlap. */
    public FeaturePlot windows(List<WindowSpan> spans) {
        return new FeaturePlot(recording, waveform, extractor, spans, width, height);
    }

    /**
     * Returns this picture in another size.
     *
     * @param newWidth new width, in points, of which a PNG has two pixels each: 480 to 5000
     * @param newHeight likewise: 320 to 5000
     */
    public FeaturePlot size(int newWidth, int newHeight) {
        requireBetween("width", newWidth, LEAST_WIDTH);
        requireBetween("height", newHeight, LEAST_HEIGHT);
        return new FeaturePlot(recording, waveform, extractor, windows, newWidth, newHeight);
    }

    private static void requireBetween(String name, int value, int least) {
        if (value < least || value > LARGEST) {
            throw new IllegalArgumentException("the " + name + " of a picture must be " + least + " to " + LARGEST
                    + " points, but was " + value);
        }
    }

    /**
     * Extracts the features and writes the picture, whole or not at all; a file of this name is replaced.
     *
     * @param file ending in {@code .png} or {@code .svg}, in a folder that is there
     * @throws IllegalArgumentException if the waveform is too short for the extractor
     * @throws PlotException if the name ends otherwise, or the file cannot be written
     */
    public void write(Path file) {
        PictureFile picture = PictureFile.at(file);
        FeatureMatrix matrix = extractor.extract(waveform);
        double seconds = (double) waveform.length() / waveform.sampleRate();
        FeatureView view = FeatureView.of(extractor.description(), matrix, waveform.sampleRate(), seconds);
        picture.write(width, height, new FeatureDrawing(recording, waveform, matrix, view, windows, width, height));
    }

    @Override
    public String toString() {
        return "FeaturePlot[" + extractor + " of " + recording + ", " + windows.size() + " windows]";
    }
}
