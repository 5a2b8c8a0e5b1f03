package io.github.spirabr.audio.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The features of PANNs against librosa: make_panns_golden.py in the test resources. */
class PannsFeaturesGoldenTest {

    private static final int STEP = 7;
    /** In decibels; powers 60 dB below the loudest have few exact digits in single precision. */
    private static final double TOLERANCE = 0.02;

    @Test
    void equalLibrosa() throws IOException {
        List<String> lines;
        try (BufferedReader csv = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PannsFeaturesGoldenTest.class.getResourceAsStream("panns-golden.csv")),
                StandardCharsets.US_ASCII))) {
            lines = csv.lines().filter(line -> !line.startsWith("#")).toList();
        }
        assertThat(lines).hasSize(8);
        for (String line : lines) {
            String[] cells = line.split(",");
            MelSpectrogram features =
                    cells[0].equals("panns16kHz") ? MelSpectrogram.panns16kHz() : MelSpectrogram.panns32kHz();
            FeatureMatrix matrix = features.extract(Waveform.of(
                    GoldenSignals.signal(cells[1], Integer.parseInt(cells[2])), Integer.parseInt(cells[3])));
            assertThat(matrix.frames()).isEqualTo(Integer.parseInt(cells[4]));
            assertThat(matrix.features()).isEqualTo(64);
            float[] values = matrix.toArray();
            assertThat(cells).hasSize(5 + (values.length + STEP - 1) / STEP);
            for (int i = 5; i < cells.length; i++) {
                assertThat((double) values[(i - 5) * STEP]).as("%s of %s, value %d", cells[0], cells[1], (i - 5) * STEP)
                        .isCloseTo(Double.parseDouble(cells[i]), within(TOLERANCE));
            }
        }
    }
}
