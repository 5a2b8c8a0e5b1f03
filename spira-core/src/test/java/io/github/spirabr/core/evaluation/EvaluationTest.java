package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.recording.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static RecordingScore score(String id, Label label, double probability) {
        return new RecordingScore(id, "s" + id, label, probability, List.of(probability));
    }

    @Test
    void countsByRecordingAndThresholdIncluded() {
        Evaluation evaluation = Evaluation.of(
                List.of(score("1", Label.PATIENT, 0.5), score("2", Label.PATIENT, 0.4), score("3", Label.PATIENT, 0.9),
                        score("4", Label.CONTROL, 0.1), score("5", Label.CONTROL, 0.6)),
                0.5);
        ConfusionMatrix matrix = evaluation.confusionMatrix();
        assertThat(matrix).isEqualTo(new ConfusionMatrix(2, 1, 1, 1));
        assertThat(matrix.accuracy()).isEqualTo(0.6);
        assertThat(matrix.sensitivity()).isEqualTo(2.0 / 3);
        assertThat(matrix.specificity()).isEqualTo(0.5);
        // -(ln .5 + ln .4 + ln .9 + ln .9 + ln .4) / 5
        assertThat(evaluation.logLoss()).isCloseTo(0.5472899, within(1e-7));
        assertThat(evaluation.subjects()).isEqualTo(5);
    }

    @Test
    void aCertainMistakeCostsMuchButNotEverything() {
        Evaluation evaluation = Evaluation.of(List.of(score("1", Label.PATIENT, 0)), 0.5);
        assertThat(evaluation.logLoss()).isCloseTo(-Math.log(1e-7), within(1e-9));
    }

    @Test
    void aFigureWithoutDenominatorIsNotANumber() {
        ConfusionMatrix matrix = Evaluation.of(List.of(score("1", Label.PATIENT, 1)), 0.5).confusionMatrix();
        assertThat(matrix.specificity()).isNaN();
        assertThat(matrix.sensitivity()).isEqualTo(1);
    }

    @Test
    void thoseThatAreWantedKeepTheirOrderAndTheThreshold() {
        List<RecordingScore> scores = List.of(
                score("1", Label.PATIENT, 0.9), score("2", Label.CONTROL, 0.8), score("3", Label.PATIENT, 0.1));
        Evaluation evaluation = Evaluation.of(scores, 0.3);
        assertThat(evaluation.where(one -> one.label() == Label.PATIENT))
                .contains(Evaluation.of(List.of(scores.get(0), scores.get(2)), 0.3));
        assertThat(evaluation.where(one -> one.probability() > 1)).isEmpty();
    }

    @Test
    void theMeanOfWindowsIsTheRecordings() {
        assertThat(Aggregation.mean().of(new double[] {0.25, 0.5, 0.75, 1})).isEqualTo(0.625);
    }
}
