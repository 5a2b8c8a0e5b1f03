package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GroupGapTest {

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    @Test
    void holmIsThatOfStatsmodels() throws IOException {
        try (BufferedReader golden = new BufferedReader(new InputStreamReader(
                GroupGapTest.class.getResourceAsStream("holm-golden.csv"), StandardCharsets.UTF_8))) {
            golden.readLine();
            for (String line = golden.readLine(); line != null; line = golden.readLine()) {
                double[][] columns = Stream.of(line.split(","))
                        .map(cell -> Arrays.stream(cell.split(" ")).mapToDouble(Double::parseDouble).toArray())
                        .toArray(double[][]::new);
                assertThat(GroupGap.holm(columns[0])).containsExactly(columns[1], within(1e-12));
            }
        }
        assertThat(GroupGap.holm(new double[] {0.01, Double.NaN, 0.04})).containsExactly(0.02, Double.NaN, 0.04);
    }

    /** A study of hospitals with as many subjects of each class, who are classified with the distance of their hospital. */
    private record Study(Evaluation evaluation, List<Recording> recordings) {

        static Study of(String[] hospitals, double[] distances, int subjects, long seed) {
            RandomGenerator random = new RandomStreams(seed).stream("simulation");
            List<RecordingScore> scores = new ArrayList<>();
            List<Recording> recordings = new ArrayList<>();
            for (int h = 0; h < hospitals.length; h++) {
                for (int s = 0; s < 2 * subjects; s++) {
                    Label label = s < subjects ? Label.PATIENT : Label.CONTROL;
                    String id = "r" + h + "-" + s;
                    double x = random.nextGaussian() + (label == Label.PATIENT ? 1 : -1) * distances[h] / 2;
                    scores.add(new RecordingScore(id, "s" + h + "-" + s, label, 1 / (1 + Math.exp(-x)), List.of()));
                    recordings.add(new Recording(id, "s" + h + "-" + s, label, Map.of("hospital", hospitals[h]),
                            AudioSource.ofBytes(id, new byte[0])));
                }
            }
            return new Study(Evaluation.of(scores, 0.5), recordings);
        }

        List<GroupGap> gaps(int replicates) {
            return GroupGap.of(evaluation, recordings, replicates, 1);
        }
    }

    @Test
    void twoGroupsAreComparedOnce() {
        List<GroupGap> gaps = Study.of(new String[] {"A", "B"}, new double[] {3, 0.5}, 60, 1).gaps(200);
        assertThat(gaps).extracting(GroupGap::metric).containsExactlyElementsOf(GroupGap.METRICS);
        assertThat(gaps).allSatisfy(gap -> {
            assertThat(gap.group()).isEqualTo("A");
            assertThat(gap.others()).isEqualTo("B");
            assertThat(gap.difference().lower()).isPositive();
            assertThat(gap.p()).isLessThan(0.05);
            assertThat(gap.adjusted()).isGreaterThanOrEqualTo(gap.p()).isLessThan(0.05);
        });
    }

    @Test
    void ofSeveralGroupsEachIsComparedWithTheOthersAndMissingValuesWithNone() {
        Study study = Study.of(new String[] {"A", "B", "C", "?"}, new double[] {2, 2, 2, 2}, 10, 1);
        List<GroupGap> gaps = study.gaps(100);
        assertThat(gaps).extracting(GroupGap::group).containsExactly("A", "A", "A", "B", "B", "B", "C", "C", "C");
        assertThat(gaps).extracting(GroupGap::others).containsOnly("(others)");
        Evaluation rest = study.evaluation().where(one -> one.recording().matches("r[12]-.*")).orElseThrow();
        Evaluation own = study.evaluation().where(one -> one.recording().startsWith("r0")).orElseThrow();
        assertThat(gaps.get(2).difference().value()).isEqualTo(own.value(Metric.AUROC) - rest.value(Metric.AUROC));
    }

    @Test
    void aGroupWithoutPatientsHasNoGapOfSensitivity() {
        Study study = Study.of(new String[] {"A", "B"}, new double[] {2, 2}, 10, 1);
        Evaluation without = study.evaluation()
                .where(one -> one.label() == Label.CONTROL || one.recording().startsWith("r0")).orElseThrow();
        GroupGap gap = GroupGap.of(without, study.recordings(), 100, 1).get(0);
        assertThat(gap.metric()).isEqualTo(Metric.SENSITIVITY);
        assertThat(gap.difference()).hasToString("undefined");
        assertThat(gap.p()).isNaN();
        assertThat(gap.adjusted()).isNaN();
    }

    /** Groups of 60 subjects of each class, then of 25, with a gap and without one. */
    @Test
    @Tag("campaign")
    void ninetyFiveOfAHundredIntervalsHoldTheTruth() {
        for (double other : new double[] {2, 1}) {
            double share = NORMAL.cumulativeProbability(1) - NORMAL.cumulativeProbability(other / 2);
            double area = NORMAL.cumulativeProbability(Math.sqrt(2)) - NORMAL.cumulativeProbability(other / Math.sqrt(2));
            for (int subjects : new int[] {60, 25}) {
                int[] held = new int[GroupGap.METRICS.size()];
                for (int i = 0; i < 1000; i++) {
                    List<GroupGap> gaps = Study.of(new String[] {"A", "B"}, new double[] {2, other}, subjects, i).gaps(500);
                    for (int m = 0; m < held.length; m++) {
                        double truth = gaps.get(m).metric() == Metric.AUROC ? area : share;
                        Estimate difference = gaps.get(m).difference();
                        held[m] += difference.lower() <= truth && truth <= difference.upper() ? 1 : 0;
                    }
                }
                for (int count : held) {
                    // Of small groups with few mistakes the exact intervals, which are too wide, take part.
                    assertThat(count).as("gaps with %d subjects of a class", subjects).isBetween(930, subjects == 60 ? 970 : 1000);
                }
            }
        }
    }
}
