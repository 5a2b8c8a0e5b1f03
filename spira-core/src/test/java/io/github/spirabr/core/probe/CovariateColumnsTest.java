package io.github.spirabr.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CovariateColumnsTest {

    private static List<Covariate> rows(char decimal) {
        return IntStream.range(0, 12).mapToObj(i -> {
            Map<String, String> columns = Map.of("weight", (60 + i) + ".5".replace('.', decimal));
            return new Covariate(new Recording("r" + i, "s" + i, Label.values()[i % 2], columns,
                    AudioSource.ofBytes("r" + i, new byte[0])), columns, Map.of());
        }).toList();
    }

    @Test
    void decimalCommasAreTheSameNumbersAsDecimalPoints() {
        CovariateColumns points = CovariateColumns.of(rows('.'), Set.of());
        CovariateColumns commas = CovariateColumns.of(rows(','), Set.of());
        assertThat(commas.names()).containsExactly("weight");
        for (int i = 0; i < 12; i++) {
            assertThat(commas.row(rows(',').get(i))).isEqualTo(points.row(rows('.').get(i))).hasSize(1);
        }
    }
}
