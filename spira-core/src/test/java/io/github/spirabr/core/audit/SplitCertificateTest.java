package io.github.spirabr.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.dataset.SubjectLeakingSplit;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitCertificateTest {

    private static final SplitAudit.Result NOTHING = SplitAudit.Result.builder("coins", 12)
            .trainingNoises(2)
            .evaluationNoises(1)
            .build();

    private static Dataset dataset(boolean subjects) {
        List<Recording> recordings = new ArrayList<>();
        for (Recording one : Recordings.dataset(3, 3, 2).recordings()) {
            recordings.add(new Recording(one.id(), subjects ? one.subject() : one.id(), one.label(),
                    Map.of("sex", one.subject().endsWith("0") ? "F" : "M"), one.audio()));
        }
        return Dataset.of("test data", recordings);
    }

    private static SplitCertificate certificate(DatasetSplit split, SplitAudit.Result audit) {
        return SplitCertificate.of(split, "by hand", 7, audit, Optional.empty());
    }

    @Test
    void describesItselfInSortedLines() {
        DatasetSplit split =
                dataset(true).split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of("c1", "p1")), 7);
        SplitCertificate certificate = certificate(split, NOTHING);
        assertThat(certificate.warnings()).isEmpty();
        assertThat(certificate.describe()).contains(
                entry("split", "by hand"), entry("seed", "7"),
                entry("side.training.control.recordings", "2"), entry("side.training.control.subjects", "1"),
                entry("side.test.patient.recordings", "2"), entry("side.validation.patient.subjects", "1"),
                entry("group.sex.F.validation.subjects", "2"), entry("group.sex.F.training.recordings", "0"),
                entry("group.sex.M.test.recordings", "4"),
                entry("noises.training", "2"), entry("noises.evaluation", "1"),
                entry("audit.method", "coins"), entry("audit.recordings", "12"), entry("audit.subjectsOnTwoSides", "0"),
                entry("audit.identicalOnTwoSides", "0"), entry("audit.nearlyIdenticalOnTwoSides", "0"),
                entry("audit.windowsOnTwoSides", "0"), entry("audit.noisesOnTwoSides", "0"));
        assertThat(certificate.describe().keySet()).noneMatch(name -> name.startsWith("warning"));
    }

    @Test
    void aSplitByRecordingIsWarnedOf() {
        DatasetSplit split = dataset(true).split(SubjectLeakingSplit.of(0.5, 0.25, 0.25), 1);
        SplitCertificate certificate = certificate(split, NOTHING);
        assertThat(certificate.sharedSubjects()).isEqualTo(split.sharedSubjects()).isNotEmpty();
        assertThat(certificate.warnings()).singleElement().asString()
                .startsWith("Split by recording: " + split.sharedSubjects().size() + " subjects are in more than one set (")
                .endsWith("the metrics do not hold for subjects not seen in training.");
        assertThat(certificate.describe()).containsKey("warning.0");
    }

    @Test
    void unknownSubjectsSharedNoisesAndQuietRecordingsAreWarnedOf() {
        DatasetSplit split = dataset(false).split(SubjectSplit.of(0.5, 0.25, 0.25), 1);
        SplitAudit.Result audit = SplitAudit.Result.builder("coins", 12)
                .trainingNoises(1)
                .evaluationNoises(1)
                .tooQuiet(List.of("c1-0"))
                .sharedNoises(List.of(new Leak(
                Leak.Kind.NOISE, "/home/somebody/ward.wav", "training", "/home/somebody/ward.wav", "evaluation")))
                .build();
        assertThat(certificate(split, audit).warnings()).containsExactly(
                "No recording names its subject, so each counts as a subject of its own. If a person was recorded twice, the"
                        + " metrics are too high.",
                "Training and evaluation use the same noises (ward.wav), as the settings say. Metrics under these noises are too"
                        + " high.",
                "Of 12 recordings, 11 were compared in any form; 1 are too short or too quiet for that (c1-0): these were searched"
                        + " for copies and excerpts of equal samples only.");
    }

    @Test
    void chosenColumnsAreCounted() {
        DatasetSplit split = dataset(true).split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of("c1", "p1")), 7);
        SplitCertificate certificate =
                SplitCertificate.of(split, "by hand", 7, NOTHING, Optional.of(List.of("hospital")));
        assertThat(certificate.groups()).extracting(SplitCertificate.GroupCount::column).containsOnly("hospital");
        assertThat(certificate.groups()).extracting(SplitCertificate.GroupCount::value).containsOnly("?");
    }

    @Test
    void anAuditsResultIsReadFromItsText() {
        SplitAudit.Result result = SplitAudit.Result.builder("coins", 3)
                .trainingNoises(1)
                .evaluationNoises(2)
                .tooQuiet(List.of("a", "b"))
                .sharedNoises(List.of(
                new Leak(Leak.Kind.NOISE, "x", "training", "y", "evaluation")))
                .likeSubjects(List.of(
                new Leak(Leak.Kind.SUBJECT, "subject '1'", "training", "subject '001'", "test")))
                .build();
        assertThat(SplitAudit.Result.read(result.describe())).contains(result);
        assertThat(SplitAudit.Result.read(Map.of())).isEmpty();
    }

    @Test
    void manyLeaksAreToldInPart() {
        List<Leak> leaks = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            leaks.add(new Leak(Leak.Kind.WINDOW, "a" + i, "training", "b" + i, "test"));
        }
        LeakException exception = new LeakException("manifest.csv", leaks);
        assertThat(exception.leaks()).hasSize(30);
        assertThat(exception).hasMessageContaining("(30 leaks)").hasMessageContaining("a19 (training) and b19 (test)")
                .hasMessageNotContaining("a20").hasMessageContaining("and 10 more");
    }
}
