package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.recording.Label;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleTest {

    private static RecordingScore score(String id, double probability) {
        return new RecordingScore(id, id, id.startsWith("p") ? Label.PATIENT : Label.CONTROL, probability, List.of(0.1));
    }

    @Test
    void anEnsembleAnswersTheMeanWhateverTheOrder() {
        Evaluation one = Evaluation.of(List.of(score("p", 0.9), score("c", 0.2)), 0.5);
        Evaluation two = Evaluation.of(List.of(score("c", 0.4), score("p", 0.6)), 0.3);
        Evaluation together = Ensemble.mean(List.of(one, two));
        assertThat(together.threshold()).isCloseTo(0.4, within(1e-12));
        assertThat(together.scores()).extracting(RecordingScore::recording).containsExactly("p", "c");
        assertThat(together.scores().get(0).probability()).isCloseTo(0.75, within(1e-12));
        assertThat(together.scores().get(1).probability()).isCloseTo(0.3, within(1e-12));
        assertThat(together.scores().get(0).windows()).isEmpty();
        assertThat(Ensemble.mean(List.of(one)).value(Metric.AUROC)).isEqualTo(1);
    }

    @Test
    void modelsThatAnswerOtherRecordingsAreNoEnsemble() {
        Evaluation one = Evaluation.of(List.of(score("p", 0.9)), 0.5);
        Evaluation more = Evaluation.of(List.of(score("p", 0.9), score("c", 0.2)), 0.5);
        Evaluation other = Evaluation.of(List.of(score("p1", 0.9)), 0.5);
        assertThatThrownBy(() -> Ensemble.mean(List.of(one, more))).hasMessageContaining("recording p is not answered by model 2");
        assertThatThrownBy(() -> Ensemble.mean(List.of(more, one))).hasMessageContaining("an ensemble's models answer the same");
        assertThatThrownBy(() -> Ensemble.mean(List.of(one, other))).hasMessageContaining("recording p is not answered");
        assertThatThrownBy(() -> Ensemble.mean(List.of())).hasMessage("an ensemble must have the answers of at least one model");
    }

    @Test
    void poolingKeepsEveryCallAndTheProbabilitiesWhereThresholdsAreAlike() {
        Evaluation one = Evaluation.of(List.of(score("p1", 0.7), score("c1", 0.2)), 0.5);
        Evaluation two = Evaluation.of(List.of(score("p2", 0.35), score("c2", 0.25)), 0.3);
        Evaluation pooled = Ensemble.pool(List.of(one, two));
        assertThat(pooled.threshold()).isEqualTo(0.5);
        assertThat(pooled.confusionMatrix()).isEqualTo(new ConfusionMatrix(2, 0, 0, 2));
        assertThat(pooled.scores().get(0).probability()).isCloseTo(0.7, within(1e-12));
        assertThat(Ensemble.pool(List.of(one, two.at(0.5))).scores()).containsAll(two.scores());
        assertThatThrownBy(() -> Ensemble.pool(List.of(one, one))).hasMessageStartingWith("recording p1 must have one answer, but has two");
    }
}
