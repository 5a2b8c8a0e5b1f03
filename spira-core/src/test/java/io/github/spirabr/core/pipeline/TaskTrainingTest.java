package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.artifact.StoredProvenance;
import io.github.spirabr.core.audit.LeakException;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.SubjectLeakingSplit;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TaskTrainingTest {

    private static final List<String> TASKS = List.of("phrase", "rhyme");

    private final InMemoryModelRepository models = new InMemoryModelRepository();

    /** A recording of a visit; one in so many is as loud as one of the other class, by a draw. */
    private static Recording recording(String subject, Label label, int visit, String task, double wrong) {
        String id = subject + "-" + visit + "-" + task;
        boolean right = new RandomStreams(3).stream("right", visit, subject + task).nextDouble() >= wrong;
        String sound = (label == Label.PATIENT == right ? "p" : "c") + id;
        return new Recording(id, subject, label, Map.of("session", "v" + visit, "task", task),
                AudioSource.ofBytes(id, sound.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Recording> recordings(double wrongPhrase, double wrongRhyme) {
        List<Recording> all = new ArrayList<>();
        for (Label label : Label.values()) {
            for (int s = 0; s < 24; s++) {
                String subject = (label == Label.PATIENT ? "p" : "c") + s;
                for (int visit = 1; visit <= 2; visit++) {
                    all.add(recording(subject, label, visit, "phrase", wrongPhrase));
                    all.add(recording(subject, label, visit, "rhyme", wrongRhyme));
                    all.add(recording(subject, label, visit, "sustained-vowel", 0));
                    all.add(recording(subject, label, visit, "ambient-noise", 0));
                }
            }
        }
        return all;
    }

    private TrainingPipeline pipeline(List<Recording> recordings) {
        return TestParts.pipeline(Dataset.of("visits", recordings), models).build();
    }

    private static Set<String> subjects(List<Recording> recordings) {
        Set<String> subjects = new TreeSet<>();
        recordings.forEach(one -> subjects.add(one.subject()));
        return subjects;
    }

    @Test
    void everyTaskHasAModelOfItsOwnOnTheSameSubjects() {
        TaskFindings findings = TaskTraining.of(pipeline(recordings(0, 0)), TASKS).run();
        assertThat(findings.tasks()).isEqualTo(TASKS);
        assertThat(findings.runs()).extracting(TrainingRun::modelName).containsExactly("loud-phrase", "loud-rhyme");
        TrainingRun phrase = findings.runs().get(0);
        TrainingRun rhyme = findings.runs().get(1);
        assertThat(phrase.split().training().recordings()).allMatch(one -> one.task().orElseThrow().equals("phrase"));
        assertThat(rhyme.split().test().recordings()).allMatch(one -> one.task().orElseThrow().equals("rhyme"));
        assertThat(subjects(phrase.split().training().recordings())).isEqualTo(subjects(rhyme.split().training().recordings()));
        assertThat(subjects(phrase.split().test().recordings())).isEqualTo(subjects(rhyme.split().test().recordings()));
        assertThat(phrase.ambient()).hasSize(96);
        assertThat(StoredProvenance.of(models.load(rhyme.model())).values()).containsEntry("task", "rhyme")
                .containsEntry("task.models", "loud-phrase,loud-rhyme").containsEntry("task.fusion", "mean-log-odds");
    }

    @Test
    void answersAreFusedByTheMeanOfLogOddsOfSessionsAndOfSubjects() {
        TaskFindings findings = TaskTraining.of(pipeline(recordings(0.3, 0.3)), TASKS).run();
        Evaluation sessions = findings.sessions().orElseThrow();
        assertThat(sessions.scores()).hasSize(2 * findings.subjects().scores().size());
        for (RecordingScore subject : findings.subjects().scores()) {
            double sum = 0;
            for (TrainingRun run : findings.runs()) {
                for (RecordingScore one : run.test().scores()) {
                    sum += one.subject().equals(subject.subject()) ? logOdds(one.probability()) : 0;
                }
            }
            assertThat(logOdds(subject.probability())).isCloseTo(sum / 4, within(1e-6));
        }
        assertThat(findings.subjects().metrics().metric(Metric.AUROC).lower())
                .isLessThanOrEqualTo(findings.subjects().value(Metric.AUROC));
    }

    private static double logOdds(double probability) {
        double inside = Math.min(1 - 1e-9, Math.max(1e-9, probability));
        return Math.log(inside / (1 - inside));
    }

    @Test
    void aLogisticFusionFittedOnValidationIgnoresATaskThatTellsNothing() {
        List<Recording> one = recordings(0.05, 0.5);
        TaskFindings mean = TaskTraining.of(pipeline(one), TASKS).run();
        TaskFindings fitted = TaskTraining.of(pipeline(one), TASKS).fusion(TaskTraining.Fusion.LOGISTIC).run();
        assertThat(fitted.sessions().orElseThrow().value(Metric.AUROC))
                .isGreaterThan(mean.sessions().orElseThrow().value(Metric.AUROC));
    }

    @Test
    void theTestSetHasNoPartInTheFitOfALogisticFusion() {
        List<Recording> one = recordings(0.05, 0.5);
        TaskFindings fitted = fitted(one);
        String changed = fitted.runs().get(0).split().test().subjects().first();
        List<Recording> other = one.stream().map(recording -> recording.subject().equals(changed)
                ? inverted(recording) : recording).toList();
        TaskFindings again = fitted(other);
        assertThat(again.subjects().threshold()).isEqualTo(fitted.subjects().threshold());
        assertThat(of(again, changed)).doesNotContainAnyElementsOf(of(fitted, changed));
        assertThat(again.subjects().scores()).filteredOn(score -> !score.subject().equals(changed)).isNotEmpty()
                .isSubsetOf(fitted.subjects().scores());
    }

    private TaskFindings fitted(List<Recording> recordings) {
        TrainingPipeline youden = pipeline(recordings).toBuilder().operatingPoint(OperatingPoint.youden()).build();
        return TaskTraining.of(youden, TASKS).fusion(TaskTraining.Fusion.LOGISTIC).run();
    }

    private static List<RecordingScore> of(TaskFindings findings, String subject) {
        return findings.subjects().scores().stream().filter(score -> score.subject().equals(subject)).toList();
    }

    /** Makes a recording sound as one of the other class, with its label as it was. */
    private static Recording inverted(Recording one) {
        String sound = (one.label() == Label.PATIENT ? "c" : "p") + one.id();
        return new Recording(one.id(), one.subject(), one.label(), one.metadata(),
                AudioSource.ofBytes(one.id(), sound.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aSessionWithoutATaskIsAnsweredByTheOthers() {
        List<Recording> some = new ArrayList<>(recordings(0, 0));
        some.removeIf(one -> one.task().orElseThrow().equals("rhyme") && one.session().orElseThrow().equals("v2"));
        for (TaskTraining.Fusion fusion : TaskTraining.Fusion.values()) {
            TaskFindings findings = TaskTraining.of(pipeline(some), TASKS).fusion(fusion).run();
            assertThat(findings.sessions().orElseThrow().scores()).hasSize(2 * findings.subjects().scores().size());
            assertThat(findings.subjects().value(Metric.AUROC)).as(fusion.toString()).isEqualTo(1);
        }
    }

    @Test
    void theSameRunTwiceGivesTheSame() {
        TaskFindings first = TaskTraining.of(pipeline(recordings(0.2, 0.3)), TASKS).run();
        TaskFindings again = TaskTraining.of(pipeline(recordings(0.2, 0.3)), TASKS).run();
        assertThat(again.subjects()).isEqualTo(first.subjects());
        assertThat(again.sessions()).isEqualTo(first.sessions());
        assertThat(again.runs()).extracting(TrainingRun::identity)
                .isEqualTo(first.runs().stream().map(TrainingRun::identity).toList());
    }

    private static Recording part(String subject, String task, long millis) {
        AudioPart part = AudioPart.of(Duration.ofMillis(millis), Duration.ofSeconds(2));
        return new Recording("c-long" + part.idSuffix(), subject, Label.CONTROL, Map.of("session", "v1", "task", task),
                AudioSource.partOf(AudioSource.ofBytes("c-long", "c-long".getBytes(StandardCharsets.UTF_8)), part));
    }

    @Test
    void partsOfTwoTasksThatOverlapOnTwoSidesAreRefused() {
        List<Recording> some = new ArrayList<>(recordings(0, 0));
        some.add(part("c5", "phrase", 0));
        some.add(part("c1", "rhyme", 1900));
        TrainingPipeline audited = pipeline(some).toBuilder().audit(SplitAudit.of(new AuditedPipelineTest.Samples()))
                .split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of("c1", "p1"))).build();
        assertThat(catchThrowableOfType(LeakException.class, () -> TaskTraining.of(audited, TASKS).run()))
                .hasMessageContaining("(1 leak)")
                .hasMessageContaining("c-long@0+2 (training) and c-long@1.9+2 (test): they share 0.100 s of one file");
    }

    @Test
    void whatCannotBeFusedIsRefused() {
        TrainingPipeline pipeline = pipeline(recordings(0, 0));
        assertThatThrownBy(() -> TaskTraining.of(pipeline, List.of("phrase"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tasks must name at least two tasks, but were [phrase]");
        assertThatThrownBy(() -> TaskTraining.of(pipeline, List.of("phrase", "ambient_noise")))
                .hasMessageContaining("it is never trained on");
        assertThatThrownBy(() -> TaskTraining.of(pipeline, List.of("a b", "a-b")))
                .hasMessageContaining("must differ in more than signs");
        assertThatThrownBy(() -> TaskTraining.of(pipeline, List.of("phrase", "song")).run())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("the task song must have recordings, but has none; tasks of the recordings are"
                        + " [ambient-noise, phrase, rhyme, sustained-vowel]");
        List<Recording> twoClasses = new ArrayList<>(recordings(0, 0));
        twoClasses.replaceAll(one -> one.id().equals("p0-1-rhyme")
                ? new Recording(one.id(), one.subject(), Label.CONTROL, one.metadata(), one.audio()) : one);
        assertThatThrownBy(() -> TaskTraining.of(pipeline(twoClasses), TASKS).run()).isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("session v1 of subject p0 must be of one class");
        TrainingPipeline leaking = pipeline.toBuilder().split(SubjectLeakingSplit.of(0.5, 0.25, 0.25)).build();
        assertThatThrownBy(() -> TaskTraining.of(leaking, TASKS).run()).isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("tasks are fused by subject");
    }
}
