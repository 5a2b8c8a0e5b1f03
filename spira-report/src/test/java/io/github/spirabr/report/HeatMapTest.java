package io.github.spirabr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.features.MelSpectrogram;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** What sounds at a time and a frequency is seen there. */
class HeatMapTest {

    private static final int RATE = 16_000;
    private static final int LOUDEST = ColourMap.SEQUENTIAL.rgb(1);

    private static Waveform tone(double hertz, double seconds) {
        float[] samples = new float[(int) (seconds * RATE)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return Waveform.of(samples, RATE);
    }

    private record Picture(FeatureView view, BufferedImage image, double seconds) {

        static Picture of(Waveform waveform, FeatureExtractor extractor, int width, int height) {
            FeatureMatrix matrix = extractor.extract(waveform);
            double seconds = (double) waveform.length() / RATE;
            FeatureView view = FeatureView.of(extractor.description(), matrix, RATE, seconds);
            return new Picture(view, HeatMap.image(matrix, view, seconds, width, height), seconds);
        }

        /** The middle of the loudest stretch of a column, as a position of the axis. */
        double loudestPosition(int x) {
            int count = 0;
            double sum = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                if (isLoud(x, y)) {
                    count++;
                    sum += y + 0.5;
                }
            }
            FeatureAxis axis = view.vertical();
            return axis.high() - (axis.high() - axis.low()) * sum / count / image.getHeight();
        }

        /** The middle of the loudest stretch of a line, in seconds. */
        double loudestTime(int y) {
            int count = 0;
            double sum = 0;
            for (int x = 0; x < image.getWidth(); x++) {
                if (isLoud(x, y)) {
                    count++;
                    sum += x + 0.5;
                }
            }
            return seconds * sum / count / image.getWidth();
        }

        boolean isLoud(int x, int y) {
            // Within some 3 dB of the loudest: the green of the last colours.
            return (image.getRGB(x, y) >> 8 & 0xFF) >= (LOUDEST >> 8 & 0xFF) - 4;
        }
    }

    @Test
    void aToneIsAtItsFrequencyInASpectrogram() {
        for (int height : new int[] {97, 601, 1500}) {
            Picture picture = Picture.of(tone(3000, 1), Spectrogram.builder().build(), 200, height);
            assertThat(picture.view().vertical().title()).isEqualTo("Frequency (kHz)");
            assertThat(picture.loudestPosition(100)).as("height %d", height).isCloseTo(3, within(0.05));
        }
    }

    @Test
    void aToneIsAtItsFrequencyOnTheMelScale() {
        Picture picture = Picture.of(tone(1000, 1), MelSpectrogram.builder().melBands(80).build(), 200, 500);
        double mel = 2595 * Math.log10(1 + 1000 / 700.0);
        assertThat(picture.view().vertical().title()).isEqualTo("Frequency (Hz, mel scale)");
        assertThat(picture.loudestPosition(100)).isCloseTo(mel, within(25.0));
        assertThat(picture.view().vertical().ticks())
                .filteredOn(tick -> tick.label().equals("1000"))
                .singleElement()
                .satisfies(tick -> assertThat(tick.position()).isCloseTo(mel, within(1e-9)));
    }

    @Test
    void aClickIsAtItsTime() {
        float[] samples = new float[2 * RATE];
        samples[RATE / 2] = 1;
        Picture picture = Picture.of(Waveform.of(samples, RATE), Spectrogram.builder().build(), 800, 100);
        assertThat(picture.loudestTime(50)).isCloseTo(0.5, within(0.01));
    }

    /** Three frames of 6,000, in a picture of 100 columns. */
    @Test
    void nothingShortIsLost() {
        float[] samples = new float[60 * RATE];
        samples[30 * RATE + 777] = 1;
        Picture picture = Picture.of(Waveform.of(samples, RATE), Spectrogram.builder().build(), 100, 40);
        assertThat(picture.loudestTime(20)).isCloseTo(30, within(0.7));
    }

    @Test
    void coefficientsHaveTheirSignsColour() {
        Mfcc mfcc = Mfcc.builder().coefficients(13).build();
        Waveform waveform = tone(440, 1);
        FeatureMatrix matrix = mfcc.extract(waveform);
        Picture picture = Picture.of(waveform, mfcc, 101, 13 * 20);
        for (int k = 0; k < 13; k++) {
            int rgb = picture.image().getRGB(50, 13 * 20 - 10 - 20 * k);
            int redOverBlue = (rgb >> 16 & 0xFF) - (rgb & 0xFF);
            if (Math.abs(matrix.value(50, k)) > 5) {
                assertThat(Integer.signum(redOverBlue)).as("coefficient %d", k)
                        .isEqualTo((int) Math.signum(matrix.value(50, k)));
            }
        }
        assertThat(picture.view().colours().title()).isEqualTo("Value (dB, clipped)");
        assertThat(Picture.of(waveform, mfcc.toBuilder().logMels(true).build(), 9, 13).view().colours().title())
                .isEqualTo("Value (ln, clipped)");
    }

    @Test
    void silenceHasTheColourOfTheLowestLevel() {
        Picture picture = Picture.of(Waveform.of(new float[RATE], RATE), Spectrogram.builder().build(), 50, 50);
        assertThat(picture.image().getRGB(25, 25) & 0xFFFFFF).isEqualTo(ColourMap.SEQUENTIAL.rgb(0));
    }

    @Test
    void coloursGoFromEndToEnd() {
        assertThat(ColourMap.SEQUENTIAL.rgb(-1)).isEqualTo(0x440154);
        assertThat(ColourMap.SEQUENTIAL.rgb(0.5)).isEqualTo(0x21918C);
        assertThat(ColourMap.SEQUENTIAL.rgb(2)).isEqualTo(0xFDE725);
        assertThat(ColourMap.DIVERGING.rgb(0.05)).isEqualTo(0x134B87);
    }
}
