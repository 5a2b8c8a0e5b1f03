package io.github.spirabr.core.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.pipeline.TestParts;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.preprocessing.Deltas;
import io.github.spirabr.core.preprocessing.FixedLength;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.ShortRecordings;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.preprocessing.WindowSpan;
import io.github.spirabr.core.preprocessing.Windowing;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.quality.QualityWarning;
import io.github.spirabr.core.quality.QualityWarning.Kind;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PredictorTest {

    private static final SlidingWindow WINDOWS = SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500));

    private final InMemoryModelRepository models = new InMemoryModelRepository();

    private TrainingPipeline.Builder pipeline(Windowing windowing) {
        return TestParts.pipeline(Recordings.dataset(20, 20, 1), models)
                .preprocessing(Preprocessing.builder().window(windowing).extract(new Loudness()).build());
    }

    private Predictor predictor() {
        return Predictor.open(models, pipeline(WINDOWS).build().run().model(), TestParts.components());
    }

    private static AudioSource audio(String id) {
        return AudioSource.ofBytes(id, id.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAnswerSaysWhoseItIsAndHowItCameAbout() {
        TrainingRun run = pipeline(WINDOWS).build().run();
        try (Predictor predictor = Predictor.open(models, run.model(), TestParts.components())) {
            Prediction patient = predictor.predict("p-new", audio("p-new"));
            assertThat(patient.diagnosis()).isEqualTo(Diagnosis.POSITIVE);
            assertThat(patient.model()).isEqualTo(run.model());
            assertThat(patient.dataFingerprint()).contains(run.dataFingerprint());
            assertThat(patient.warnings()).isEmpty();
            assertThat(patient.reasons()).isEmpty();
            assertThat(patient.windows()).extracting(Prediction.Window::start)
                    .containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(1000), Duration.ofMillis(1500));
            assertThat(patient.windows().get(3).end()).isEqualTo(Duration.ofMillis(2500));
            assertThat(patient.probability()).hasValueCloseTo(
                    patient.windowProbabilities().stream().mapToDouble(one -> one).average().orElseThrow(), within(1e-12));
            assertThat(predictor.predict("c-new", audio("c-new")).diagnosis()).isEqualTo(Diagnosis.NEGATIVE);
            assertThat(predictor.settings()).containsEntry("preprocessing.window.length", "1.0");
        }
    }

    @Test
    void bytesAndStreamsAreAnsweredLikeSources() {
        byte[] bytes = "p-new".getBytes(StandardCharsets.UTF_8);
        AtomicBoolean closed = new AtomicBoolean();
        try (Predictor predictor = predictor()) {
            Prediction expected = predictor.predict("p-new", audio("p-new"));
            assertThat(predictor.predict("p-new", bytes)).isEqualTo(expected);
            assertThat(predictor.predict("p-new", new ByteArrayInputStream(bytes) {
                @Override
                public void close() {
                    closed.set(true);
                }
            })).isEqualTo(expected);
            assertThat(closed).isTrue();
        }
    }

    @Test
    void whatBearsNoAnswerIsInconclusiveWithTheReason() {
        try (Predictor predictor = predictor()) {
            Map.of("p-silent", Kind.SILENT, "p-clipped", Kind.CLIPPED, "p-uneven", Kind.UNLIKE_TRAINING,
                    "p-short", Kind.TOO_SHORT).forEach((id, kind) -> {
                Prediction prediction = predictor.predict(id, audio(id));
                assertThat(prediction.diagnosis()).as(id).isEqualTo(Diagnosis.INCONCLUSIVE);
                assertThat(prediction.warnings()).as(id).filteredOn(QualityWarning::decisive)
                        .extracting(QualityWarning::kind).contains(kind);
                assertThat(prediction.reasons()).as(id).isNotEmpty();
            });
            assertThat(predictor.predict("p-silent", audio("p-silent")).reasons().get(0))
                    .startsWith("100.0 % of its time is silent (no answer is given from 95.0 % on)");
            assertThat(predictor.predict("p-uneven", audio("p-uneven")).reasons()).singleElement().asString()
                    .startsWith("it is unlike the recordings that the model was trained on");
            assertThat(predictor.predict("p-short", audio("p-short")).reasons().get(0)).startsWith("it lasts 0.50 s, which is"
                    + " shorter than a window of 1.00 s, and than every recording that the model was trained on");
            assertThatThrownBy(() -> predictor.predict("bad", audio("x-bad"))).isInstanceOf(AudioException.class);
        }
    }

    @Test
    void ofPaddedRecordingsThoseShorterThanAllOfTrainingBearNoAnswer() {
        Windowing padded = FixedLength.of(300, 100);
        ModelVersion version = pipeline(padded).build().run().model();
        try (Predictor predictor = Predictor.open(models, version, TestParts.components())) {
            Prediction usual = predictor.predict("p-new", audio("p-new"));
            assertThat(usual.warnings()).extracting(QualityWarning::kind, QualityWarning::decisive)
                    .containsExactly(tuple(Kind.TOO_SHORT, false));
            assertThat(usual.diagnosis()).isEqualTo(Diagnosis.POSITIVE);
            Prediction tooShort = predictor.predict("p-short", audio("p-short"));
            assertThat(tooShort.diagnosis()).isEqualTo(Diagnosis.INCONCLUSIVE);
            assertThat(tooShort.reasons().get(0)).contains("and than every recording that the model was trained on");
        }
    }

    @Test
    void withoutAWindowThereIsNoProbability() {
        ModelVersion version = pipeline(WINDOWS.shortRecordings(ShortRecordings.DROP)).build().run().model();
        try (Predictor predictor = Predictor.open(models, version, TestParts.components())) {
            Prediction tooShort = predictor.predict("p-short", audio("p-short"));
            assertThat(tooShort.diagnosis()).isEqualTo(Diagnosis.INCONCLUSIVE);
            assertThat(tooShort.probability()).isEmpty();
            assertThat(tooShort.windows()).isEmpty();
            assertThat(tooShort.reasons().get(0)).contains("0.5 s (50 samples) is shorter than the 1.0 s");
            assertThatThrownBy(() -> predictor.measures("p-short", audio("p-short")))
                    .isInstanceOf(AudioException.class).hasMessageContaining("shorter than the 1.0 s");
        }
    }

    @Test
    void limitsOfQualityAreTheModels() {
        ModelVersion lenient = pipeline(WINDOWS).qualityLimits(new QualityLimits(0.5, 1, 1, 1)).build().run().model();
        assertThat(new String(models.load(lenient).file("model.properties"), StandardCharsets.UTF_8))
                .contains("quality.clipped.warning=0.5\n", "quality.silent.limit=1.0\n");
        try (Predictor predictor = Predictor.open(models, lenient, TestParts.components())) {
            assertThat(predictor.predict("p-clipped", audio("p-clipped")).warnings())
                    .extracting(QualityWarning::kind).doesNotContain(Kind.CLIPPED);
        }
    }

    @Test
    void inTheBandNothingIsDecided() {
        ModelVersion version = pipeline(WINDOWS).operatingPoint(OperatingPoint.fixed(0.5)).build().run().model();
        Map<String, byte[]> files = files(models.load(version));
        String recipe = new String(files.get("model.properties"), StandardCharsets.UTF_8).replace("format=1", "format=2")
                + "aggregation.type=median\ninconclusive.lower=0.001\ninconclusive.upper=0.9999999\n";
        files.put("model.properties", recipe.getBytes(StandardCharsets.UTF_8));
        ModelVersion abstaining = models.save("loud", ModelArtifact.of(files));
        try (Predictor predictor = Predictor.open(models, abstaining, TestParts.components())) {
            Prediction prediction = predictor.predict("p-new", audio("p-new"));
            assertThat(prediction.diagnosis()).isEqualTo(Diagnosis.INCONCLUSIVE);
            assertThat(prediction.warnings()).isEmpty();
            assertThat(prediction.reasons()).singleElement().asString()
                    .contains("lies in the band from 0.001 to 1.000, in which the model decides nothing");
        }
    }

    private static Map<String, byte[]> files(ModelArtifact artifact) {
        Map<String, byte[]> files = new HashMap<>();
        artifact.fileNames().forEach(name -> files.put(name, artifact.file(name)));
        return files;
    }

    @Test
    void aModelOfAnOlderLibraryStillAnswers() {
        Map<String, byte[]> files = files(models.load(pipeline(WINDOWS).build().run().model()));
        files.remove("input-statistics.properties");
        files.remove("provenance.properties");
        String recipe = new String(files.get("model.properties"), StandardCharsets.UTF_8);
        files.put("model.properties", recipe.lines()
                .filter(line -> !line.startsWith("quality.") && !line.startsWith("network.files"))
                .map(line -> line + "\n").reduce("", String::concat).getBytes(StandardCharsets.UTF_8));
        ModelVersion older = models.save("older", ModelArtifact.of(files));
        try (Predictor predictor = Predictor.open(models, older, TestParts.components())) {
            Prediction prediction = predictor.predict("p-uneven", audio("p-uneven"));
            assertThat(prediction.diagnosis()).isEqualTo(Diagnosis.POSITIVE);
            assertThat(prediction.dataFingerprint()).isEmpty();
            assertThat(predictor.inputStatistics()).isEmpty();
        }
    }

    @Test
    void aSubjectIsTheMeanOfItsRecordingsThatBearAnAnswer() {
        Map<String, AudioSource> recordings = new LinkedHashMap<>();
        for (String id : new String[] {"p-1", "c-2", "p-silent"}) {
            recordings.put(id, audio(id));
        }
        try (Predictor predictor = predictor()) {
            SubjectPrediction answer = predictor.predictSubject("p", recordings);
            assertThat(answer.recordings()).extracting(Prediction::recording).containsExactly("p-1", "c-2", "p-silent");
            assertThat(answer.probability()).hasValueCloseTo(
                    (answer.recordings().get(0).probability().orElseThrow()
                            + answer.recordings().get(1).probability().orElseThrow()) / 2, within(1e-12));
            assertThat(answer.diagnosis()).isNotEqualTo(Diagnosis.INCONCLUSIVE);
            assertThat(answer.model()).isEqualTo(predictor.version());
            SubjectPrediction none = predictor.predictSubject("p", Map.of("p-silent", audio("p-silent")));
            assertThat(none.diagnosis()).isEqualTo(Diagnosis.INCONCLUSIVE);
            assertThat(none.probability()).isEmpty();
            assertThat(none.reasons().get(0)).startsWith("p-silent: 100.0 % of its time is silent");
            assertThatThrownBy(() -> predictor.predictSubject("p", Map.of())).hasMessageContaining("the recordings of p must not be empty");
        }
    }

    @Test
    void anAliasThatNoVersionHasIsTold() {
        pipeline(WINDOWS).build().run();
        assertThatThrownBy(() -> Predictor.open(models, "loud", "champion"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining("no version of the model 'loud' has the alias 'champion'")
                .hasMessageContaining("promote one");
    }

    @Test
    void measuresOfNewRecordingsCompareWithTheTrainingSides() {
        try (Predictor predictor = predictor()) {
            var statistics = predictor.inputStatistics().orElseThrow();
            assertThat(statistics.isUnlike(predictor.measures("p-new", audio("p-new")))).isFalse();
            assertThat(statistics.isUnlike(predictor.measures("p-uneven", audio("p-uneven")))).isTrue();
        }
    }

    @Test
    void aRecordingWhoseFeaturesDoNotFitIntoMemoryIsRefusedByName() {
        List<WindowSpan> spans = Collections.nCopies(3_000_000, new WindowSpan(0, 100));
        Preprocessing loudness = Preprocessing.builder().window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .extract(new Loudness()).build();
        Predictor.requireRoom("r7", spans, loudness, 12_000_000);
        assertThatThrownBy(() -> Predictor.requireRoom("r7", spans, loudness, 11_999_999))
                .isInstanceOf(AudioException.class)
                .hasMessage("recording r7: the features of its 3000000 windows must take at most 11 MB, half of Java's heap, but"
                        + " take 11 MB; cut the recording, or give Java more memory with -Xmx");
        Preprocessing wider = loudness.toBuilder().featureTransforms(List.of(Deltas.of(3, 1))).build();
        assertThatThrownBy(() -> Predictor.requireRoom("r7", spans, wider, 12_000_000)).isInstanceOf(AudioException.class);
    }
}
