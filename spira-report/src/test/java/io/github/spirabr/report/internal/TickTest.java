package io.github.spirabr.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TickTest {

    private static List<String> labels(double low, double high, int most) {
        return Tick.between(low, high, most).stream().map(Tick::label).toList();
    }

    @Test
    void numbersAreRoundAndHaveTheSameDecimals() {
        assertThat(labels(0, 8, 9)).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(labels(0, 4.73, 11)).containsExactly(
                "0.0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0", "4.5");
        assertThat(labels(-80, 0, 5)).containsExactly("\u221280", "\u221260", "\u221240", "\u221220", "0");
        assertThat(labels(0, 6, 11)).containsExactly("0", "1", "2", "3", "4", "5", "6");
        assertThat(labels(0, 1800, 8)).containsExactly("0", "500", "1000", "1500");
        assertThat(labels(-0.034, 0.034, 5)).containsExactly("\u22120.02", "0.00", "0.02");
    }

    @Test
    void positionsAreWhatLabelsSay() {
        for (Tick tick : Tick.between(-3.7, 12.2, 12)) {
            assertThat(tick.position()).isEqualTo(Double.parseDouble(tick.label().replace('\u2212', '-')));
        }
    }
}
