package io.github.spirabr.pytorch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.OutputLoss;
import io.github.spirabr.training.engine.Segment;
import io.github.spirabr.training.engine.TrainingWindows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PANNs against PyTorch in Python: panns_golden.py in the test resources, which names its versions. */
@Tag("slow")
class PannsGoldenTest {

    private static final int FRAMES = 70;

    private static List<String[]> golden(String name) throws IOException {
        String file = "/golden/panns_" + name + ".txt";
        try (InputStream stream = PannsGoldenTest.class.getResourceAsStream(file)) {
            assertThat(stream).as(file).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split(" ")).toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void equalsPytorchInPython(PytorchNetworks networks) throws IOException {
        List<String[]> golden = golden(networks.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        try (BlockNetwork network = networks.build(new InputShape(FRAMES, 64), "cpu", new SplittableRandom(1))) {
            Formula.fill(network);
            network.threads(1);
            float[][] windows = Formula.windows(3, FRAMES);
            double[] probabilities = network.predict(windows);
            for (int w = 0; w < windows.length; w++) {
                double logit = Double.parseDouble(golden.get(0)[1 + w]);
                assertThat(probabilities[w]).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-4));
            }
            float[] gradient = new float[network.parameterCount()];
            double loss = network.gradient(
                    new TrainingWindows(windows, new float[] {0, 1, 0.25f}, new float[] {0.5f, 0.25f, 0.25f}, OutputLoss.PLAIN),
                    (purpose, window) -> Formula.ALL_KEPT, gradient);
            assertThat(loss).isCloseTo(Double.parseDouble(golden.get(1)[1]), within(1e-4));
            List<String> named = new ArrayList<>();
            for (String[] words : golden.subList(2, golden.size())) {
                named.add(words[1]);
                if (words[0].equals("gradient")) {
                    assertGradient(words, segment(network.layout(), words[1]), gradient);
                } else {
                    assertThat(norm(network.statistics(), segment(network.statisticsLayout(), words[1]))).as(words[1])
                            .isCloseTo(Double.parseDouble(words[2]), within(1e-4 * Double.parseDouble(words[2])));
                }
            }
            List<Segment> all = new ArrayList<>(network.layout());
            all.addAll(network.statisticsLayout());
            assertThat(named).containsExactlyInAnyOrderElementsOf(all.stream().map(Segment::name).toList());
        }
    }

    private static Segment segment(List<Segment> layout, String name) {
        return layout.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private static void assertGradient(String[] words, Segment segment, float[] gradient) {
        double norm = Double.parseDouble(words[2]);
        assertThat(norm(gradient, segment)).as(words[1]).isCloseTo(norm, within(1e-3 * norm + 1e-7));
        for (int k = 0; k < 4; k++) {
            double value = gradient[segment.offset() + (int) ((long) segment.length() * k / 4)];
            assertThat(value).as("%s, sample %d", words[1], k)
                    .isCloseTo(Double.parseDouble(words[3 + k]), within(1e-3 * norm + 1e-7));
        }
    }

    private static double norm(float[] values, Segment segment) {
        double squares = 0;
        int end = segment.offset() + segment.length();
        for (int i = segment.offset(); i < end; i++) {
            squares += (double) values[i] * values[i];
        }
        return Math.sqrt(squares);
    }
}
