package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.recording.Label;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MetricTest {

    private static RecordingScore score(int number, Label label, double probability) {
        return new RecordingScore("r" + number, "s" + number, label, probability, List.of(probability));
    }

    private static Evaluation evaluation(String labels, String scores, double threshold) {
        String[] label = labels.split(" ");
        String[] score = scores.split(" ");
        return Evaluation.of(IntStream.range(0, label.length)
                .mapToObj(i -> score(i, label[i].equals("1") ? Label.PATIENT : Label.CONTROL, Double.parseDouble(score[i])))
                .toList(), threshold);
    }

    @Test
    void everyFigureIsThatOfScikitLearn() throws IOException {
        int compared = 0;
        try (BufferedReader golden = new BufferedReader(new InputStreamReader(
                MetricTest.class.getResourceAsStream("metrics-golden.csv"), StandardCharsets.UTF_8))) {
            String[] names = golden.readLine().split(",");
            for (String line = golden.readLine(); line != null; line = golden.readLine()) {
                String[] cells = line.split(",", -1);
                Evaluation evaluation = evaluation(cells[1], cells[2], Double.parseDouble(cells[0]));
                for (int i = 3; i < names.length; i++) {
                    if (!cells[i].isEmpty()) {
                        assertThat(evaluation.value(Metric.valueOf(names[i])))
                                .as("%s of labels %s, scores %s", names[i], cells[1], cells[2])
                                .isCloseTo(Double.parseDouble(cells[i]), within(1e-9));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(800);
    }

    @Test
    void aFigureOfAClassThatIsNotThereIsNotANumber() {
        Evaluation controls = evaluation("0 0", "0.2 0.7", 0.5);
        assertThat(controls.value(Metric.SENSITIVITY)).isNaN();
        assertThat(controls.value(Metric.AUROC)).isNaN();
        assertThat(controls.value(Metric.AUPRC)).isNaN();
        assertThat(controls.value(Metric.BALANCED_ACCURACY)).isEqualTo(0.5);
        assertThat(evaluation("1 0", "0.2 0.3", 0.5).value(Metric.POSITIVE_PREDICTIVE_VALUE)).isNaN();
    }

    @Provide
    Arbitrary<List<RecordingScore>> answers() {
        Arbitrary<Double> probability = Arbitraries.integers().between(0, 20).map(i -> i / 20.0);
        return Combinators.combine(Arbitraries.of(Label.values()), probability).as(List::of).list().ofMinSize(1)
                .ofMaxSize(40)
                .map(rows -> IntStream.range(0, rows.size())
                        .mapToObj(i -> score(i, (Label) rows.get(i).get(0), (Double) rows.get(i).get(1)))
                        .toList());
    }

    @Property(tries = 200)
    void figuresDoNotDependOnTheOrderOfAnswers(@ForAll("answers") List<RecordingScore> answers, @ForAll long seed) {
        List<RecordingScore> shuffled = new ArrayList<>(answers);
        Collections.shuffle(shuffled, new Random(seed));
        for (Metric metric : Metric.values()) {
            double expected = Evaluation.of(answers, 0.5).value(metric);
            double value = Evaluation.of(shuffled, 0.5).value(metric);
            assertThat(Double.isNaN(value)).as("%s", metric).isEqualTo(Double.isNaN(expected));
            if (!Double.isNaN(value)) {
                assertThat(value).as("%s", metric).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @Property(tries = 200)
    void figuresStayWithinTheirRange(@ForAll("answers") List<RecordingScore> answers) {
        for (Metric metric : Metric.values()) {
            double value = Evaluation.of(answers, 0.5).value(metric);
            if (!Double.isNaN(value)) {
                switch (metric.scale()) {
                    case UNIT -> assertThat(value).as("%s", metric).isBetween(0.0, 1 + 1e-12);
                    case CORRELATION -> assertThat(value).as("%s", metric).isBetween(-1 - 1e-12, 1 + 1e-12);
                    case SKILL -> assertThat(value).as("%s", metric).isLessThanOrEqualTo(1);
                    case POSITIVE -> assertThat(value).as("%s", metric).isBetween(0.0, metric == Metric.LOG_LOSS ? 17 : 1e9);
                }
            }
        }
    }

    @Property(tries = 200)
    void rankingSeesOnlyTheOrderOfProbabilities(@ForAll("answers") List<RecordingScore> answers) {
        List<RecordingScore> squashed = answers.stream()
                .map(one -> new RecordingScore(
                        one.recording(), one.subject(), one.label(), Math.pow(one.probability(), 3) / 2, one.windows()))
                .toList();
        for (Metric metric : List.of(Metric.AUROC, Metric.AUPRC)) {
            same(Evaluation.of(squashed, 0.5).value(metric), Evaluation.of(answers, 0.5).value(metric));
        }
    }

    @Property(tries = 200)
    void swappingClassesSwapsTheirFigures(@ForAll("answers") List<RecordingScore> answers) {
        List<RecordingScore> swapped = answers.stream()
                .map(one -> new RecordingScore(one.recording(), one.subject(),
                        one.label() == Label.PATIENT ? Label.CONTROL : Label.PATIENT, 1 - one.probability(), one.windows()))
                .toList();
        // No probability is a threshold of either, so that equality does not matter.
        Evaluation one = Evaluation.of(answers, 0.51);
        Evaluation other = Evaluation.of(swapped, 0.49);
        same(one.value(Metric.SENSITIVITY), other.value(Metric.SPECIFICITY));
        same(one.value(Metric.POSITIVE_PREDICTIVE_VALUE), other.value(Metric.NEGATIVE_PREDICTIVE_VALUE));
        same(one.value(Metric.ACCURACY), other.value(Metric.ACCURACY));
        same(one.value(Metric.AUROC), other.value(Metric.AUROC));
        same(one.value(Metric.BRIER_SCORE), other.value(Metric.BRIER_SCORE));
    }

    private static void same(double one, double other) {
        if (Double.isNaN(one)) {
            assertThat(other).isNaN();
        } else {
            assertThat(other).isCloseTo(one, within(1e-9));
        }
    }

    @Test
    void aSubjectsAnswerIsTheMeanOfItsRecordings() {
        Evaluation evaluation = Evaluation.of(List.of(
                new RecordingScore("a", "eva", Label.PATIENT, 0.2, List.of(0.2)),
                new RecordingScore("b", "ivo", Label.CONTROL, 0.1, List.of(0.1)),
                new RecordingScore("c", "eva", Label.PATIENT, 0.9, List.of(0.9))), 0.5);
        assertThat(evaluation.bySubject().scores()).containsExactly(
                new RecordingScore("eva", "eva", Label.PATIENT, 0.55, List.of(0.2, 0.9)),
                new RecordingScore("ivo", "ivo", Label.CONTROL, 0.1, List.of(0.1)));
        assertThat(evaluation.bySubject().value(Metric.ACCURACY)).isEqualTo(1);
    }

    @Test
    void groupsAreEvaluatedApart() {
        Evaluation evaluation = evaluation("1 0 1 0", "0.9 0.8 0.1 0.2", 0.5);
        var groups = evaluation.byGroup(Map.of("r0", "ward", "r1", "ward", "r2", "home"));
        assertThat(groups.keySet()).containsExactly("home", "ward");
        assertThat(groups.get("ward").value(Metric.ACCURACY)).isEqualTo(0.5);
        assertThat(groups.get("home").value(Metric.ACCURACY)).isZero();
    }
}
