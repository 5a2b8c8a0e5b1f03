package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupMetricsTest {

    private final List<Recording> recordings = new ArrayList<>();
    private final List<RecordingScore> scores = new ArrayList<>();

    private void add(Label label, double probability, String... columns) {
        String id = "r" + recordings.size();
        Map<String, String> metadata = new HashMap<>();
        for (String column : columns) {
            metadata.put(column.substring(0, column.indexOf('=')), column.substring(column.indexOf('=') + 1));
        }
        recordings.add(new Recording(id, "s" + id, label, metadata, AudioSource.ofBytes(id, new byte[0])));
        scores.add(new RecordingScore(id, "s" + id, label, probability, List.of(probability)));
    }

    private List<GroupMetrics> groups() {
        return GroupMetrics.of(Evaluation.of(scores, 0.5), recordings, 100, 1);
    }

    private static List<String> names(List<GroupMetrics> groups) {
        return groups.stream().map(one -> one.column() + " " + one.group()).toList();
    }

    @Test
    void everyGroupHasItsOwnFiguresHoweverSmallItIs() {
        for (int i = 0; i < 6; i++) {
            add(Label.PATIENT, i < 5 ? 0.9 : 0.1, "hospital=A", "sexo=" + "MF".charAt(i % 2), "id=x" + i, "one=same");
            add(Label.CONTROL, 0.2, "hospital=A", "sexo=" + "MF".charAt(i % 2), "id=y" + i, "one=same");
        }
        add(Label.PATIENT, 0.3, "hospital=B", "sexo=?", "id=z", "one=same");
        List<GroupMetrics> groups = groups();
        assertThat(names(groups)).containsExactly("hospital A", "hospital B", "sexo ?", "sexo F", "sexo M");
        MetricEstimate sensitivity = groups.get(0).metrics().metric(Metric.SENSITIVITY);
        assertThat(sensitivity.value()).isEqualTo(5 / 6.0);
        assertThat(sensitivity.answers()).isEqualTo(12);
        assertThat(sensitivity.subjects()).isEqualTo(12);
        assertThat(sensitivity.lower()).isLessThan(5 / 6.0);
        assertThat(sensitivity.imprecise()).isTrue();
        MetricEstimate alone = groups.get(1).metrics().metric(Metric.SENSITIVITY);
        assertThat(alone.value()).isZero();
        assertThat(alone.answers()).isEqualTo(1);
        assertThat(alone.imprecise()).isTrue();
        assertThat(groups.get(1).metrics().metric(Metric.AUROC).value()).isNaN();
    }

    @Test
    void agesComeInBandsOfTenYearsAndOtherNumbersInQuarters() {
        int[] ages = {19, 20, 29, 30, 67, 67, 68, 90};
        for (int i = 0; i < ages.length; i++) {
            add(Label.values()[i % 2], 0.5, "idade=" + ages[i], "weight=" + (50 + 10 * i));
        }
        add(Label.CONTROL, 0.5, "idade=?");
        assertThat(names(groups())).containsExactly(
                "idade 10-19", "idade 20-29", "idade 30-39", "idade 60-69", "idade 90-99", "idade ?",
                "weight 50 to 70", "weight 70 to 90", "weight 90 to 100", "weight 100 to 120", "weight ?");
        int answers = groups().stream().filter(one -> one.column().equals("weight"))
                .mapToInt(one -> one.metrics().answers()).sum();
        assertThat(answers).isEqualTo(9);
    }

    @Test
    void theRarestOfManyKindsComeTogether() {
        IntStream.range(0, 100).forEach(i ->
                add(Label.values()[i % 2], 0.5, "ward=" + (i < 60 ? "w" + i % 15 : "x" + i % 20)));
        List<GroupMetrics> groups = groups();
        assertThat(groups).hasSize(20);
        assertThat(groups.get(19).group()).isEqualTo("(others)");
        assertThat(groups.stream().mapToInt(one -> one.metrics().answers()).sum()).isEqualTo(100);
    }

    @Test
    void decimalCommasAreNumbers() {
        String[] weights = {"50,5", "60,5", "70,5", "80,5", "90,5", "100,5", "110,5", "120,5"};
        for (int i = 0; i < weights.length; i++) {
            add(Label.values()[i % 2], 0.5, "peso=" + weights[i], "idade=" + (20 + 10 * i) + ",0");
        }
        assertThat(names(groups())).contains("peso 50.50 to 70.50", "peso 70.50 to 90.50", "idade 20-29", "idade 90-99");
    }
}
