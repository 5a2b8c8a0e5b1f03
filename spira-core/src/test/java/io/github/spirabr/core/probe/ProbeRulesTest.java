package io.github.spirabr.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeRulesTest {

    @ParameterizedTest
    @CsvSource({
        "0.90, 0.80, 0.97, FAILED",
        "0.10, 0.02, 0.25, FAILED",
        "0.70, 0.51, 0.85, FAILED",
        "0.90, 0.20, 1.00, WARNING",
        "0.62, 0.55, 0.68, WARNING",
        "0.38, 0.31, 0.45, WARNING",
        "0.55, 0.45, 0.65, PASSED",
        "0.45, 0.31, 0.60, PASSED",
        "0.50, NaN, NaN, PASSED",
        "0.55, 0.35, 0.72, INCONCLUSIVE",
        "0.45, 0.29, 0.60, INCONCLUSIVE",
        "0.60, NaN, NaN, INCONCLUSIVE",
    })
    void anAurocThatMustNotShowTheClassBecomesAVerdict(double value, double lower, double upper, Verdict verdict) {
        MetricEstimate auroc = MetricEstimate.builder(Metric.AUROC, value)
                .interval(lower, upper)
                .answers(40)
                .subjects(40)
                .imprecise(true)
                .build();
        assertThat(ProbeRules.mustNotShow(auroc, 0.7)).isEqualTo(verdict);
    }

    @Test
    void aBoundIsAboveChance() {
        assertThatThrownBy(() -> ProbeRules.requireBound(0.5))
                .hasMessage("the bound of an AUROC must be above 0.5 and at most 1, but was 0.5");
    }

    private static ProbeResult result(String name, Verdict verdict) {
        return new ProbeResult(name, "?", verdict, ".", List.of());
    }

    @Test
    void oneFailureIsEnoughForTheGate() {
        ProbeResult.Summary none = ProbeResult.Summary.of(List.of());
        assertThat(none.passes()).isTrue();
        assertThat(none).hasToString("none");
        ProbeResult.Summary some = ProbeResult.Summary.of(List.of(result("a", Verdict.PASSED), result("b", Verdict.WARNING),
                result("c", Verdict.INCONCLUSIVE), result("d", Verdict.PASSED)));
        assertThat(some.passes()).isTrue();
        assertThat(some).hasToString("1 to be looked at (b), 1 inconclusive (c), 2 passed");
        ProbeResult.Summary bad = ProbeResult.Summary.of(List.of(result("a", Verdict.FAILED), result("b", Verdict.PASSED)));
        assertThat(bad.passes()).isFalse();
        assertThat(bad).hasToString("1 failed (a), 1 passed");
    }
}
