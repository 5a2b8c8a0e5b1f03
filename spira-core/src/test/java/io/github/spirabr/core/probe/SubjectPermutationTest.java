package io.github.spirabr.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SubjectPermutationTest {

    private static RecordingScore score(String subject, int number, Label label, double probability) {
        return new RecordingScore(subject + "-" + number, subject, label, probability, List.of());
    }

    private static double pValue(List<RecordingScore> scores) {
        return SubjectPermutation.pValue(Evaluation.of(scores, 0.5), 9999, new RandomStreams(1).stream("permutations"));
    }

    /** All exchanges of the labels of subjects with one recording each, by their definition. */
    private static double exact(List<RecordingScore> scores) {
        long positives = scores.stream().filter(one -> one.label() == Label.PATIENT).count();
        double observed = Math.abs(Evaluation.of(scores, 0.5).value(Metric.AUROC) - 0.5);
        int all = 0;
        int asFar = 0;
        for (int labels = 0; labels < 1 << scores.size(); labels++) {
            if (Integer.bitCount(labels) == positives) {
                List<RecordingScore> exchanged = new ArrayList<>();
                for (int i = 0; i < scores.size(); i++) {
                    exchanged.add(score("s" + i, 1, (labels >> i & 1) == 1 ? Label.PATIENT : Label.CONTROL, scores.get(i).probability()));
                }
                all++;
                asFar += Math.abs(Evaluation.of(exchanged, 0.5).value(Metric.AUROC) - 0.5) >= observed - 1e-12 ? 1 : 0;
            }
        }
        return (double) asFar / all;
    }

    @Test
    void isTheShareOfAllExchangesThatAreAsFarFromChance() {
        for (int example = 1; example <= 10; example++) {
            RandomGenerator random = new RandomStreams(example).stream("answers");
            List<RecordingScore> scores = new ArrayList<>();
            for (int s = 0; s < 9; s++) {
                // Some answers are equal.
                double probability = Math.round(10 * (random.nextDouble() + (s < 4 ? 0.3 : 0))) / 13.0;
                scores.add(score("s" + s, 1, s < 4 ? Label.PATIENT : Label.CONTROL, probability));
            }
            assertThat(pValue(scores)).as("example " + example).isCloseTo(exact(scores), within(0.02));
        }
    }

    @Test
    void recordingsOfOneSubjectAreNoFurtherEvidence() {
        int alarms = 0;
        for (int example = 1; example <= 300; example++) {
            RandomGenerator random = new RandomStreams(example).stream("answers");
            List<RecordingScore> scores = new ArrayList<>();
            for (int s = 0; s < 20; s++) {
                double level = random.nextDouble();
                for (int r = 0; r < 5; r++) {
                    scores.add(score("s" + s, r, s < 10 ? Label.PATIENT : Label.CONTROL, 0.99 * level + 0.01 * random.nextDouble()));
                }
            }
            alarms += SubjectPermutation.pValue(Evaluation.of(scores, 0.5), 199, random) <= 0.05 ? 1 : 0;
        }
        assertThat(alarms).isBetween(5, 27);
    }

    @Test
    void aSubjectOfBothClassesKeepsItsLabels() {
        List<RecordingScore> both = List.of(score("a", 1, Label.PATIENT, 0.9), score("a", 2, Label.CONTROL, 0.1),
                score("b", 1, Label.PATIENT, 0.8), score("b", 2, Label.CONTROL, 0.2));
        assertThat(pValue(both)).isEqualTo(1);
    }

    @Test
    void equalAnswersAreChance() {
        assertThat(pValue(List.of(score("a", 1, Label.PATIENT, 0.5), score("b", 1, Label.CONTROL, 0.5)))).isEqualTo(1);
    }
}
