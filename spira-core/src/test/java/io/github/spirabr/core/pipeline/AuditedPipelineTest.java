package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.audit.Fingerprint;
import io.github.spirabr.core.audit.Fingerprinter;
import io.github.spirabr.core.audit.LeakException;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Folds;
import io.github.spirabr.core.dataset.InMemoryPreparedDatasets;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.dataset.SubjectLeakingSplit;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.internal.adapter.NotEnoughMemoryException;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.pipeline.TestParts.IdReader;
import io.github.spirabr.core.pipeline.TestParts.MeanTrainer;
import io.github.spirabr.core.pipeline.TestParts.ThresholdFactory;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditedPipelineTest {

    /** A frame for every second sample, whose bits are those of the samples around it. */
    static final class Samples implements Fingerprinter {

        @Override
        public Fingerprint fingerprint(Waveform waveform) {
            int[] words = new int[waveform.length() / 2];
            boolean[] heard = new boolean[words.length];
            for (int t = 0; t < words.length; t++) {
                words[t] = Float.floatToIntBits(waveform.sample(2 * t)) * 31 ^ Float.floatToIntBits(waveform.sample(2 * t + 1));
                heard[t] = true;
            }
            return Fingerprint.of(words, heard);
        }

        @Override
        public String method() {
            return "samples";
        }
    }

    private final InMemoryModelRepository models = new InMemoryModelRepository();
    private final IdReader reader = new IdReader();
    private final List<PipelineEvent> events = new ArrayList<>();

    private TrainingPipeline.Builder pipeline(Dataset dataset) {
        return TrainingPipeline.builder()
                .baseline(false)
                .recordings(() -> dataset)
                .reader(reader)
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500)))
                        .extract(new Loudness())
                        .build())
                .split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of("c1", "p1")))
                .audit(SplitAudit.of(new Samples()))
                .model(new ThresholdFactory())
                .trainer(new MeanTrainer())
                .models(models)
                .modelName("loud")
                .listener(new PipelineListener() {
                    @Override
                    public void onPipeline(PipelineEvent event) {
                        events.add(event);
                    }
                });
    }

    @Test
    void theCertificateIsKeptWithTheModel() {
        TrainingRun run = pipeline(Recordings.dataset(6, 6, 2)).build().run();
        SplitCertificate certificate = run.certificate().orElseThrow();
        assertThat(certificate.audit().recordings()).isEqualTo(24);
        assertThat(certificate.splitter()).startsWith("SubjectSplit.holdingOut{c0=VALIDATION");
        assertThat(new String(models.load(run.model()).file("certificate.properties"), StandardCharsets.UTF_8).lines())
                .contains("audit.identicalOnTwoSides=0", "side.training.patient.recordings=8", "side.test.control.subjects=1");
        assertThat(events).anyMatch(event -> event instanceof PipelineEvent.Certified)
                .anyMatch(event -> event instanceof PipelineEvent.Compared compared && compared.done() == 24);
    }

    private String splitOf(Dataset dataset, Splitter split) {
        return pipeline(dataset).split(split).build().run().certificate().orElseThrow().splitter();
    }

    @Test
    void theCertificateNamesFoldsAndTheirSettings() {
        Dataset dataset = Recordings.dataset(6, 6, 2);
        assertThat(splitOf(dataset, Folds.bySubject(3).of(dataset, 7).get(1)))
                .isEqualTo("SubjectFolds.of(3) with the seed 7, fold 2");
        Dataset wards = Dataset.of("wards", dataset.recordings().stream().map(one -> new Recording(one.id(), one.subject(),
                one.label(), Map.of("ward", one.subject().compareTo(one.label() == Label.PATIENT ? "p3" : "c3") < 0 ? "A" : "B"),
                one.audio())).toList());
        assertThat(splitOf(wards, Folds.leaveOneOut("ward", 0.3).of(wards, 0).get(1)))
                .isEqualTo("GroupFolds.leaveOneOut(ward, 0.3) with the seed 0, without B");
        ComponentDescription configured = new ComponentDescription("subjects", Map.of("stratifyBy", List.of("ward")));
        assertThat(splitOf(wards, Components.discover().create(Splitter.class, "split", configured)))
                .isEqualTo("subjects{stratifyBy=[ward], test=0.2, training=0.6, validation=0.2}");
        RepeatedFindings repeated = RepeatedTraining.of("loud", training -> pipeline(dataset))
                .split(SubjectSplit.of(0.6, 0.2, 0.2), 3).run();
        assertThat(repeated.runs().get(0).certificate().orElseThrow().splitter())
                .isEqualTo("SubjectSplit.of[0.6, 0.2, 0.2] with the seed 3");
    }

    /** A trainer of more than any heap holds. */
    private static final class LargeTrainer implements ModelTrainer {

        private final MeanTrainer trainer = new MeanTrainer();

        @Override
        public Result train(
                UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
            return trainer.train(model, training, validation, context);
        }

        @Override
        public long heapBytes(UntrainedModel model) {
            return Runtime.getRuntime().maxMemory();
        }

        @Override
        public ComponentDescription description() {
            return trainer.description();
        }
    }

    @Test
    void aTrainingThatDoesNotFitIntoTheHeapIsRefusedBeforeTheAuditDecodes() {
        TrainingPipeline large = pipeline(Recordings.dataset(6, 6, 2)).trainer(new LargeTrainer())
                .workStore(new InMemoryModelRepository(), new InMemoryPreparedDatasets()).build();
        assertThatThrownBy(large::run).isInstanceOf(NotEnoughMemoryException.class);
        assertThat(reader.reads).hasValue(0);
    }

    @Test
    void aTrainingThatDoesNotFitIntoTheHeapIsRefusedAfterAnEarlierStage() {
        TrainingPipeline large = pipeline(Recordings.dataset(6, 6, 2)).trainer(new LargeTrainer())
                .workStore(new InMemoryModelRepository(), new InMemoryPreparedDatasets()).build();
        large.prepareFeatures();
        assertThatThrownBy(large::train).isInstanceOf(NotEnoughMemoryException.class)
                .hasMessageContaining("the training of a network must fit into");
    }

    /** A trainer that starts from the weights of a stored model. */
    private static final class TunedTrainer implements ModelTrainer {

        private final MeanTrainer trainer = new MeanTrainer();
        private final PriorTraining prior;

        TunedTrainer(PriorTraining prior) {
            this.prior = prior;
        }

        @Override
        public Result train(
                UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
            return trainer.train(model, training, validation, context);
        }

        @Override
        public Optional<PriorTraining> priorTraining() {
            return Optional.of(prior);
        }

        @Override
        public ComponentDescription description() {
            return trainer.description();
        }
    }

    private PriorTraining prior(TrainingRun run) {
        return PriorTraining.read("base", Map.of(PriorTraining.FILE, models.load(run.model()).file(PriorTraining.FILE)));
    }

    private TrainingPipeline tuned(Dataset dataset, PriorTraining prior, String validation, String test) {
        return pipeline(dataset).trainer(new TunedTrainer(prior))
                .split(SubjectSplit.holdingOut(Set.of("c" + validation, "p" + validation), Set.of("c" + test, "p" + test))).build();
    }

    @Test
    void weightsThatWereTrainedOnHeldOutSubjectsAreRefusedUnlessTheUserInsists() {
        Dataset dataset = Recordings.dataset(6, 6, 2);
        PriorTraining prior = prior(pipeline(dataset).build().run());

        assertThatThrownBy(() -> tuned(dataset, prior, "0", "2").run())
                .isInstanceOf(LeakException.class)
                .hasMessageContaining("subject 'c2' (pretrained weights 'base') and subject 'c2' (test)")
                .hasMessageContaining("subject 'p2'")
                .hasMessageContaining("pretrained.allowHeldOut");
        assertThat(tuned(dataset, prior, "0", "1").run().findings().certificate().orElseThrow().warnings()).isEmpty();
        assertThat(tuned(dataset, prior.allowHeldOut(), "0", "2").run().findings().certificate().orElseThrow().warnings())
                .singleElement().asString()
                .startsWith("Training starts from the weights 'base', which were trained on subject 'c2' (test), subject 'p2' (test)");
    }

    @Test
    void whatTheAncestorsOfTheWeightsWereTrainedOnIsKnownToo() {
        Dataset dataset = Recordings.dataset(6, 6, 2);
        PriorTraining first = prior(pipeline(dataset).build().run());
        Dataset others = Dataset.of("others", Recordings.dataset(6, 6, 2).recordings().stream().map(one -> new Recording(
                "other-" + one.id(), "other-" + one.subject(), one.label(), one.metadata(),
                AudioSource.ofBytes("other", ("other" + one.id()).getBytes(StandardCharsets.UTF_8)))).toList());
        PriorTraining second = prior(pipeline(others).trainer(new TunedTrainer(first)).split(SubjectSplit.holdingOut(
                Set.of("other-c0", "other-p0"), Set.of("other-c1", "other-p1"))).build().run());

        assertThat(second.subjects()).contains("c2", "other-c2").doesNotContain("c1", "other-c1");
        assertThatThrownBy(() -> tuned(dataset, second, "0", "2").run()).isInstanceOf(LeakException.class);
    }

    @Test
    void aRecordingThatTheWeightsWereTrainedOnIsKnownUnderAnotherName() {
        Dataset dataset = Recordings.dataset(6, 6, 2);
        PriorTraining prior = prior(pipeline(dataset).build().run());
        Dataset renamed = Dataset.of("renamed", dataset.recordings().stream().map(one -> new Recording("r-" + one.id(),
                "r-" + one.subject(), one.label(), one.metadata(), one.audio())).toList());

        assertThatThrownBy(() -> pipeline(renamed).trainer(new TunedTrainer(prior)).split(SubjectSplit.holdingOut(
                Set.of("r-c0", "r-p0"), Set.of("r-c2", "r-p2"))).build().run())
                .isInstanceOf(LeakException.class).hasMessageContaining("recording r-c2-0");
    }

    private static Dataset withPart(String subject, AudioPart part) {
        List<Recording> all = new ArrayList<>(Recordings.dataset(6, 6, 2).recordings());
        all.add(new Recording("c-long" + part.idSuffix(), subject, Label.CONTROL, Map.of(),
                AudioSource.partOf(AudioSource.ofBytes("c-long", "c-long".getBytes(StandardCharsets.UTF_8)), part)));
        return Dataset.of("parts", all);
    }

    @Test
    void aFileOfWhichTheWeightsWereTrainedOnAPartIsKnown() {
        AudioPart begin = AudioPart.of(Duration.ZERO, Duration.ofMillis(1500));
        PriorTraining prior = prior(pipeline(withPart("c3", begin)).build().run());

        for (AudioPart part : List.of(begin, AudioPart.of(Duration.ZERO, Duration.ofSeconds(2)), AudioPart.WHOLE)) {
            assertThatThrownBy(() -> tuned(withPart("c1", part), prior, "0", "1").run()).as(part.toString())
                    .isInstanceOf(LeakException.class).hasMessageContaining("recording c-long" + part.idSuffix());
        }
        assertThat(prior.recordings()).as("16 files, a part and its file").hasSize(18);
        assertThat(prior(pipeline(Recordings.dataset(6, 6, 2)).build().run()).recordings()).hasSize(16);
    }

    /** The weights of the second model came from a file that does not list what the first one was trained on. */
    @Test
    void whatIsNotKnownOfTheAncestorsOfTheWeightsIsWarnedOf() {
        Dataset dataset = Recordings.dataset(6, 6, 2);
        PriorTraining file = PriorTraining.read("first.safetensors", Map.of());
        PriorTraining second = prior(tuned(dataset, file, "0", "1").run());

        String unknown = "Training starts from the weights 'base', some of whose training subjects are not known"
                + ". If any of them is in the validation or test set, the metrics are too high.";
        assertThat(tuned(dataset, second, "0", "1").run().findings().certificate().orElseThrow().warnings())
                .containsExactly(unknown);
        assertThatThrownBy(() -> tuned(dataset, second, "0", "2").run()).isInstanceOf(LeakException.class);
        assertThat(tuned(dataset, second.allowHeldOut(), "0", "2").run().findings().certificate().orElseThrow().warnings())
                .hasSize(2).contains(unknown).first().asString().contains("trained on subject 'c2' (test)");
    }

    @Test
    void weightsOfWhichNothingIsKnownAreWarnedOf() {
        PriorTraining unknown = PriorTraining.read("found", Map.of());

        assertThat(tuned(Recordings.dataset(6, 6, 2), unknown, "0", "1").run().findings().certificate().orElseThrow().warnings())
                .singleElement().asString().contains("'found', whose training subjects are not known");
    }

    @Test
    void withoutAnAuditThereIsNoCertificate() {
        Dataset dataset = Recordings.dataset(6, 6, 2);
        TrainingRun run = TrainingPipeline.builder().recordings(() -> dataset).reader(reader)
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500))).extract(new Loudness()).build())
                .model(new ThresholdFactory()).trainer(new MeanTrainer()).models(models).build().run();
        assertThat(run.certificate()).isEmpty();
        assertThat(models.load(run.model()).has("certificate.properties")).isFalse();
    }

    @Test
    void aLeakStopsTheRunBeforeTraining() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(6, 6, 2).recordings());
        // The bytes, and so the sound, of a recording of the training set.
        recordings.add(new Recording("p1-copy", "p1", Label.PATIENT, Map.of(),
                AudioSource.ofBytes("p1-copy", "p4-0".getBytes(StandardCharsets.UTF_8))));
        Dataset dataset = Dataset.of("leaking", recordings);
        assertThatThrownBy(() -> pipeline(dataset).build().run())
                .isInstanceOf(LeakException.class)
                .hasMessageContaining("leaking: the split leaks between its sets (1 leak)")
                .hasMessageContaining("p4-0 (training) and p1-copy (test)");
        assertThat(models.latest("loud")).isEmpty();
        assertThat(events).noneMatch(event -> event instanceof PipelineEvent.Prepared);
    }

    @Test
    void aSplitByRecordingRunsAndIsWarnedOf() {
        TrainingRun run = pipeline(Recordings.dataset(6, 6, 4)).split(SubjectLeakingSplit.of(0.5, 0.25, 0.25)).build().run();
        assertThat(run.certificate().orElseThrow().warnings()).singleElement().asString()
                .startsWith("Split by recording:");
    }

    @Test
    void whatCannotBeReadIsCountedByNobody() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(6, 6, 2).recordings());
        recordings.add(Recordings.of("c3-bad", "c3", Label.CONTROL));
        TrainingRun run = pipeline(Dataset.of("one bad", recordings))
                .rejections(new RejectionPolicy(0.2, 0.2)).build().run();
        SplitCertificate certificate = run.certificate().orElseThrow();
        assertThat(certificate.audit().recordings()).isEqualTo(24);
        assertThat(certificate.counts()).extracting(SplitCertificate.SideCount::recordings).containsExactly(8, 8, 2, 2, 2, 2);
    }

    @Test
    void aLaterStageFindsWhatTheAuditFound() {
        InMemoryModelRepository outcomes = new InMemoryModelRepository();
        InMemoryPreparedDatasets features = new InMemoryPreparedDatasets();
        Dataset dataset = Recordings.dataset(6, 6, 2);
        TrainingRun once = pipeline(dataset).workStore(outcomes, features).build().run();
        int reads = reader.reads.get();
        events.clear();
        TrainingRun again = pipeline(dataset).workStore(outcomes, features).build().run();
        assertThat(reader.reads.get()).isEqualTo(reads);
        assertThat(events).noneMatch(event -> event instanceof PipelineEvent.Compared);
        assertThat(again.certificate()).isEqualTo(once.certificate());
    }
}
