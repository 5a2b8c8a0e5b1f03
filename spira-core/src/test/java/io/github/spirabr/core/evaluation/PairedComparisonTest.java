package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {

    /** One answer for each character: right or wrong. */
    private static Evaluation answers(String right) {
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < right.length(); i++) {
            Label label = Label.values()[i % 2];
            boolean called = (label == Label.PATIENT) == (right.charAt(i) == '+');
            scores.add(new RecordingScore("r" + i, "s" + i, label, called ? 0.9 : 0.1, List.of()));
        }
        return Evaluation.of(scores, 0.5);
    }

    @Test
    void mcNemarLooksAtTheRecordingsOnWhichJustOneIsRight() {
        PairedComparison comparison = PairedComparison.of(
                answers("++++++++--------+---"), answers("++++++++++++++++-+++"), Metric.ACCURACY, 500, 1);
        assertThat(comparison.firstOnly()).isEqualTo(1);
        assertThat(comparison.secondOnly()).isEqualTo(11);
        // 2 (C(12,0) + C(12,1)) / 2^12
        assertThat(comparison.mcNemar()).isCloseTo(26.0 / 4096, within(1e-12));
        assertThat(comparison.first()).isEqualTo(0.45);
        assertThat(comparison.second()).isEqualTo(0.95);
        assertThat(comparison.difference()).isCloseTo(0.5, within(1e-12));
        assertThat(comparison.lower()).isGreaterThan(0.1).isLessThan(0.5);
        assertThat(comparison.upper()).isGreaterThan(0.5).isLessThan(0.9);
    }

    @Test
    void aModelDoesNotDifferFromItself() {
        Evaluation answers = answers("+-+--+++");
        List<RecordingScore> shuffled = new ArrayList<>(answers.scores());
        Collections.reverse(shuffled);
        PairedComparison comparison = PairedComparison.of(answers, Evaluation.of(shuffled, 0.5), Metric.AUROC, 200, 1);
        assertThat(comparison.difference()).isZero();
        assertThat(comparison.lower()).isZero();
        assertThat(comparison.upper()).isZero();
        assertThat(comparison.mcNemar()).isEqualTo(1);
    }

    @Test
    void otherRecordingsAreRefused() {
        assertThatThrownBy(() -> PairedComparison.of(answers("++"), answers("+"), Metric.AUROC, 200, 1))
                .hasMessageStartingWith("recording r1 is not answered by both models");
        assertThatThrownBy(() -> PairedComparison.of(answers("+"), answers("++"), Metric.AUROC, 200, 1))
                .hasMessageStartingWith("recording r1 is answered by the second model only");
    }
}
