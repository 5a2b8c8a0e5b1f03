package io.github.spirabr.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FoldsTest {

    private static Recording recording(String id, String subject, Label label, Map<String, String> metadata) {
        return new Recording(id, subject, label, metadata, Recordings.of(id, subject, label).audio());
    }

    @Property(tries = 100)
    void eachSubjectIsTestedOnOnceAndValidatedOnOnce(
            @ForAll @IntRange(min = 3, max = 8) int count,
            @ForAll @IntRange(min = 8, max = 30) int controls,
            @ForAll @IntRange(min = 8, max = 30) int patients,
            @ForAll long seed) {
        Dataset dataset = Recordings.dataset(controls, patients, 2);
        List<Splitter> folds = Folds.bySubject(count).of(dataset, seed);
        assertThat(folds).hasSize(count);
        Set<String> tested = new HashSet<>();
        Set<String> validated = new HashSet<>();
        for (Splitter fold : folds) {
            DatasetSplit split = dataset.split(fold, seed);
            assertThat(split.test().subjects()).allMatch(tested::add).hasSizeBetween(
                    (controls + patients) / count, (controls + patients) / count + 1);
            assertThat(split.validation().subjects()).allMatch(validated::add);
            assertThat(split.training().subjects())
                    .doesNotContainAnyElementsOf(split.test().subjects())
                    .doesNotContainAnyElementsOf(split.validation().subjects());
        }
        assertThat(tested).isEqualTo(dataset.subjects()).isEqualTo(validated);
    }

    @Test
    void foldsWithoutATrainingSideAreRefused() {
        assertThatThrownBy(() -> Folds.bySubject(2))
                .hasMessage("there must be at least 3 folds (test, validation, training), but were 2");
    }

    private static Dataset hospitals() {
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Label label = i % 2 == 0 ? Label.CONTROL : Label.PATIENT;
            recordings.add(recording("r" + i, "s" + i, label, Map.of("hospital", "h" + i / 2 % 3)));
        }
        return Dataset.of("hospitals", recordings);
    }

    @Test
    void eachGroupIsLeftOutOnce() {
        Dataset dataset = hospitals();
        List<Splitter> folds = Folds.leaveOneOut("hospital", 0.25).of(dataset, 1);
        assertThat(folds).hasSize(3);
        for (int h = 0; h < 3; h++) {
            String hospital = "h" + h;
            DatasetSplit split = dataset.split(folds.get(h), 1);
            assertThat(split.test().recordings()).hasSize(8)
                    .allMatch(recording -> recording.metadata().get("hospital").equals(hospital));
            assertThat(split.validation().recordings()).hasSize(4)
                    .noneMatch(recording -> recording.metadata().get("hospital").equals(hospital));
            assertThat(split.training().recordings()).hasSize(12)
                    .noneMatch(recording -> recording.metadata().get("hospital").equals(hospital));
        }
    }

    @Test
    void aSubjectInTwoGroupsIsRefused() {
        List<Recording> recordings = new ArrayList<>(hospitals().recordings());
        recordings.add(recording("again", "s0", Label.CONTROL, Map.of("hospital", "h2")));
        recordings.add(recording("nowhere", "s9", Label.PATIENT, Map.of()));
        assertThatThrownBy(() -> Folds.leaveOneOut("hospital", 0.25).of(Dataset.of("d", recordings), 1))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage("d: subject s0 is in two groups of hospital: h0 and h2; recording nowhere has no column hospital");
        assertThatThrownBy(() -> Folds.leaveOneOut("hospital", 1)).hasMessageContaining("in (0, 1), but was 1.0");
    }

    @Test
    void oneGroupCannotBeLeftOut() {
        Dataset dataset = Dataset.of("d", List.of(
                recording("a", "a", Label.CONTROL, Map.of("device", "x")),
                recording("b", "b", Label.PATIENT, Map.of("device", "x"))));
        assertThatThrownBy(() -> Folds.leaveOneOut("device", 0.5).of(dataset, 1))
                .hasMessage("d: column device has one value only, so that no group can be left out");
    }

    private static final ColumnSplit BY_FILE = ColumnSplit.of(
            "file", Map.of("train", Side.TRAINING, "eval", Side.VALIDATION, "test", Side.TEST));

    private static List<Recording> published() {
        List<Recording> recordings = new ArrayList<>();
        int i = 0;
        for (String file : List.of("train", "eval", "test", "unused")) {
            for (Label label : Label.values()) {
                recordings.add(recording("r" + i, "s" + i++, label, Map.of("file", file)));
            }
        }
        return recordings;
    }

    @Test
    void aColumnGivesTheSides() {
        DatasetSplit split = Dataset.of("d", published()).split(BY_FILE, 1);
        assertThat(split.training().subjects()).containsExactly("s0", "s1");
        assertThat(split.validation().subjects()).containsExactly("s2", "s3");
        assertThat(split.test().subjects()).containsExactly("s4", "s5");
    }

    @Test
    void aSubjectOnTwoSidesIsRefused() {
        List<Recording> recordings = published();
        recordings.add(recording("leak", "s0", Label.CONTROL, Map.of("file", "test")));
        recordings.add(recording("lost", "s8", Label.CONTROL, Map.of()));
        assertThatThrownBy(() -> Dataset.of("d", recordings).split(BY_FILE, 1))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage("d: subject s0 is on two sides: recording r0 on TRAINING, recording leak on TEST; "
                        + "recording lost has no column file");
    }

    @Property(tries = 50)
    void whoIsHeldOutTodayIsHeldOutWhenTheDataHaveGrown(
            @ForAll @IntRange(min = 1, max = 60) int before, @ForAll @IntRange(min = 0, max = 60) int more, @ForAll long seed) {
        Splitter stable = SubjectSplit.stable(0.6, 0.2, 0.2);
        Map<String, Side> today = stable.assign(Recordings.dataset(before, before, 1), seed);
        Map<String, Side> tomorrow = stable.assign(Recordings.dataset(before + more, before + more, 2), seed);
        assertThat(tomorrow).containsAllEntriesOf(today);
    }

    @Test
    void stableSharesHoldOnTheAverage() {
        Map<String, Side> sides = SubjectSplit.stable(0.6, 0.3, 0.1).assign(Recordings.dataset(5000, 5000, 1), 3);
        Map<Side, Integer> counts = new HashMap<>();
        sides.values().forEach(side -> counts.merge(side, 1, Integer::sum));
        // Four standard deviations of the binomial.
        assertThat(counts.get(Side.TRAINING)).isBetween(5804, 6196);
        assertThat(counts.get(Side.VALIDATION)).isBetween(2816, 3184);
        assertThat(counts.get(Side.TEST)).isBetween(880, 1120);
    }
}
