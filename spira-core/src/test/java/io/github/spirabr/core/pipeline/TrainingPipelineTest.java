package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.MissingPartsException;
import io.github.spirabr.core.artifact.ArtifactFiles;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.pipeline.TestParts.IdReader;
import io.github.spirabr.core.pipeline.TestParts.RandomGain;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrainingPipelineTest {

    private final InMemoryModelRepository models = new InMemoryModelRepository();

    private TrainingPipeline.Builder pipeline(Dataset dataset) {
        return TestParts.pipeline(dataset, models)
                .preprocessing(Preprocessing.builder()
                        .augment(new RandomGain())
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500)))
                        .extract(new Loudness())
                        .build());
    }

    @Test
    void trainsEvaluatesAndSavesAModelThatAnswersTheSameWhenOpenedAgain() {
        TrainingRun run = pipeline(Recordings.dataset(8, 8, 2)).build().run();
        assertThat(run.test().confusionMatrix().accuracy()).isEqualTo(1);
        assertThat(run.test().scores()).hasSize(run.split().test().recordings().size());
        assertThat(models.latest("loud")).contains(run.model());
        try (Predictor predictor = Predictor.open(models, run.model(), TestParts.components())) {
            for (int i = 0; i < run.test().scores().size(); i++) {
                Recording recording = run.split().test().recordings().get(i);
                Prediction prediction = predictor.predict(recording.id(), recording.audio());
                assertThat(prediction.probability()).hasValue(run.test().scores().get(i).probability());
                assertThat(prediction.windowProbabilities()).isEqualTo(run.test().scores().get(i).windows());
                assertThat(prediction.diagnosis())
                        .isEqualTo(recording.label() == Label.PATIENT ? Diagnosis.POSITIVE : Diagnosis.NEGATIVE);
            }
        }
    }

    @Test
    void thresholdAndTemperatureOfTheValidationSideGoWithTheModel() {
        TrainingRun run = pipeline(Recordings.dataset(8, 8, 2))
                .operatingPoint(OperatingPoint.fixed(0.7)).calibrate(true).build().run();
        assertThat(run.decision().calibration().temperature()).isNotEqualTo(1);
        assertThat(run.decision().threshold()).isEqualTo(0.7);
        try (Predictor predictor = Predictor.open(models, run.model(), TestParts.components())) {
            for (int i = 0; i < run.test().scores().size(); i++) {
                Recording recording = run.split().test().recordings().get(i);
                Prediction prediction = predictor.predict(recording.id(), recording.audio());
                double mean = Aggregation.mean().of(prediction.windowProbabilities().stream().mapToDouble(one -> one).toArray());
                assertThat(prediction.probability().orElseThrow()).isEqualTo(run.test().scores().get(i).probability())
                        .isEqualTo(run.decision().calibration().apply(mean)).isNotEqualTo(mean);
                assertThat(prediction.diagnosis() == Diagnosis.POSITIVE)
                        .isEqualTo(prediction.probability().orElseThrow() >= run.decision().threshold());
            }
        }
    }

    @Test
    void figuresWithTheirIntervalsGoWithTheModel() {
        TrainingRun run = pipeline(Recordings.dataset(8, 8, 2)).build().run();
        assertThat(run.metrics()).extracting(MetricEstimate::metric).containsExactly(Metric.values());
        assertThat(run.subjectMetrics().answers()).isEqualTo((int) run.test().subjects());
        String provenance = new String(models.load(run.model()).file("provenance.properties"), StandardCharsets.UTF_8);
        assertThat(provenance).contains(
                "operatingPoint=fixed at 0.5", "figures.imprecise=true", "figures.recording.auroc=1.0",
                "figures.recording.auroc.lower=" + run.metrics().metric(Metric.AUROC).lower(),
                "figures.subject.accuracy.answers=" + run.test().subjects());
    }

    @Test
    void whatTheTrainingSideWasLikeGoesWithTheModel() {
        TrainingRun run = pipeline(Recordings.dataset(8, 8, 2)).build().run();
        InputStatistics inputs = ArtifactFiles.inputStatistics(models.load(run.model())).orElseThrow();
        assertThat(inputs.recordings()).isEqualTo(run.split().training().recordings().size());
        assertThat(inputs.subjects()).isEqualTo(run.split().training().subjects().size());
        assertThat(inputs.validationRecordings()).isEqualTo(run.split().validation().recordings().size());
        assertThat(inputs.measure("durationSeconds").deciles()).containsOnly(2.5);
        double loudness = run.split().training().recordings().stream()
                .mapToDouble(one -> InputMeasures.of(
                                new IdReader().read(one.id(), one.audio()), windows(one)).values()[7])
                .average().orElseThrow();
        assertThat(inputs.measure("feature.0.mean").mean()).isCloseTo(loudness, within(1e-12));
    }

    private static List<FeatureMatrix> windows(Recording recording) {
        return Preprocessing.builder()
                .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500)))
                .extract(new Loudness())
                .build()
                .features(new IdReader().read(recording.id(), recording.audio()));
    }

    @Test
    void whatIsDoneIsFoundAndWhatIsChangedIsNot() {
        Dataset dataset = Recordings.dataset(8, 8, 2);
        assertThat(pipeline(dataset).build().findDone()).isEmpty();
        ModelVersion done = pipeline(dataset).parallelism(Parallelism.of(2)).build().run().model();
        pipeline(dataset).seed(12).build().run();
        assertThat(pipeline(dataset).parallelism(Parallelism.of(3)).build().findDone()).contains(done);
        assertThat(pipeline(dataset).seed(13).build().findDone()).isEmpty();
        assertThat(pipeline(dataset).calibrate(true).build().findDone()).isEmpty();
        assertThat(pipeline(dataset).operatingPoint(OperatingPoint.youden()).build().findDone()).isEmpty();
        assertThat(pipeline(dataset).modelName("other").build().findDone()).isEmpty();
        assertThat(pipeline(Recordings.dataset(8, 8, 3)).build().findDone()).isEmpty();
    }

    @Test
    void aTargetGoesWithTheModelAndItsAnswersAndChangesNoWeight() {
        Dataset dataset = Recordings.dataset(8, 8, 2);
        TrainingRun standard = pipeline(dataset).build().run();
        TrainingRun run = pipeline(dataset).target(Target.of("asthma")).build().run();
        assertThat(run.target()).isEqualTo(new Target("asthma", "control", "asthma"));
        assertThat(standard.target()).isEqualTo(Target.STANDARD);
        assertThat(run.identity()).isNotEqualTo(standard.identity());
        assertThat(models.load(run.model()).file("level")).isEqualTo(models.load(standard.model()).file("level"));
        assertThat(pipeline(dataset).target(Target.STANDARD).build().findDone()).contains(standard.model());
        try (Predictor predictor = Predictor.open(models, run.model(), TestParts.components())) {
            Recording recording = run.split().test().recordings().get(0);
            assertThat(predictor.target()).isEqualTo(run.target());
            assertThat(predictor.predict(recording.id(), recording.audio()).target()).isEqualTo(run.target());
        }
    }

    @Test
    void neitherThreadsNorCacheChangeAByte() {
        Dataset dataset = Recordings.dataset(8, 8, 3);
        ModelArtifact first = models.load(pipeline(dataset).parallelism(Parallelism.of(1)).build().run().model());
        assertThat(models.load(pipeline(dataset).parallelism(Parallelism.of(4)).build().run().model())).isEqualTo(first);
        assertThat(models.load(pipeline(dataset).parallelism(Parallelism.of(3)).cacheBytes(0).build().run().model())).isEqualTo(first);
        assertThat(models.load(pipeline(dataset).cacheBytes(5000).build().run().model())).isEqualTo(first);
        assertThat(models.load(pipeline(dataset).seed(12).build().run().model())).isNotEqualTo(first);
    }

    @Test
    void allUnreadableRecordingsAreToldAtOnceBeforeTrainingAndNothingIsSaved() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(8, 8, 2).recordings());
        recordings.add(Recordings.of("c0-bad", "c0", Label.CONTROL));
        recordings.add(Recordings.of("p3-bad", "p3", Label.PATIENT));
        recordings.add(Recordings.of("p7-bad", "p7", Label.PATIENT));
        TrainingPipeline pipeline = pipeline(Dataset.of("bad.csv", recordings)).build();
        assertThatThrownBy(pipeline::run)
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageStartingWith("bad.csv: ")
                .hasMessageContaining("recording c0-bad: this is no audio")
                .hasMessageContaining("recording p3-bad")
                .hasMessageContaining("recording p7-bad")
                .hasMessageContaining("take them out");
        assertThat(models.versions("loud")).isEmpty();
    }

    @Test
    void aFewUnreadableRecordingsAreLeftOutToldOfAndCounted() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(30, 30, 2).recordings());
        recordings.add(Recordings.of("c0-bad", "c0", Label.CONTROL));
        recordings.add(Recordings.of("p3-bad", "p3", Label.PATIENT));
        List<PipelineEvent.Rejected> told = new ArrayList<>();
        TrainingRun run = pipeline(Dataset.of("bad.csv", recordings)).listener(new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                if (event instanceof PipelineEvent.Rejected rejected) {
                    told.add(rejected);
                }
            }
        }).build().run();
        assertThat(run.rejected()).extracting(one -> one.recording().id()).containsExactlyInAnyOrder("c0-bad", "p3-bad");
        assertThat(run.rejected()).allSatisfy(one -> {
            assertThat(one.reason()).isEqualTo(AudioException.Reason.NOT_AUDIO);
            assertThat(one.detail()).contains(one.recording().id());
        });
        assertThat(told).singleElement().extracting(PipelineEvent.Rejected::recordings).isEqualTo(run.rejected());
        assertThat(run.split().training().recordings().size() + run.split().validation().recordings().size()
                + run.split().test().recordings().size()).isEqualTo(120);
        assertThat(new String(models.load(run.model()).file("provenance.properties"), StandardCharsets.UTF_8))
                .contains("rejected.c0-bad=NOT_AUDIO\n", "rejected.p3-bad=NOT_AUDIO\n");
    }

    @Test
    void aClassThatLosesMoreThanTheOtherStopsTheRun() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(30, 30, 1).recordings());
        recordings.add(Recordings.of("p3-bad", "p3", Label.PATIENT));
        recordings.add(Recordings.of("p4-bad", "p4", Label.PATIENT));
        TrainingPipeline pipeline = pipeline(Dataset.of("bad.csv", recordings)).build();
        assertThatThrownBy(pipeline::run)
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("recording p3-bad")
                .hasMessageContaining("0.0 % of the controls and 6.3 % of the patients")
                .hasMessageContaining("2.0 percentage points")
                .hasMessageContaining("or raise rejections.largestClassGap");
        assertThat(models.versions("loud")).isEmpty();
    }

    @Test
    void oneUnreadableRecordingIsToleratedHoweverFewThereAre() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(6, 6, 1).recordings());
        recordings.add(Recordings.of("p3-bad", "p3", Label.PATIENT));
        assertThat(pipeline(Dataset.of("bad.csv", recordings)).build().run().rejected()).hasSize(1);
    }

    @Test
    void emptyFilesAreRefusedBeforeAnythingIsDecodedInTheOrderOfTheManifest() {
        List<Recording> recordings = new ArrayList<>();
        for (String id : List.of("z-empty", "a-empty", "m-empty")) {
            recordings.add(new Recording(id, id, Label.PATIENT, Map.of(), AudioSource.ofBytes("/home/ana/" + id, new byte[0])));
        }
        recordings.addAll(Recordings.dataset(6, 6, 1).recordings());
        IdReader reader = new IdReader();
        assertThatThrownBy(() -> pipeline(Dataset.of("bad.csv", recordings)).reader(reader).build().run())
                .isInstanceOf(InvalidDatasetException.class)
                .message().containsSubsequence("recording z-empty", "recording a-empty", "recording m-empty",
                        "3 of 15 recordings (20.0 %) are unusable, more than the limit of 5.0 %",
                        "raise rejections.largestShare");
        assertThat(reader.reads).hasValue(0);
    }

    @Test
    void strictBearsNone() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(60, 60, 1).recordings());
        recordings.add(Recordings.of("p3-bad", "p3", Label.PATIENT));
        assertThatThrownBy(() -> pipeline(Dataset.of("bad.csv", recordings))
                        .rejections(RejectionPolicy.strict()).build().run())
                .hasMessageContaining("1 of 121 recordings (0.8 %)")
                .hasMessageContaining("limit of 0.0 %");
        assertThatThrownBy(() -> new RejectionPolicy(1.5, 0)).hasMessageContaining("must be in [0, 1], but was 1.5");
    }

    @Test
    void allMissingPartsAreNamed() {
        assertThatThrownBy(() -> TrainingPipeline.builder().reader(new IdReader()).build())
                .isInstanceOf(MissingPartsException.class)
                .hasMessage("TrainingPipeline needs recordings, a preprocessing, a model, a trainer and a model repository; call"
                        + " recordings(…), preprocessing(…), model(…), trainer(…) and models(…)");
    }

    @Test
    void progressIsToldInOrder() {
        List<String> events = new ArrayList<>();
        AtomicInteger prepared = new AtomicInteger();
        pipeline(Recordings.dataset(8, 8, 1)).listener(new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                if (event instanceof PipelineEvent.Prepared now) {
                    assertThat(now.done()).isEqualTo(prepared.incrementAndGet());
                    assertThat(now.total()).isEqualTo(16);
                } else {
                    events.add(event.getClass().getSimpleName());
                }
            }
        }).build().run();
        assertThat(prepared.get()).isEqualTo(16);
        assertThat(events).containsExactly("Loaded", "Split", "Evaluated", "Saved");
    }

    @Test
    void whatIsStoredSaysHowItWasMade() {
        ModelArtifact artifact = models.load(pipeline(Recordings.dataset(8, 8, 1)).build().run().model());
        assertThat(artifact.fileNames()).containsExactly(
                "input-statistics.properties", "level", "model.properties", "provenance.properties", "trained-on.tsv");
        assertThat(new String(artifact.file("model.properties"), StandardCharsets.UTF_8)).contains(
                "format=1\n", "reader.type=ids\n", "preprocessing.window.length=1.0\n", "threshold=0.5\n");
        assertThat(new String(artifact.file("provenance.properties"), StandardCharsets.UTF_8)).contains(
                "seed=11\n", "trainer.epochs=3\n", "augmentation.0.type=gain\n", "test.accuracy=1.0\n");
    }

    @Test
    void aModelOfAnotherFormatIsRefused() {
        ModelArtifact artifact = ModelArtifact.of(java.util.Map.of("model.properties", "format=4\n".getBytes(StandardCharsets.UTF_8)));
        var version = models.save("new", artifact);
        assertThatThrownBy(() -> Predictor.open(models, version, TestParts.components()))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining("format 4")
                .hasMessageContaining("newer than 3 that this version reads; use a newer version of the library");
    }
}
