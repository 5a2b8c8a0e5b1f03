package io.github.spirabr.core.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Transforms of features against the libraries that define them: make_feature_transforms_golden.py in the test resources. */
class FeatureTransformsGoldenTest {

    private static final int FIRST_VALUE = 4;

    private final Components components = Components.of(List.of(
            new Deltas.Provider(), new MeanVariance.Provider(), new Pcen.Provider(), new Functionals.Provider()));

    @TestFactory
    List<DynamicTest> equalTheLibraries() throws IOException {
        try (BufferedReader csv = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FeatureTransformsGoldenTest.class.getResourceAsStream("feature-transforms-golden.csv")),
                StandardCharsets.US_ASCII))) {
            List<DynamicTest> tests = csv.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(",", -1))
                    .map(cells -> DynamicTest.dynamicTest(cells[0] + " " + cells[1], () -> check(cells))).toList();
            assertThat(tests).hasSize(11);
            return tests;
        }
    }

    private void check(String[] cells) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String setting : cells[1].isEmpty() ? new String[0] : cells[1].split(" ")) {
            settings.put(setting.split("=")[0], setting.split("=")[1].replace('|', ','));
        }
        FeatureTransform transform =
                components.create(FeatureTransform.class, "transform", new ComponentDescription(cells[0], settings));
        FeatureMatrix input = features(Integer.parseInt(cells[2]), Integer.parseInt(cells[3]), cells[0].equals("pcen"));
        float[] values = transform.apply(List.of(input)).get(0).toArray();
        assertThat(cells).hasSize(FIRST_VALUE + values.length);
        for (int i = 0; i < values.length; i++) {
            double expected = Double.parseDouble(cells[FIRST_VALUE + i]);
            assertThat((double) values[i]).as("value %d", i).isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
        }
    }

    private static FeatureMatrix features(int frames, int features, boolean squared) {
        float[] values = new float[frames * features];
        long state = 1;
        for (int i = 0; i < values.length; i++) {
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
            values[i] = (state >> 12 & 0xFFFF) / 8192f - 4;
            values[i] = squared ? values[i] * values[i] : values[i];
        }
        return FeatureMatrix.of(frames, features, values);
    }
}
