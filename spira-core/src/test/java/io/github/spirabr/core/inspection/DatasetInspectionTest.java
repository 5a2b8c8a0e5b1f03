package io.github.spirabr.core.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.inspection.DatasetInspection.ClassCounts;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DatasetInspectionTest {

    private static RecordingFacts facts(
            int number, Label label, Map<String, String> columns, Map<String, String> traits, Map<String, Double> measures) {
        Recording plain = Recordings.of("r" + number, "s" + number / 2, label);
        Recording recording = new Recording(plain.id(), plain.subject(), label, columns, plain.audio());
        return new RecordingFacts(
                recording, "content" + number, "sound" + number, Duration.ofSeconds(number), traits, measures);
    }

    /** 40 subjects a class with two recordings each. */
    private static List<RecordingFacts> facts(BiFunction<Integer, Label, RecordingFacts> one) {
        List<RecordingFacts> facts = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            facts.add(one.apply(i, Label.values()[i / 2 % 2]));
        }
        return facts;
    }

    private static DatasetInspection.Property property(DatasetInspection inspection, String name) {
        return inspection.properties().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void aCodecOfPatientsOnlyIsASuspectAndOneOfBothIsNot() {
        DatasetInspection inspection = DatasetInspection.of(facts((i, label) -> facts(i, label, Map.of(),
                Map.of("codec", label == Label.PATIENT ? "opus" : "flac", "channels", i / 4 % 2 == 0 ? "1" : "2"), Map.of())));
        assertThat(inspection.suspects()).extracting(DatasetInspection.Property::name).containsExactly("codec");
        assertThat(property(inspection, "codec").hint().auroc()).isEqualTo(1);
        assertThat(((DatasetInspection.Property.Trait) property(inspection, "codec")).counts()).isEqualTo(
                Map.of("flac", Map.of(Label.CONTROL, 80), "opus", Map.of(Label.PATIENT, 80)));
        assertThat(property(inspection, "channels").hint().auroc()).isBetween(0.3, 0.6);
    }

    @Test
    void aLevelThatFollowsTheClassIsASuspectWithItsDirectionAndOneThatDoesNotIsNone() {
        RandomGenerator random = new RandomStreams(5).stream("levels");
        DatasetInspection inspection = DatasetInspection.of(facts((i, label) -> facts(i, label, Map.of(), Map.of(), Map.of(
                "levelDb", -20 - 3.0 * label.code() + random.nextGaussian(), "peak", random.nextGaussian()))));
        assertThat(inspection.suspects()).extracting(DatasetInspection.Property::name).containsExactly("levelDb");
        DatasetInspection.Property.Measure level = (DatasetInspection.Property.Measure) property(inspection, "levelDb");
        // Normal distributions three standard deviations apart: the area is that of a normal up to 3 / sqrt(2).
        assertThat(level.hint().auroc()).isBetween(0.96, 1.0);
        assertThat(level.hint().patientsHigher()).isFalse();
        assertThat(level.hint().lower()).isLessThan(level.hint().auroc());
        assertThat(level.distributions().get(Label.CONTROL).median()).isBetween(-20.5, -19.5);
        assertThat(level.distributions().get(Label.PATIENT).median()).isBetween(-23.5, -22.5);
        assertThat(inspection.properties().get(0)).isEqualTo(level);
    }

    @Test
    void speechThatFollowsTheClassIsNoSuspect() {
        RandomGenerator random = new RandomStreams(5).stream("pauses");
        DatasetInspection inspection = DatasetInspection.of(facts((i, label) -> {
            RecordingFacts plain = facts(i, label, Map.of(), Map.of(), Map.of());
            return new RecordingFacts(plain.recording(), plain.content(), plain.sound(), plain.duration(), Map.of(), Map.of(),
                    Map.of("mean pause (s)", 0.4 + 0.3 * label.code() + 0.1 * random.nextGaussian()), List.of());
        }));
        assertThat(inspection.suspects()).isEmpty();
        assertThat(inspection.properties()).isEmpty();
        assertThat(inspection.speech()).extracting(DatasetInspection.Property::name).containsExactly("mean pause (s)");
        DatasetInspection.Property.Measure pause = inspection.speech().get(0);
        assertThat(pause.hint().auroc()).isBetween(0.96, 1.0);
        assertThat(pause.hint().lower()).isBetween(0.9, pause.hint().auroc());
        assertThat(pause.distributions().get(Label.PATIENT).median()).isBetween(0.66, 0.74);
    }

    @Test
    void chanceIsNotCalledOut() {
        int called = 0;
        for (int seed = 0; seed < 40; seed++) {
            RandomGenerator random = new RandomStreams(seed).stream("chance");
            called += DatasetInspection.of(facts((i, label) -> facts(i, label,
                            Map.of("ward", "w" + random.nextInt(5)), Map.of(), Map.of("peak", random.nextGaussian()))))
                    .suspects().size();
        }
        assertThat(called).isZero();
    }

    @Test
    void columnsOfNumbersAreMeasuresAndMissingValuesAreAKind() {
        DatasetInspection inspection = DatasetInspection.of(facts((i, label) -> facts(i, label,
                Map.of("idade", i % 10 == 0 ? "?" : Integer.toString(30 + i % 37), "sexo", i % 3 == 0 ? "?" : "F",
                        "file", "name" + i, "hospital", "one"),
                Map.of(), Map.of())));
        assertThat(inspection.properties()).extracting(DatasetInspection.Property::name).containsExactlyInAnyOrder("idade", "sexo");
        assertThat(property(inspection, "idade")).isInstanceOf(DatasetInspection.Property.Measure.class);
        assertThat(((DatasetInspection.Property.Trait) property(inspection, "sexo")).counts()).containsOnlyKeys("?", "F");
    }

    @Test
    void whatIsOfOneSubjectSaysNothingOfOthers() {
        DatasetInspection inspection = DatasetInspection.of(
                facts((i, label) -> facts(i, label, Map.of("device", "d" + i / 2), Map.of(), Map.of())));
        assertThat(property(inspection, "device").hint().auroc()).isEqualTo(0.5);
        assertThat(inspection.suspects()).isEmpty();
    }

    @Test
    void soundsThatAreTheSameAreFoundAcrossClassesAndSubjects() {
        List<RecordingFacts> facts = new ArrayList<>(facts((i, label) -> facts(i, label, Map.of(), Map.of(), Map.of())));
        Recording copy = Recordings.of("copy", "s0", Label.CONTROL);
        facts.add(new RecordingFacts(copy, "c", "sound0", Duration.ofSeconds(1), Map.of(), Map.of()));
        Recording wrong = Recordings.of("wrong", "other", Label.PATIENT);
        facts.add(new RecordingFacts(wrong, "w", "sound9", Duration.ofSeconds(1), Map.of(), Map.of()));
        assertThat(DatasetInspection.of(facts).duplicates()).containsExactly(
                new DatasetInspection.Duplicates(List.of("copy", "r0"), false, false),
                new DatasetInspection.Duplicates(List.of("r9", "wrong"), true, true));
    }

    @Test
    void classesAreCountedByRecordingSubjectAndTime() {
        DatasetInspection inspection =
                DatasetInspection.of(facts((i, label) -> facts(i, label, Map.of(), Map.of(), Map.of())));
        assertThat(inspection.classes()).containsExactly(
                new ClassCounts(Label.CONTROL, 80, 40, Duration.ofSeconds(6280)),
                new ClassCounts(Label.PATIENT, 80, 40, Duration.ofSeconds(6440)));
    }

    @Test
    void theFingerprintIsOfContentsAndLabelsNotOfNamesAndOrder() {
        List<RecordingFacts> facts = facts((i, label) -> facts(i, label, Map.of(), Map.of(), Map.of()));
        String fingerprint = DatasetInspection.of(facts).fingerprint();
        assertThat(fingerprint).matches("[0-9a-f]{64}");
        List<RecordingFacts> renamed = new ArrayList<>(facts.stream()
                .map(one -> new RecordingFacts(
                        Recordings.of("new-" + one.recording().id(), one.recording().subject(), one.recording().label()),
                        one.content(), one.sound(), one.duration(), one.traits(), one.measures()))
                .toList());
        Collections.reverse(renamed);
        assertThat(DatasetInspection.of(renamed).fingerprint()).isEqualTo(fingerprint);
        List<RecordingFacts> relabelled = new ArrayList<>(facts);
        relabelled.set(0, facts(0, Label.PATIENT, Map.of(), Map.of(), Map.of()));
        assertThat(DatasetInspection.of(relabelled).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(DatasetInspection.Difference.between(facts, relabelled))
                .isEqualTo(new DatasetInspection.Difference(List.of(), List.of(), List.of("r0")));
        assertThat(DatasetInspection.Difference.between(facts, renamed))
                .isEqualTo(new DatasetInspection.Difference(List.of(), List.of(), List.of()));
        assertThat(DatasetInspection.Difference.between(facts.subList(0, 158), facts.subList(1, 160)))
                .isEqualTo(new DatasetInspection.Difference(List.of("r158", "r159"), List.of("r0"), List.of()));
    }

    @Test
    void aColumnOfDecimalCommasIsTheSameMeasureAsOneOfDecimalPoints() {
        DatasetInspection inspection = DatasetInspection.of(facts((i, label) -> {
            String weight = Integer.toString(50 + i % 9 + 20 * label.code()) + ".5";
            return facts(i, label, Map.of("point", weight, "comma", weight.replace('.', ',')), Map.of(), Map.of());
        }));
        assertThat(inspection.suspects()).extracting(DatasetInspection.Property::name).containsExactly("comma", "point");
        assertThat(property(inspection, "comma").hint()).isEqualTo(property(inspection, "point").hint());
        assertThat(((DatasetInspection.Property.Measure) property(inspection, "comma")).distributions())
                .isEqualTo(((DatasetInspection.Property.Measure) property(inspection, "point")).distributions());
    }
}
