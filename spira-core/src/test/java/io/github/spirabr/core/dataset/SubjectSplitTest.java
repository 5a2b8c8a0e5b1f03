package io.github.spirabr.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SubjectSplitTest {

    @Property(tries = 200)
    void everySubjectIsOnOneSideAndEverySideHasBothClasses(
            @ForAll @IntRange(min = 3, max = 40) int controls,
            @ForAll @IntRange(min = 3, max = 40) int patients,
            @ForAll @IntRange(min = 1, max = 3) int recordings,
            @ForAll long seed) {
        Dataset dataset = Recordings.dataset(controls, patients, recordings);
        DatasetSplit split = dataset.split(SubjectSplit.of(0.6, 0.2, 0.2), seed);
        Set<String> seen = new HashSet<>();
        Stream.of(split.training().subjects(), split.validation().subjects(), split.test().subjects())
                .forEach(side -> side.forEach(subject -> assertThat(seen.add(subject)).isTrue()));
        assertThat(seen).isEqualTo(dataset.subjects());
        for (List<Recording> side : List.of(
                split.training().recordings(), split.validation().recordings(), split.test().recordings())) {
            assertThat(side.stream().map(Recording::label)).contains(Label.CONTROL, Label.PATIENT);
        }
        // The shares hold by class, to one subject (two where a side would else be empty).
        assertThat(split.training().subjects().stream().filter(s -> s.startsWith("c")).count())
                .isBetween((long) (0.6 * controls) - 1, (long) (0.6 * controls) + 1);
        assertThat(split.test().subjects().stream().filter(s -> s.startsWith("p")).count())
                .isBetween((long) (0.2 * patients), (long) (0.2 * patients) + 1);
    }

    @Property(tries = 50)
    void theSameSeedGivesTheSameSidesWhateverTheOrderOfRecordings(@ForAll long seed) {
        Dataset dataset = Recordings.dataset(9, 7, 2);
        List<Recording> backwards = new java.util.ArrayList<>(dataset.recordings());
        java.util.Collections.reverse(backwards);
        Splitter splitter = SubjectSplit.of(0.5, 0.25, 0.25);
        assertThat(splitter.assign(Dataset.of("backwards", backwards), seed)).isEqualTo(splitter.assign(dataset, seed));
    }

    @Test
    void anotherSeedGivesOtherSides() {
        Dataset dataset = Recordings.dataset(20, 20, 1);
        Splitter splitter = SubjectSplit.of(0.5, 0.25, 0.25);
        assertThat(splitter.assign(dataset, 1)).isNotEqualTo(splitter.assign(dataset, 2));
    }

    @Test
    void tooFewSubjectsAreRefusedSideBySide() {
        Dataset dataset = Recordings.dataset(2, 5, 4);
        assertThatThrownBy(() -> dataset.split(SubjectSplit.of(0.6, 0.2, 0.2), 1))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("test data")
                .hasMessageContaining("has no recording of class 0 (CONTROL)")
                .hasMessageContaining("add subjects or change the split");
    }

    @Test
    void namedSubjectsAreHeldOutAndAllOthersTrain() {
        DatasetSplit split = Recordings.dataset(4, 4, 1)
                .split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of("c1", "p1")), 1);
        assertThat(split.validation().subjects()).containsExactly("c0", "p0");
        assertThat(split.test().subjects()).containsExactly("c1", "p1");
        assertThat(split.training().subjects()).containsExactly("c2", "c3", "p2", "p3");
    }

    @Test
    void subjectsThatAreNotThereAreNamed() {
        Dataset dataset = Recordings.dataset(4, 4, 1);
        assertThatThrownBy(() -> dataset.split(SubjectSplit.holdingOut(Set.of("c0", "nobody"), Set.of("c1")), 1))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("nobody")
                .hasMessageContaining("subjects are c0, c1");
        assertThatThrownBy(() -> SubjectSplit.holdingOut(Set.of("c0"), Set.of("c0")))
                .hasMessageContaining("c0 must be either for validation or for testing");
    }

    @Test
    void sharesMustMakeAWhole() {
        assertThatThrownBy(() -> SubjectSplit.of(0.6, 0.2, 0.3)).hasMessageContaining("add up to 1");
        assertThatThrownBy(() -> SubjectSplit.of(0.8, 0.2, 0)).hasMessageContaining("TEST must be above 0");
    }

    @Test
    void heldOutSubjectsAreFoundInEverySpellingOfTheirCharacters() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(4, 4, 1).recordings());
        recordings.add(Recordings.of("j1", "Jos\u00e9", Label.CONTROL));
        recordings.add(Recordings.of("j2", "Jose\u0301\u00a0", Label.CONTROL));
        DatasetSplit split = Dataset.of("test data", recordings)
                .split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of(" Jose\u0301", "p1")), 1);
        assertThat(split.test().recordings()).extracting(Recording::id).containsExactlyInAnyOrder("j1", "j2", "p1-0");
    }

    @Test
    void valuesAndColumnsOfASplitAreFoundInEverySpelling() {
        List<Recording> recordings = new ArrayList<>();
        String[] values = {"treina\u0301vel", "vali\u00e7\u00e3o", "teste\u00a0"};
        for (int i = 0; i < 6; i++) {
            Recording plain = Recordings.of("r" + i, "s" + i, Label.values()[i % 2]);
            recordings.add(new Recording(plain.id(), plain.subject(), plain.label(),
                    Map.of("divisa\u0303o", values[i / 2]), plain.audio()));
        }
        DatasetSplit split = Dataset.of("test data", recordings).split(ColumnSplit.of("divis\u00e3o", Map.of(
                "trein\u00e1vel", Side.TRAINING, "valic\u0327a\u0303o", Side.VALIDATION, "\u2003teste", Side.TEST)), 1);
        assertThat(split.test().recordings()).extracting(Recording::id).containsExactly("r4", "r5");
        assertThat(split.validation().recordings()).hasSize(2);
        assertThatThrownBy(() -> ColumnSplit.of("x", Map.of("a", Side.TRAINING, "a ", Side.TEST)))
                .hasMessage("each value of the column x must name one set, but 'a' names two; remove one");
    }
}
