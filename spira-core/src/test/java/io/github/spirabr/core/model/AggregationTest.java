package io.github.spirabr.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AggregationTest {

    private static final List<Aggregation> ALL = List.of(Aggregation.mean(), Aggregation.median(), Aggregation.maximum(),
            Aggregation.topMean(2), Aggregation.logOddsMean());

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void eachIsWhatItsNameSays() {
        double[] windows = {0.9, 0.2, 0.4, 0.1};
        assertThat(Aggregation.mean().of(windows)).isCloseTo(0.4, within(1e-12));
        assertThat(Aggregation.median().of(windows)).isCloseTo(0.3, within(1e-12));
        assertThat(Aggregation.median().of(new double[] {0.9, 0.2, 0.4})).isEqualTo(0.4);
        assertThat(Aggregation.maximum().of(windows)).isEqualTo(0.9);
        assertThat(Aggregation.topMean(2).of(windows)).isCloseTo(0.65, within(1e-12));
        assertThat(Aggregation.topMean(9).of(windows)).isCloseTo(0.4, within(1e-12));
        // Odds of 9, 1/4, 2/3 and 1/9, whose geometric mean is (1/6) ^ (1/4).
        double odds = Math.pow(1 / 6.0, 0.25);
        assertThat(Aggregation.logOddsMean().of(windows)).isCloseTo(odds / (1 + odds), within(1e-12));
        assertThat(Aggregation.logOddsMean().of(new double[] {0, 1})).isCloseTo(0.5, within(1e-9));
        assertThat(windows).containsExactly(0.9, 0.2, 0.4, 0.1);
    }

    @Property(tries = 200)
    void eachLiesWithinItsWindowsWhateverTheirOrder(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0.01, max = 0.99) Double> windows, @ForAll long seed) {
        List<Double> shuffled = new ArrayList<>(windows);
        Collections.shuffle(shuffled, new Random(seed));
        for (Aggregation aggregation : ALL) {
            double value = aggregation.of(array(windows));
            assertThat(value).as("%s", aggregation)
                    .isBetween(Collections.min(windows) - 1e-12, Collections.max(windows) + 1e-12)
                    .isCloseTo(aggregation.of(array(shuffled)), within(1e-12));
        }
    }

    @Test
    void eachIsMadeAgainByItsDescription() {
        Components components = Components.discover();
        for (Aggregation aggregation : ALL) {
            Aggregation again = components.create(Aggregation.class, "aggregation", aggregation.description());
            assertThat(again).isEqualTo(aggregation);
            assertThat(again.description()).isEqualTo(aggregation.description());
        }
        assertThat(components.types(Aggregation.class))
                .containsExactly("log-odds-mean", "maximum", "mean", "median", "top-mean");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Components components = Components.discover();
        ComponentDescription none = new ComponentDescription("top-mean", Map.of("windows", 0));
        assertThatThrownBy(() -> components.create(Aggregation.class, "decision.aggregation", none))
                .isInstanceOf(ComponentException.class)
                .hasMessage("decision.aggregation.windows must be at least 1, but was 0");
        for (Aggregation aggregation : ALL) {
            assertThatThrownBy(() -> aggregation.of(new double[0])).hasMessage("a recording must have at least one window");
        }
        assertThat(ALL).extracting(Object::toString)
                .containsExactly("mean", "median", "maximum", "top-mean of 2 windows", "log-odds-mean");
        assertThat(List.of(Aggregation.topMean(1))).extracting(Object::toString)
                .containsExactly("top-mean of 1 window");
    }
}
