package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InMemoryPreparedDatasets;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private final InMemoryModelRepository models = new InMemoryModelRepository();

    private static Recording visit(String subject, Label label, String session, int number) {
        String id = subject + "-" + session + "-" + number;
        String sound = (label == Label.PATIENT ? "p" : "c") + id;
        return new Recording(id, subject, label, Map.of("session", session),
                AudioSource.ofBytes(id, sound.getBytes(StandardCharsets.UTF_8)));
    }

    /** Three visits of two recordings for each of ten subjects a class. */
    private static List<Recording> visits() {
        List<Recording> all = new ArrayList<>();
        for (Label label : Label.values()) {
            for (int s = 0; s < 10; s++) {
                for (int v = 1; v <= 3; v++) {
                    all.add(visit((label == Label.PATIENT ? "p" : "c") + s, label, "v" + v, 1));
                    all.add(visit((label == Label.PATIENT ? "p" : "c") + s, label, "v" + v, 2));
                }
            }
        }
        return all;
    }

    private TrainingPipeline.Builder pipeline(List<Recording> recordings) {
        return TestParts.pipeline(Dataset.of("visits", recordings), models);
    }

    @Test
    void allSessionsOfASubjectAreInOneSet() {
        for (long seed = 1; seed <= 10; seed++) {
            TrainingRun run = pipeline(visits()).seed(seed).build().run();
            Map<String, Long> sets = Stream.of(run.split().training().recordings(), run.split().validation().recordings(),
                            run.split().test().recordings())
                    .flatMap(set -> set.stream().map(Recording::subject).distinct())
                    .collect(Collectors.groupingBy(subject -> subject, Collectors.counting()));
            assertThat(sets).hasSize(20).allSatisfy((subject, count) -> assertThat(count).isEqualTo(1));
        }
    }

    @Test
    void metricsOfSessionsStandBesideThoseOfRecordingsAndSubjects() {
        TrainingRun run = pipeline(visits()).build().run();
        int subjects = (int) run.test().subjects();
        assertThat(run.sessionMetrics().answers()).isEqualTo(3 * subjects);
        assertThat(run.sessionMetrics().subjects()).isEqualTo(subjects);
        assertThat(run.sessionMetrics().metric(Metric.AUROC).value()).isEqualTo(1);
        assertThat(run.metrics().answers()).isEqualTo(6 * subjects);
        assertThat(new String(models.load(run.model()).file("provenance.properties"), StandardCharsets.UTF_8))
                .contains("figures.session.auroc=1.0\n");
    }

    @Test
    void withoutSessionsThereAreNoSuchMetrics() {
        TrainingRun run = TestParts.pipeline(Recordings.dataset(8, 8, 2), models).build().run();
        assertThat(run.sessionMetrics().isEmpty()).isTrue();
        assertThat(new String(models.load(run.model()).file("provenance.properties"), StandardCharsets.UTF_8))
                .doesNotContain("figures.session");
    }

    @Test
    void aStoredOutcomeHasThemToo() {
        InMemoryModelRepository work = new InMemoryModelRepository();
        InMemoryPreparedDatasets features = new InMemoryPreparedDatasets();
        TrainingRun first = pipeline(visits()).workStore(work, features).build().run();
        TrainingRun again = pipeline(visits()).workStore(work, features).build().run();
        assertThat(again.sessionMetrics()).isEqualTo(first.sessionMetrics());
    }

    @Test
    void aSubjectWhoseClassChangesBetweenSessionsIsRefusedUnlessTheExperimentSaysSo() {
        List<Recording> recordings = visits();
        recordings.add(visit("p0", Label.CONTROL, "v4", 1));
        recordings.add(visit("p1", Label.CONTROL, "v4", 1));
        InvalidDatasetException refused = catchThrowableOfType(
                InvalidDatasetException.class, () -> pipeline(recordings).build().run());
        assertThat(refused.faults()).containsExactly(
                "subject p0 must be of one class in all sessions, but is CONTROL in [v4] and PATIENT in [v1, v2, v3]; correct the"
                        + " labels, or set labels to bySession if the class may change",
                "subject p1 must be of one class in all sessions, but is CONTROL in [v4] and PATIENT in [v1, v2, v3]; correct the"
                        + " labels, or set labels to bySession if the class may change");
        TrainingRun run = pipeline(recordings).labelsBySession(true).build().run();
        assertThat(run.isSaved()).isTrue();
    }

    @Test
    void aSessionIsOfOneClassInAnyCase() {
        List<Recording> recordings = visits();
        recordings.add(visit("p0", Label.CONTROL, "v1", 3));
        assertThatThrownBy(() -> pipeline(recordings).labelsBySession(true).build().run())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("session v1 of subject p0 must be of one class, but has recordings of both;"
                        + " correct the labels");
    }

    @Test
    void dataWithoutSessionsMayHaveSubjectsOfBothClassesAsBefore() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(8, 8, 2).recordings());
        recordings.add(Recordings.of("p0-well", "p0", Label.CONTROL));
        assertThat(pipeline(recordings).build().run().isSaved()).isTrue();
    }
}
