package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.pipeline.TestParts.FixedGain;
import io.github.spirabr.core.pipeline.TestParts.IdReader;
import io.github.spirabr.core.pipeline.TestParts.MeanTrainer;
import io.github.spirabr.core.pipeline.TestParts.ThresholdFactory;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.PadToLongest;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.preprocessing.ShortRecordings;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.work.Parallelism;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelinePreprocessingTest {

    private static final SlidingWindow WINDOWS = SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500));

    private final InMemoryModelRepository models = new InMemoryModelRepository();
    private final IdReader reader = new IdReader();

    /** The subjects c0 and p0 are validated on, c1 and p1 tested on. */
    private TrainingPipeline.Builder pipeline(Dataset dataset, PreprocessingPlan preprocessing) {
        return TrainingPipeline.builder()
                .baseline(false)
                .recordings(() -> dataset)
                .reader(reader)
                .preprocessing(preprocessing)
                .split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of("c1", "p1")))
                .model(new ThresholdFactory())
                .trainer(new MeanTrainer())
                .models(models)
                .modelName("loud")
                .seed(11);
    }

    private static Preprocessing windows() {
        return Preprocessing.builder().window(WINDOWS).extract(new Loudness()).build();
    }

    private static Dataset with(Recording... more) {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(30, 30, 2).recordings());
        recordings.addAll(List.of(more));
        return Dataset.of("set", recordings);
    }

    @Test
    void thePaddedLengthIsLearnedFromTheTrainingSideAloneAndStoredWithTheModel() {
        Dataset dataset = with(Recordings.of("c1-long", "c1", Label.CONTROL), Recordings.of("p0-long", "p0", Label.PATIENT));
        PreprocessingPlan padded = Preprocessing.builder().window(PadToLongest.create()).extract(new Loudness()).build();
        TrainingRun run = pipeline(dataset, padded).build().run();
        assertThat(new String(models.load(run.model()).file("model.properties"), StandardCharsets.UTF_8)).contains(
                "preprocessing.window.type=fixed-length\n",
                "preprocessing.window.samples=250\n",
                "preprocessing.window.sampleRate=100\n");
        Recording first = run.split().test().recordings().get(0);
        try (Predictor predictor = Predictor.open(models, run.model(), TestParts.components())) {
            assertThat(predictor.predict(first.id(), first.audio()).probability())
                    .hasValue(run.test().scores().get(0).probability());
        }
    }

    @Test
    void unreadableRecordingsDoNotKeepTheLengthFromBeingLearned() {
        Dataset dataset = with(Recordings.of("c3-bad", "c3", Label.CONTROL), Recordings.of("p3-bad", "p3", Label.PATIENT));
        PreprocessingPlan padded = Preprocessing.builder().window(PadToLongest.create()).extract(new Loudness()).build();
        TrainingRun run = pipeline(dataset, padded).build().run();
        assertThat(run.rejected()).extracting(one -> one.recording().id()).containsExactlyInAnyOrder("c3-bad", "p3-bad");
    }

    @Test
    void shortRecordingsThatAreDroppedAreRejectedAsData() {
        Dataset dataset =
                with(Recordings.of("c3-short", "c3", Label.CONTROL), Recordings.of("p0-short", "p0", Label.PATIENT));
        Preprocessing dropping = Preprocessing.builder()
                .window(WINDOWS.shortRecordings(ShortRecordings.DROP)).extract(new Loudness()).build();
        TrainingRun run = pipeline(dataset, dropping).build().run();
        assertThat(run.rejected()).extracting(one -> one.recording().id())
                .containsExactlyInAnyOrder("c3-short", "p0-short");
        assertThat(run.rejected()).allSatisfy(one -> {
            assertThat(one.reason()).isEqualTo(AudioException.Reason.TOO_SHORT);
            assertThat(one.detail()).startsWith("recording " + one.recording().id() + ": a recording of 0.5 s (50 samples)");
        });
    }

    @Test
    void shortRecordingsThatAreRefusedStopTheRunAndAreAllNamed() {
        Dataset dataset =
                with(Recordings.of("c3-short", "c3", Label.CONTROL), Recordings.of("p0-short", "p0", Label.PATIENT));
        Preprocessing refusing = Preprocessing.builder()
                .augment(new TestParts.RandomGain())
                .window(WINDOWS.shortRecordings(ShortRecordings.REFUSE)).extract(new Loudness()).build();
        assertThatThrownBy(() -> pipeline(dataset, refusing).build().run())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("recording c3-short: a recording of 0.5 s (50 samples) is shorter than the 1.0 s")
                .hasMessageContaining("recording p0-short: ");
        assertThat(models.versions("loud")).isEmpty();
    }

    @Test
    void aPredictionOfATooShortRecordingSaysSo() {
        Preprocessing refusing = Preprocessing.builder()
                .window(WINDOWS.shortRecordings(ShortRecordings.REFUSE)).extract(new Loudness()).build();
        TrainingRun run = pipeline(with(), refusing).build().run();
        Recording tooShort = Recordings.of("c9-short", "c9", Label.CONTROL);
        try (Predictor predictor = Predictor.open(models, run.model(), TestParts.components())) {
            Prediction prediction = predictor.predict(tooShort.id(), tooShort.audio());
            assertThat(prediction.diagnosis()).isEqualTo(Diagnosis.INCONCLUSIVE);
            assertThat(prediction.reasons()).singleElement().asString().startsWith("a recording of 0.5 s");
        }
    }

    @Test
    void transformsAreHeardInTrainingEvaluationAndPredictionAndStoredInTheirOrder() {
        TrainingRun plain = pipeline(with(), windows()).build().run();
        Preprocessing transformed = Preprocessing.builder()
                .transform(new FixedGain(0.5, 0)).transform(new FixedGain(0.5, 50))
                .window(WINDOWS).extract(new Loudness()).build();
        TrainingRun run = pipeline(with(), transformed).build().run();
        var artifact = models.load(run.model());
        assertThat(new String(artifact.file("model.properties"), StandardCharsets.UTF_8)).contains(
                "preprocessing.transform.0.type=fixed-gain\n", "preprocessing.transform.0.leftOut=0\n",
                "preprocessing.transform.1.leftOut=50\n", "preprocessing.transform.1.gain=0.5\n");
        // The model learns a level, which is a quarter of what it was, but for the half second that is left out.
        assertThat(ByteBuffer.wrap(artifact.file("level")).getFloat())
                .isCloseTo(ByteBuffer.wrap(models.load(plain.model()).file("level")).getFloat() / 4, within(0.002f));
        assertThat(run.test().scores().get(0).windows()).hasSize(3);
        assertThat(plain.test().scores().get(0).windows()).hasSize(4);
        try (Predictor predictor = Predictor.open(models, run.model(), TestParts.components())) {
            for (int i = 0; i < run.test().scores().size(); i++) {
                Recording recording = run.split().test().recordings().get(i);
                assertThat(predictor.predict(recording.id(), recording.audio()).windowProbabilities())
                        .isEqualTo(run.test().scores().get(i).windows());
            }
        }
    }

    @Test
    void thePaddedLengthIsThatOfTransformedRecordings() {
        PreprocessingPlan padded = Preprocessing.builder().transform(new FixedGain(1, 50))
                .window(PadToLongest.create()).extract(new Loudness()).build();
        TrainingRun run = pipeline(with(), padded).build().run();
        assertThat(new String(models.load(run.model()).file("model.properties"), StandardCharsets.UTF_8))
                .contains("preprocessing.window.samples=200\n");
    }

    @Test
    void anotherTransformNeverReadsWhatWasKeptWithoutIt() {
        MemoryFeatures cache = new MemoryFeatures();
        pipeline(with(), windows()).featureCache(cache).build().run();
        Preprocessing transformed = Preprocessing.builder()
                .transform(new FixedGain(0.5, 0)).window(WINDOWS).extract(new Loudness()).build();
        pipeline(with(), transformed).featureCache(cache).build().run();
        assertThat(cache.entries).hasSize(240);
    }

    @Test
    void aTransformThatChangesTheRateIsRefused() {
        WaveformTransform faster = new WaveformTransform() {
            @Override
            public Waveform apply(Waveform waveform) {
                return Waveform.of(waveform.toArray(), 2 * waveform.sampleRate());
            }

            @Override
            public ComponentDescription description() {
                return new ComponentDescription("faster", Map.of());
            }
        };
        Preprocessing wrong =
                Preprocessing.builder().transform(faster).window(WINDOWS).extract(new Loudness()).build();
        assertThatThrownBy(() -> pipeline(with(), wrong).build().run())
                .isInstanceOf(PreprocessingException.class)
                .hasMessage("the transform faster must keep the sample rate of 100 Hz, but changed it to 200 Hz; only "
                        + "the reader sets the sample rate");
    }

    /** Shortens by half a second. */
    private static final class Shorten implements Augmentation {

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            float[] samples = new float[waveform.length() - 50];
            waveform.copyTo(0, samples, 0, samples.length);
            return Waveform.of(samples, waveform.sampleRate());
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("shorten", Map.of());
        }
    }

    @Test
    void anAugmentationThatLeavesTooLittleIsNamedWithItsRecording() {
        Preprocessing shortening = Preprocessing.builder()
                .augment(new Shorten())
                .window(SlidingWindow.of(Duration.ofMillis(2500), Duration.ofSeconds(1)).shortRecordings(ShortRecordings.REFUSE))
                .extract(new Loudness())
                .build();
        assertThatThrownBy(() -> pipeline(with(), shortening).build().run())
                .isInstanceOf(PreprocessingException.class)
                .hasMessageMatching("recording [cp]\\d+-\\d as augmented in epoch 1: .* or use augmentations that do not shorten.*");
    }

    /** Adds one to every feature value; draws whether it does so. */
    private static final class Louder implements FeatureAugmentation {

        @Override
        public FeatureMatrix augment(FeatureMatrix window, Recording recording, RandomGenerator random) {
            return FeatureMatrix.of(1, 1, new float[] {window.value(0, 0) + (float) random.nextDouble()});
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("louder", Map.of());
        }
    }

    @Test
    void whereOnlyFeaturesAreAugmentedEachRecordingIsReadOnce() {
        Preprocessing features =
                Preprocessing.builder().window(WINDOWS).extract(new Loudness()).augment(new Louder()).build();
        var augmented = models.load(pipeline(with(), features).cacheBytes(1 << 20).build().run().model());
        assertThat(reader.reads.get()).isEqualTo(120);
        assertThat(models.load(pipeline(with(), features).cacheBytes(0).parallelism(Parallelism.of(3)).build().run().model()))
                .isEqualTo(augmented);
        assertThat(models.load(pipeline(with(), windows()).build().run().model()).file("level"))
                .isNotEqualTo(augmented.file("level"));
        assertThat(new String(augmented.file("provenance.properties"), StandardCharsets.UTF_8))
                .contains("featureAugmentation.0.type=louder\n");
    }

    /** Silences the recordings of patients. */
    private record Silence(Map<String, String> material, boolean mayShareMaterial) implements EvaluationProtocol {

        @Override
        public Waveform apply(Waveform waveform, Recording recording) {
            return recording.label() == Label.PATIENT
                    ? Waveform.of(new float[waveform.length()], waveform.sampleRate())
                    : waveform;
        }

        @Override
        public boolean readsLabel() {
            return true;
        }

        @Override
        public String disclosure() {
            return "Measured with silent patients.";
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("silent-patients", Map.of());
        }
    }

    @Test
    void figuresUnderAProtocolStandBesideThePlainOnesWithTheirDisclosure() {
        TrainingRun plain = pipeline(with(), windows()).build().run();
        List<PipelineEvent> events = new ArrayList<>();
        TrainingRun run = pipeline(with(), windows())
                .addProtocol(new Silence(Map.of(), false))
                .listener(new PipelineListener() {
                    @Override
                    public void onPipeline(PipelineEvent event) {
                        if (event instanceof PipelineEvent.EvaluatedUnderProtocol) {
                            events.add(event);
                        }
                    }
                })
                .build()
                .run();
        assertThat(run.test()).isEqualTo(plain.test());
        assertThat(run.protocols()).singleElement().satisfies(one -> {
            assertThat(one.protocol()).isEqualTo("silent-patients");
            assertThat(one.disclosure()).isEqualTo("Measured with silent patients.");
            assertThat(one.test().confusionMatrix().sensitivity()).isZero();
            assertThat(one.test().confusionMatrix().specificity()).isEqualTo(1);
        });
        assertThat(events).containsExactly(new PipelineEvent.EvaluatedUnderProtocol(run.protocols().get(0)));
        assertThat(new String(models.load(run.model()).file("provenance.properties"), StandardCharsets.UTF_8)).contains(
                "protocol.0.type=silent-patients\n",
                "protocol.0.disclosure=Measured with silent patients.\n",
                "protocol.0.test.sensitivity=0.0\n",
                "test.sensitivity=1.0\n");
    }

    /** Mixes in a sound. */
    private record Mixing(Map<String, String> material) implements Augmentation {

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            return waveform;
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("mixing", Map.of());
        }
    }

    /** Adds a constant, but not to recordings whose id ends in 1, as a noise that is silent there. */
    private record PartlySilent(boolean readsLabel) implements EvaluationProtocol {

        @Override
        public Waveform apply(Waveform waveform, Recording recording) {
            boolean left = recording.id().endsWith("1") || readsLabel && recording.label() == Label.PATIENT;
            float[] samples = waveform.toArray();
            for (int i = left ? samples.length * 2 / 3 : 0; i < samples.length; i++) {
                samples[i] += 0.1f;
            }
            return Waveform.of(samples, waveform.sampleRate());
        }

        @Override
        public String disclosure() {
            return "Measured with a constant.";
        }

        @Override
        public Map<String, String> material() {
            return Map.of();
        }

        @Override
        public boolean mayShareMaterial() {
            return false;
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("partly-silent", Map.of("readsLabel", readsLabel));
        }
    }

    @Test
    void recordingsThatAProtocolLeavesMostlyAsTheyAreAreCounted() {
        TrainingRun run = pipeline(with(), windows())
                .addProtocol(new PartlySilent(false)).addProtocol(new PartlySilent(true)).build().run();
        long ofTest = run.split().test().recordings().stream().filter(one -> one.id().endsWith("1")).count();
        assertThat(ofTest).isEqualTo(2);
        assertThat(run.protocols()).extracting(ProtocolEvaluation::disclosure).containsExactly(
                "Measured with a constant. 2 of 4 recordings were left unchanged in more than half of their samples, as by a noise"
                        + " that is silent there.",
                "Measured with a constant. 1 of 2 recordings were left unchanged in more than half of their samples, as by a noise"
                        + " that is silent there.");
    }

    /** Adds a noise to each recording whose id ends in 0; in the others it is silent, or not added. */
    private record HalfSilentNoise(float[] noise, boolean leavesAlone) implements Augmentation {

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            if (leavesAlone && !recording.id().endsWith("0")) {
                return waveform;
            }
            float[] samples = waveform.toArray();
            for (int i = recording.id().endsWith("0") ? 0 : samples.length; i < samples.length; i++) {
                samples[i] += 0.1f;
            }
            return Waveform.of(samples, waveform.sampleRate());
        }

        @Override
        public Map<String, Waveform> sounds() {
            return Map.of("fan.wav", Waveform.of(noise, 100));
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("half-silent-noise", Map.of());
        }
    }

    /** Each row: samples of a noise, and whether most of it is silence, so that recordings that it leaves unchanged are counted. */
    @ParameterizedTest
    @CsvSource({"0 0 0 0.5, true", "0.1 0.2 -0.1 0.3, false"})
    void trainingRecordingsThatNoiseLeavesAsTheyAreAreCounted(String samples, boolean counted) {
        String[] values = samples.split(" ");
        float[] noise = new float[values.length];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = Float.parseFloat(values[i]);
        }
        Preprocessing mixing = Preprocessing.builder().augment(new TestParts.RandomGain())
                .augment(new HalfSilentNoise(noise, false))
                .window(WINDOWS).extract(new Loudness()).build();
        TrainingRun run = pipeline(with(), mixing).build().run();
        int all = run.split().training().recordings().size();
        if (counted) {
            assertThat(run.probes()).singleElement().satisfies(result -> {
                assertThat(result.name()).isEqualTo("training-noise");
                assertThat(ProbeResult.anyOfProbe(run.probes())).isFalse();
                assertThat(result.verdict()).isEqualTo(ProbeResult.Verdict.WARNING);
                assertThat(result.finding()).startsWith("In the first epoch, noise left " + all / 2 + " of the " + all
                        + " training recordings that it was added to unchanged in more than half of their samples");
            });
        } else {
            assertThat(run.probes()).isEmpty();
        }
    }

    /** Adds a noise that is silent in every recording of patients; controls get none. */
    private record SilentInPatients() implements Augmentation {

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            return recording.label() == Label.CONTROL ? waveform : Waveform.of(waveform.toArray(), waveform.sampleRate());
        }

        @Override
        public Map<String, Waveform> sounds() {
            return Map.of("off.wav", Waveform.of(new float[4], 100));
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("silent-in-patients", Map.of());
        }
    }

    @Test
    void trainingRecordingsThatGetNoNoiseByDesignAreNotCounted() {
        float[] silent = {0, 0, 0, 0.5f};
        Preprocessing alone = Preprocessing.builder().augment(new HalfSilentNoise(silent, true))
                .window(WINDOWS).extract(new Loudness()).build();
        assertThat(pipeline(with(), alone).build().run().probes()).isEmpty();
        // Each augmentation is looked at, not the last alone.
        Preprocessing both = Preprocessing.builder().augment(new SilentInPatients()).augment(new HalfSilentNoise(silent, true))
                .window(WINDOWS).extract(new Loudness()).build();
        TrainingRun run = pipeline(with(), both).build().run();
        Set<String> given = run.split().training().recordings().stream()
                .filter(one -> one.label() == Label.PATIENT || one.id().endsWith("0")).map(Recording::id)
                .collect(Collectors.toSet());
        long patients = run.split().training().recordings().stream().filter(one -> one.label() == Label.PATIENT).count();
        assertThat(run.probes()).singleElement().satisfies(result -> assertThat(result.finding()).startsWith(
                "In the first epoch, noise left " + patients + " of the " + given.size() + " training recordings"));
    }

    @Test
    void aProtocolThatMixesInWhatTrainingHearsIsRefusedBeforeTheRun() {
        Preprocessing mixing = Preprocessing.builder()
                .augment(new Mixing(Map.of("ab12", "ward.wav"))).window(WINDOWS).extract(new Loudness()).build();
        TrainingPipeline.Builder shared =
                pipeline(with(), mixing).addProtocol(new Silence(Map.of("ab12", "copy.wav"), false));
        assertThatThrownBy(shared::build)
                .isInstanceOf(PreprocessingException.class)
                .hasMessageContaining("[ward.wav], which training uses too");
        pipeline(with(), mixing).addProtocol(new Silence(Map.of("ab12", "copy.wav"), true)).build();
        pipeline(with(), mixing).addProtocol(new Silence(Map.of("cd34", "other.wav"), false)).build();
    }

    private static final class MemoryFeatures implements FeatureCache {

        final Map<String, List<FeatureMatrix>> entries = new ConcurrentHashMap<>();

        @Override
        public Optional<List<FeatureMatrix>> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public void put(String key, List<FeatureMatrix> windows) {
            entries.put(key, windows);
        }
    }

    @Test
    void keptFeaturesAreReadInsteadOfTheAudioAndGiveTheSameModel() {
        MemoryFeatures cache = new MemoryFeatures();
        var first = models.load(pipeline(with(), windows()).featureCache(cache).build().run().model());
        assertThat(reader.reads.get()).isEqualTo(120);
        assertThat(cache.entries).hasSize(120);
        assertThat(cache.entries.keySet()).allMatch(key -> key.matches("[0-9a-f]{64}"));
        assertThat(models.load(pipeline(with(), windows()).featureCache(cache).build().run().model())).isEqualTo(first);
        assertThat(reader.reads.get()).isEqualTo(120);
        assertThat(models.load(pipeline(with(), windows()).build().run().model())).isEqualTo(first);
    }

    @Test
    void anotherSettingNeverReadsWhatWasKeptForThisOne() {
        MemoryFeatures cache = new MemoryFeatures();
        pipeline(with(), windows()).featureCache(cache).build().run();
        Preprocessing other = Preprocessing.builder()
                .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(250)))
                .extract(new Loudness()).build();
        pipeline(with(), other).featureCache(cache).build().run();
        assertThat(cache.entries).hasSize(240);
    }

    /** Gives other bytes each time it is opened, as a file does that is being written. */
    private record Growing(String name, List<String> openings) implements AudioSource {

        @Override
        public InputStream open() {
            openings.add("x");
            return new ByteArrayInputStream((name + "-" + openings.size()).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void featuresOfAFileThatChangesMeanwhileAreNotKept() {
        MemoryFeatures cache = new MemoryFeatures();
        Recording growing =
                new Recording("c3-growing", "c3", Label.CONTROL, Map.of(), new Growing("c3", new ArrayList<>()));
        pipeline(with(growing), windows()).featureCache(cache).build().run();
        assertThat(cache.entries).hasSize(120);
    }
}
