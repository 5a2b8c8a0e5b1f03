package io.github.spirabr.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {

    private static Dataset dataset(int subjects, long seed) {
        Random random = new Random(seed);
        List<Recording> recordings = new ArrayList<>();
        for (int s = 0; s < subjects; s++) {
            Map<String, String> metadata = Map.of(
                    "sex", random.nextInt(3) == 0 ? "F" : "M", "hospital", "h" + random.nextInt(4));
            for (int r = 0; r < 2; r++) {
                recordings.add(new Recording("s" + s + "-" + r, "s" + s, s % 2 == 0 ? Label.CONTROL : Label.PATIENT, metadata,
                        Recordings.of("x", "x", Label.CONTROL).audio()));
            }
        }
        return Dataset.of("strata", recordings);
    }

    private static long subjects(List<Recording> side, Label label, String column, String value) {
        return side.stream().filter(one -> one.label() == label && one.metadata().get(column).equals(value))
                .map(Recording::subject).distinct().count();
    }

    @Property(tries = 50)
    void everyValueComesNearItsShareOnEverySide(@ForAll @IntRange(min = 40, max = 160) int subjects, @ForAll long seed) {
        Dataset dataset = dataset(subjects, seed);
        Splitter plain = SubjectSplit.of(0.5, 0.25, 0.25);
        DatasetSplit split = dataset.split(SubjectSplit.of(0.5, 0.25, 0.25).stratifiedBy(List.of("sex", "hospital")), seed);
        assertThat(split.sharedSubjects()).isEmpty();
        for (Label label : Label.values()) {
            for (String[] of : new String[][] {{"sex", "F"}, {"sex", "M"}, {"hospital", "h0"}, {"hospital", "h3"}}) {
                double all = subjects(dataset.recordings(), label, of[0], of[1]);
                assertThat((double) subjects(split.test().recordings(), label, of[0], of[1]))
                        .as("%s %s=%s of %s", label, of[0], of[1], all).isBetween(all / 4 - 2, all / 4 + 2);
                assertThat((double) subjects(split.training().recordings(), label, of[0], of[1]))
                        .isBetween(all / 2 - 2, all / 2 + 2);
            }
        }
        // The numbers of subjects are those of the split without columns.
        DatasetSplit other = dataset.split(plain, seed);
        assertThat(split.training().subjects()).hasSameSizeAs(other.training().subjects());
        assertThat(split.test().subjects()).hasSameSizeAs(other.test().subjects());
    }

    @Property(tries = 20)
    void theSameSeedGivesTheSameSidesWhateverTheOrder(@ForAll long seed) {
        Dataset dataset = dataset(40, 3);
        List<Recording> backwards = new ArrayList<>(dataset.recordings());
        Collections.reverse(backwards);
        Splitter splitter = SubjectSplit.of(0.6, 0.2, 0.2).stratifiedBy(List.of("sex"));
        assertThat(splitter.assign(Dataset.of("backwards", backwards), seed)).isEqualTo(splitter.assign(dataset, seed));
    }

    @Test
    void aColumnThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> dataset(20, 1).split(SubjectSplit.of(0.6, 0.2, 0.2).stratifiedBy(List.of("age")), 1))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("there is no column 'age' to stratify the split by; columns are hospital, sex");
        assertThatThrownBy(() -> SubjectSplit.of(0.6, 0.2, 0.2).stratifiedBy(List.of()))
                .hasMessageContaining("at least one column");
        assertThatThrownBy(() -> SubjectSplit.stable(0.6, 0.2, 0.2).stratifiedBy(List.of("sex")))
                .hasMessageContaining("leaves every subject where it is");
    }

    /** Whoever joins, and whatever is known of them. */
    @Property(tries = 30)
    void whoWasHeldOutStaysHeldOut(@ForAll long seed) {
        Splitter stable = SubjectSplit.stable(0.6, 0.2, 0.2);
        Map<String, Side> before = stable.assign(dataset(60, seed), seed);
        Map<String, Side> after = stable.assign(dataset(120, seed + 1), seed);
        before.forEach((subject, side) -> assertThat(after.get(subject)).isEqualTo(side));
    }

    @Test
    void aSplitByRecordingTellsWhomItShares() {
        Dataset dataset = Recordings.dataset(6, 6, 4);
        DatasetSplit split = dataset.split(SubjectLeakingSplit.of(0.5, 0.25, 0.25), 5);
        assertThat(split.training().recordings()).hasSize(24);
        assertThat(split.test().recordings()).hasSize(12);
        Set<String> shared = new TreeSet<>(split.training().subjects());
        shared.retainAll(split.test().subjects());
        assertThat(split.sharedSubjects()).containsAll(shared).isNotEmpty();
        assertThat(dataset.split(SubjectLeakingSplit.of(0.5, 0.25, 0.25), 5).test().recordings())
                .isEqualTo(split.test().recordings());
        assertThat(dataset.split(SubjectLeakingSplit.of(0.5, 0.25, 0.25), 6).test().recordings())
                .isNotEqualTo(split.test().recordings());
    }

    @Test
    void splitsHaveNamesInConfigurations() {
        Components components = Components.discover();
        Splitter stratified = components.create(Splitter.class, "split",
                new ComponentDescription("subjects", Map.of("stratifyBy", List.of("sex"))));
        Dataset dataset = dataset(40, 1);
        assertThat(stratified.assign(dataset, 3))
                .isEqualTo(SubjectSplit.of(0.6, 0.2, 0.2).stratifiedBy(List.of("sex")).assign(dataset, 3));
        assertThat(components.create(Splitter.class, "split", stratified.description()).assign(dataset, 3))
                .isEqualTo(stratified.assign(dataset, 3));
        Splitter leaking = components.create(
                Splitter.class, "split", new ComponentDescription("recordings-leaking-subjects", Map.of()));
        assertThat(dataset.split(leaking, 3).sharedSubjects())
                .isEqualTo(dataset.split(SubjectLeakingSplit.of(0.6, 0.2, 0.2), 3).sharedSubjects());
    }
}
