package io.github.spirabr.audio.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The front ends of pretrained models against the libraries that define them: make_front_ends_golden.py in the test resources. */
class FrontEndsGoldenTest {

    private static final int VALUES = 60;
    private static final int FIRST_VALUE = 8;
    private static final double TOLERANCE = 1e-3;

    private final Components components = Components.of(
            List.of(new LogMel.Provider(), new KaldiFbank.Provider(), new KaldiMfcc.Provider()));

    @TestFactory
    List<DynamicTest> equalTheLibraries() throws IOException {
        return lines().stream()
                .map(line -> line.split(",", -1))
                .map(cells -> DynamicTest.dynamicTest(String.join(" ", List.of(cells).subList(0, 6)), () -> check(cells)))
                .toList();
    }

    @Test
    void everyPartHasItsCases() throws IOException {
        assertThat(lines().stream().collect(Collectors.groupingBy(line -> line.split(",")[0], Collectors.counting())))
                .containsOnlyKeys("log-mel", "kaldi-fbank", "kaldi-mfcc")
                .allSatisfy((part, cases) -> assertThat(cases).isGreaterThanOrEqualTo(20));
    }

    private void check(String[] cells) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String setting : cells[4].isEmpty() ? new String[0] : cells[4].split(" ")) {
            settings.put(setting.split("=")[0], setting.split("=")[1]);
        }
        FeatureExtractor extractor =
                components.create(FeatureExtractor.class, "extract", new ComponentDescription(cells[0], settings));
        FeatureMatrix matrix = extractor.extract(Waveform.of(
                GoldenSignals.signal(cells[1], Integer.parseInt(cells[2])), Integer.parseInt(cells[3])));
        assertThat(matrix.frames()).isEqualTo(Integer.parseInt(cells[6]));
        assertThat(matrix.features()).isEqualTo(Integer.parseInt(cells[7]));
        float[] values = matrix.toArray();
        int step = values.length / VALUES + 1;
        assertThat(cells).hasSize(FIRST_VALUE + (values.length + step - 1) / step);
        for (int i = FIRST_VALUE; i < cells.length; i++) {
            int at = (i - FIRST_VALUE) * step;
            assertThat((double) values[at]).as("frame %d, feature %d", at / matrix.features(), at % matrix.features())
                    .isCloseTo(Double.parseDouble(cells[i]), within(TOLERANCE));
        }
    }

    private static List<String> lines() throws IOException {
        try (BufferedReader csv = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FrontEndsGoldenTest.class.getResourceAsStream("front-ends-golden.csv")),
                StandardCharsets.US_ASCII))) {
            return csv.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
