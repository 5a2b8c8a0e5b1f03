package io.github.spirabr.audio.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against torchaudio 0.13.1; see make_features_golden.py beside the data. */
class FeaturesGoldenTest {

    private static final int SPECTROGRAM_STEP = 16;
    private static final double MFCC_TOLERANCE = 1e-3;
    private static final double POWER_TOLERANCE = 1e-5;

    @TestFactory
    List<DynamicTest> sameNumbersAsTorchaudio() throws IOException {
        FloatBuffer values;
        try (InputStream in = resource("features-golden.f32")) {
            values = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        }
        List<DynamicTest> tests = new ArrayList<>();
        try (BufferedReader csv = new BufferedReader(
                new InputStreamReader(resource("features-golden.csv"), StandardCharsets.US_ASCII))) {
            for (String line : csv.lines().filter(line -> !line.startsWith("#")).toList()) {
                String[] cells = line.split(",");
                int frames = Integer.parseInt(cells[11]);
                float[] mfcc = next(values, frames * Integer.parseInt(cells[7]));
                float[] mel = next(values, frames * Integer.parseInt(cells[6]));
                int bins = Integer.parseInt(cells[3]) / 2 + 1;
                float[] spectrogram = next(values, (frames + SPECTROGRAM_STEP - 1) / SPECTROGRAM_STEP * bins);
                tests.add(DynamicTest.dynamicTest(line, () -> check(cells, mfcc, mel, spectrogram)));
            }
        }
        assertThat(values.hasRemaining()).isFalse();
        return tests;
    }

    private static void check(String[] cells, float[] mfcc, float[] mel, float[] spectrogram) {
        Waveform waveform = Waveform.of(
                GoldenSignals.signal(cells[0], Integer.parseInt(cells[1])), Integer.parseInt(cells[2]));
        Mfcc.Builder mfccs = Mfcc.builder()
                .fftSize(Integer.parseInt(cells[3]))
                .windowLength(Integer.parseInt(cells[4]))
                .hopLength(Integer.parseInt(cells[5]))
                .melBands(Integer.parseInt(cells[6]))
                .coefficients(Integer.parseInt(cells[7]))
                .logMels(cells[8].equals("1"))
                .fMin(Double.parseDouble(cells[9]));
        MelSpectrogram.Builder mels = MelSpectrogram.builder()
                .fftSize(Integer.parseInt(cells[3]))
                .windowLength(Integer.parseInt(cells[4]))
                .hopLength(Integer.parseInt(cells[5]))
                .melBands(Integer.parseInt(cells[6]))
                .fMin(Double.parseDouble(cells[9]));
        double fMax = Double.parseDouble(cells[10]);
        if (fMax > 0) {
            mfccs.fMax(fMax);
            mels.fMax(fMax);
        }
        Spectrogram spectrograms = Spectrogram.builder()
                .fftSize(Integer.parseInt(cells[3]))
                .windowLength(Integer.parseInt(cells[4]))
                .hopLength(Integer.parseInt(cells[5]))
                .build();
        int frames = Integer.parseInt(cells[11]);

        FeatureMatrix powers = spectrograms.extract(waveform);
        assertThat(powers.frames()).isEqualTo(frames);
        float[] sampled = new float[spectrogram.length];
        int bins = powers.features();
        for (int i = 0; i < sampled.length; i++) {
            sampled[i] = powers.value(i / bins * SPECTROGRAM_STEP, i % bins);
        }
        assertThat(difference(sampled, spectrogram))
                .isLessThanOrEqualTo(POWER_TOLERANCE * greatest(spectrogram));
        assertThat(difference(mels.build().extract(waveform).toArray(), mel))
                .isLessThanOrEqualTo(POWER_TOLERANCE * greatest(mel));
        assertThat(difference(mfccs.build().extract(waveform).toArray(), mfcc))
                .isLessThanOrEqualTo(MFCC_TOLERANCE);
    }

    private static double difference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double greatest = 0;
        for (int i = 0; i < actual.length; i++) {
            greatest = Math.max(greatest, Math.abs((double) actual[i] - expected[i]));
        }
        return greatest;
    }

    private static double greatest(float[] values) {
        double greatest = 0;
        for (float value : values) {
            greatest = Math.max(greatest, value);
        }
        return greatest;
    }

    private static float[] next(FloatBuffer values, int count) {
        float[] next = new float[count];
        values.get(next);
        return next;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(FeaturesGoldenTest.class.getResourceAsStream(name), name);
    }
}
