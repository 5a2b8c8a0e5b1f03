package io.github.spirabr.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares embeddings with those of ONNX Runtime in Python; encoder_golden.py beside the values made both. */
class OnnxEncoderGoldenTest {

    private record Case(OnnxEncoder.Builder encoder, Waveform waveform) {}

    private static final Map<String, Supplier<Case>> CASES = Map.ofEntries(
            of("raw mean", Graphs::raw, 8000),
            of("raw mean-deviation", () -> Graphs.raw().pooling(Pooling.MEAN_DEVIATION), 8000),
            of("raw first", () -> Graphs.raw().pooling(Pooling.FIRST), 8000),
            of("raw none", () -> Graphs.raw().pooling(Pooling.NONE), 1600),
            Map.entry("raw normalized", () -> new Case(Graphs.raw().normalizeWaveform(true), lifted(Graphs.waveform(8000)))),
            of("raw summary", () -> Graphs.raw().output("summary"), 8000),
            of("raw windows", () -> Graphs.raw().window(Duration.ofMillis(200)).hop(Duration.ofMillis(100)), 8000),
            of("raw windows none", () -> Graphs.raw().window(Duration.ofMillis(100)).hop(Duration.ofMillis(75))
                    .pooling(Pooling.NONE), 4000),
            of("raw short window", () -> Graphs.raw().window(Duration.ofMillis(100)), 1000),
            of("image none", () -> Graphs.image().pooling(Pooling.NONE), 800),
            of("image mean-deviation", () -> Graphs.image().pooling(Pooling.MEAN_DEVIATION), 8000),
            of("patches first", () -> Graphs.patches().pooling(Pooling.FIRST), 480),
            of("patches filled", () -> Graphs.patches().fill(-0.5), 300));

    private static Map.Entry<String, Supplier<Case>> of(String name, Supplier<OnnxEncoder.Builder> encoder, int samples) {
        return Map.entry(name, () -> new Case(encoder.get(), Graphs.waveform(samples)));
    }

    private static Waveform lifted(Waveform waveform) {
        float[] samples = waveform.toArray();
        for (int i = 0; i < samples.length; i++) {
            samples[i] += 0.25f;
        }
        return Waveform.of(samples, waveform.sampleRate());
    }

    static List<String> lines() throws IOException {
        return Files.readAllLines(Graphs.file("encoder.txt")).stream().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void everyCaseIsThere() throws IOException {
        assertThat(lines()).extracting(line -> line.split("\t")[0]).containsExactlyInAnyOrderElementsOf(CASES.keySet());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void embeddingsAreThoseOfPython(String line) {
        String[] cells = line.split("\t");
        Case one = CASES.get(cells[0]).get();
        double[] expected = Arrays.stream(cells[3].split(" ")).mapToDouble(Double::parseDouble).toArray();
        try (OnnxEncoder encoder = one.encoder().build()) {
            FeatureMatrix computed = encoder.extract(one.waveform());
            assertThat(computed.frames()).isEqualTo(Integer.parseInt(cells[1]))
                    .isEqualTo(encoder.frames(one.waveform().length()));
            assertThat(computed.features()).isEqualTo(Integer.parseInt(cells[2])).isEqualTo(encoder.features());
            float[] values = computed.toArray();
            for (int i = 0; i < values.length; i++) {
                assertThat((double) values[i]).as("%s, value %d", cells[0], i).isCloseTo(expected[i], within(1e-6));
            }
        }
    }
}
