package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audit.KnownSounds;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.continuous.InputDrift;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ExternalValidationTest {

    private static final SplitAudit AUDIT = SplitAudit.of(new AuditedPipelineTest.Samples());

    private final InMemoryModelRepository models = new InMemoryModelRepository();

    private TrainingPipeline.Builder pipeline() {
        Dataset dataset = Dataset.of("ours", Recordings.dataset(8, 8, 2).recordings().stream().map(one -> new Recording(
                one.id(), one.subject(), one.label(), Map.of("ward", one.id().endsWith("0") ? "A" : "B"), one.audio())).toList());
        return TestParts.pipeline(dataset, models)
                .split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of("c1", "c2", "p1", "p2")))
                .operatingPoint(OperatingPoint.youden()).calibrate(true).audit(AUDIT);
    }

    private ExternalValidation.Builder validation(ModelVersion model, List<Recording> recordings) {
        return ExternalValidation.builder(models, model, () -> Dataset.of("theirs", recordings))
                .components(TestParts.components()).audit(AUDIT);
    }

    /** Returns recordings of ten subjects of another hospital. */
    private static List<Recording> others(int hospital) {
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            recordings.add(Recordings.of("p" + hospital + "-other-" + i, "other-p" + i, Label.PATIENT));
            recordings.add(Recordings.of("c" + hospital + "-other-" + i, "other-c" + i, Label.CONTROL));
        }
        return recordings;
    }

    @Test
    void theSameTestSetGivesTheSameBits() {
        TrainingRun run = pipeline().build().run();
        List<Recording> reversed = new ArrayList<>(run.split().test().recordings());
        Collections.reverse(reversed);
        for (int threads : new int[] {1, 3}) {
            ExternalFindings found = validation(run.model(), reversed).parallelism(Parallelism.of(threads)).build().run();
            assertThat(found.run().test()).isEqualTo(run.test());
            assertThat(found.run().decision()).isEqualTo(run.decision());
            assertThat(found.run().metrics()).isEqualTo(run.metrics());
            assertThat(found.run().subjectMetrics()).isEqualTo(run.subjectMetrics());
            assertThat(found.run().groups()).isEqualTo(run.groups()).isNotEmpty();
            assertThat(found.warnings()).isEmpty();
            assertThat(found.knownSounds()).isEqualTo(24);
        }
        assertThat(models.versions("loud")).as("nothing is saved").hasSize(1);
    }

    @Test
    void aHundredSetsWithOneTrainingSubjectAreRefused() {
        TrainingRun run = pipeline().build().run();
        List<String> seen = new ArrayList<>(run.split().training().subjects());
        seen.addAll(run.split().validation().subjects());
        for (int i = 0; i < 100; i++) {
            List<Recording> recordings = new ArrayList<>(others(i));
            String name = seen.get(i % seen.size());
            String spelled = i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT);
            recordings.add(i % recordings.size(), Recordings.of(name + "-new-" + i, spelled, Label.CONTROL));
            assertThatThrownBy(() -> validation(run.model(), recordings).build().run())
                    .isInstanceOfSatisfying(SeenInTrainingException.class, e -> {
                        assertThat(e.subjects()).containsExactly(spelled);
                        assertThat(e).hasMessageContaining("theirs: the data set must be new to loud version 1, but the model was")
                                .hasMessageContaining("subject '" + spelled + "'");
                    });
        }
        assertThat(validation(run.model(), others(0)).build().run().run().test().scores()).hasSize(10);
    }

    @Test
    void recordingsOfTheTrainingAreFoundUnderOtherNames() {
        TrainingRun run = pipeline().build().run();
        Recording copied = run.split().training().recordings().get(3);
        Recording validated = run.split().validation().recordings().get(0);
        List<Recording> recordings = new ArrayList<>(others(1));
        recordings.add(new Recording("same bytes", "new-1", copied.label(), Map.of(), copied.audio()));
        assertThatThrownBy(() -> validation(run.model(), recordings).namesApart(true).build().run())
                .hasMessageContaining("recording same bytes has the bytes of one of its recordings");

        recordings.set(recordings.size() - 1, new Recording(
                "same sound", "new-1", validated.label(), Map.of(), validated.audio()));
        assertThatThrownBy(() -> validation(run.model(), recordings).build().run())
                .hasMessageContaining("recording same sound sounds the very same as one of its recordings");
    }

    @Test
    void personsOfTheSameNameAreTestedOnRequest() {
        TrainingRun run = pipeline().build().run();
        List<Recording> recordings = new ArrayList<>(others(1));
        recordings.add(Recordings.of("c3-elsewhere", "c3", Label.CONTROL));
        ExternalFindings found = validation(run.model(), recordings).namesApart(true).build().run();
        assertThat(found.run().test().scores()).hasSize(11);
        assertThat(found.warnings()).containsExactly(
                "Subjects with the names of training subjects were taken for other persons, as requested.");
    }

    @Test
    void aModelWithoutSoundsIsTestedWithAWarning() {
        TrainingRun run = pipeline().build().run();
        Map<String, byte[]> files = new HashMap<>();
        models.load(run.model()).fileNames().stream().filter(name -> !name.equals(KnownSounds.FILE))
                .forEach(name -> files.put(name, models.load(run.model()).file(name)));
        ModelVersion older = models.save("loud", ModelArtifact.of(files));
        ExternalFindings found = validation(older, others(1)).build().run();
        assertThat(found.knownSounds()).isZero();
        assertThat(found.warnings()).singleElement().asString().startsWith("The model was stored without fingerprints");

        files.put(KnownSounds.FILE, new byte[] {0, 0, 0, 1, 0, 3, 'a'});
        ModelVersion damaged = models.save("loud", ModelArtifact.of(files));
        assertThatThrownBy(() -> validation(damaged, others(1)).build().run()).isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining("trained-on-sounds.bin must hold the sounds of a training");
    }

    @Test
    void earlierTrainingsOfItsWeightsAreWarnedOf() {
        TrainingRun run = pipeline().build().run();
        Map<String, byte[]> files = new HashMap<>();
        models.load(run.model()).fileNames().forEach(name -> files.put(name, models.load(run.model()).file(name)));
        files.put(PriorTraining.FILE, PriorTraining.read("loud", files).and(List.of("before"), List.of()).toBytes());
        ModelVersion tuned = models.save("loud", ModelArtifact.of(files));
        assertThat(validation(tuned, others(1)).build().run().warnings()).singleElement().asString()
                .startsWith("The model started from the weights of another model");
        List<Recording> recordings = new ArrayList<>(others(1));
        recordings.add(Recordings.of("c-before", "Before", Label.CONTROL));
        assertThatThrownBy(() -> validation(tuned, recordings).build().run()).isInstanceOf(SeenInTrainingException.class);
    }

    @Test
    void theInputIsComparedWithTheTrainingSet() {
        TrainingRun run = pipeline().build().run();
        ExternalFindings found = validation(run.model(), others(1)).build().run();
        assertThat(found.measures()).hasSize(10);
        InputDrift drift = InputDrift.between(found.trainedOn().orElseThrow(), found.measures()).orElseThrow();
        assertThat(drift.reference()).isEqualTo(20);
        assertThat(drift.recordings()).isEqualTo(10);
    }

    @Test
    void unusableRecordingsAreLeftOutWithinTheLimits() {
        TrainingRun run = pipeline().build().run();
        List<Recording> recordings = new ArrayList<>(others(1));
        recordings.add(Recordings.of("c-bad", "broken", Label.CONTROL));
        ExternalFindings found = validation(run.model(), recordings).build().run();
        assertThat(found.run().rejected()).singleElement().satisfies(one ->
                assertThat(one.recording().id()).isEqualTo("c-bad"));
        assertThat(found.run().test().scores()).hasSize(10);
        assertThatThrownBy(() -> validation(run.model(), recordings).rejections(RejectionPolicy.strict()).build().run())
                .isInstanceOf(InvalidDatasetException.class).hasMessageContaining("c-bad");
    }

    @Test
    void aSetOfOneClassIsRefused() {
        TrainingRun run = pipeline().build().run();
        List<Recording> patients = others(1).stream().filter(one -> one.label() == Label.PATIENT).toList();
        assertThatThrownBy(() -> validation(run.model(), patients).build().run()).isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("no recording of class 0 (CONTROL)");
    }

    @Test
    void progressMayStopTheTest() {
        TrainingRun run = pipeline().build().run();
        List<String> told = new ArrayList<>();
        assertThatThrownBy(() -> validation(run.model(), others(1)).progress((done, total) -> {
            told.add(done + "/" + total);
            if (done == 3) {
                throw new CancellationException("stopped");
            }
        }).build().run()).isInstanceOf(CancellationException.class);
        assertThat(told).containsExactly("1/10", "2/10", "3/10");
    }

    @Test
    void bytesOfAnUnknownFormatAreRefused() {
        assertThatThrownBy(() -> KnownSounds.read(new byte[] {0, 0, 0, 9}))
                .hasMessage("trained-on-sounds.bin must be of format 1, but was of format 9; use a newer version of the library");
    }
}
