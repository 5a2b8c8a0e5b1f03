package io.github.spirabr.core.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    @Test
    void probabilitiesAreThoseOfScikitLearn() throws IOException {
        List<double[]> rows = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        List<Boolean> labels = new ArrayList<>();
        try (InputStream golden =
                Objects.requireNonNull(LogisticRegressionTest.class.getResourceAsStream("logistic-golden.csv"))) {
            for (String line : new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList()) {
                String[] cells = line.split(",");
                labels.add(cells[0].equals("1"));
                rows.add(new double[] {
                    Double.parseDouble(cells[1]), Double.parseDouble(cells[2]), Double.parseDouble(cells[3])
                });
                expected.add(Double.valueOf(cells[4]));
            }
        }
        boolean[] positive = new boolean[labels.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = labels.get(i);
        }
        LogisticRegression model = LogisticRegression.fit(rows, positive);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(model.probability(rows.get(i))).isCloseTo(expected.get(i), within(1e-7));
        }
    }

    @Test
    void classesThatCanBeSeparatedGiveFiniteWeights() {
        LogisticRegression model = LogisticRegression.fit(
                List.of(new double[] {-1000}, new double[] {-1000}, new double[] {1000}, new double[] {1000}),
                new boolean[] {false, false, true, true});
        assertThat(model.probability(new double[] {1000})).isGreaterThan(0.99);
        assertThat(model.probability(new double[] {-1000})).isLessThan(0.01);
        assertThat(model.logit(new double[] {0})).isCloseTo(0, within(1e-6));
    }
}
