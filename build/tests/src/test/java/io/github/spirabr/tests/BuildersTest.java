package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.spirabr.audio.augment.EvaluationNoise;
import io.github.spirabr.audio.augment.NoiseInsertion;
import io.github.spirabr.audio.augment.Noises;
import io.github.spirabr.audio.augment.SnrNoise;
import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.KaldiFbank;
import io.github.spirabr.audio.features.KaldiMfcc;
import io.github.spirabr.audio.features.LogMel;
import io.github.spirabr.audio.features.MelSpectrogram;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.audio.speech.SpeechStatistics;
import io.github.spirabr.config.Experiment;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.continuous.ChangePlan;
import io.github.spirabr.core.continuous.ContinuousTraining;
import io.github.spirabr.core.continuous.Round;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.SubjectPrediction;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.sweep.Sweep;
import io.github.spirabr.core.sweep.SweepStrategy;
import io.github.spirabr.core.sweep.SweptSetting;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.encoder.OnnxEncoder;
import io.github.spirabr.storage.fs.journal.FileSystemJournal;
import io.github.spirabr.storage.fs.manifest.Manifest;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.AdamW;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an application relies on of every builder: its defaults, and that a value's builder builds the value again. */
class BuildersTest {

    private static final Noises NOISES = Noises.of("hum", List.of(
            new Noises.Noise("hum.wav", Waveform.of(new float[] {0.5f, -0.5f}, 16_000))));

    private static final Map<String, Object> FRESH = Map.ofEntries(
            Map.entry("TrainingPipeline", TrainingPipeline.builder()),
            Map.entry("TrainingRun", TrainingRun.builder()),
            Map.entry("ContinuousTraining", ContinuousTraining.builder()),
            Map.entry("Round", Round.builder()),
            Map.entry("Prediction", Prediction.builder("a", Diagnosis.NEGATIVE, new ModelVersion("spira", 1))),
            Map.entry("SubjectPrediction", SubjectPrediction.builder("s", Diagnosis.NEGATIVE, new ModelVersion("spira", 1))),
            Map.entry("Round.Data", Round.Data.builder()),
            Map.entry("ChangePlan", ChangePlan.builder()),
            Map.entry("PromotionGate", PromotionGate.builder()),
            Map.entry("Preprocessing", Preprocessing.builder()),
            Map.entry("NoiseInsertion", NoiseInsertion.builder()),
            Map.entry("EvaluationNoise", EvaluationNoise.inEveryRecording(NOISES, 1)),
            Map.entry("SnrNoise", SnrNoise.builder()),
            Map.entry("FfmpegAudioReader", FfmpegAudioReader.builder()),
            Map.entry("MetricEstimate", MetricEstimate.builder(Metric.AUROC, 0.5)),
            Map.entry("PromotionGate.Check", PromotionGate.Check.builder("AUROC", PromotionGate.Check.Result.PASSED, "found")),
            Map.entry("SplitAudit.Result", SplitAudit.Result.builder("prints", 12)),
            Map.entry("KaldiFbank", KaldiFbank.builder()),
            Map.entry("KaldiMfcc", KaldiMfcc.builder()),
            Map.entry("LogMel", LogMel.builder()),
            Map.entry("MelSpectrogram", MelSpectrogram.builder()),
            Map.entry("Mfcc", Mfcc.builder()),
            Map.entry("OnnxEncoder", OnnxEncoder.builder(Path.of("encoder.onnx"), 16_000)),
            Map.entry("Spectrogram", Spectrogram.builder()),
            Map.entry("SpeechStatistics", SpeechStatistics.builder()),
            Map.entry("Trainer", Trainer.builder()),
            Map.entry("Sweep", Sweep.builder()),
            Map.entry("SpiraConv", SpiraConv.v4()),
            Map.entry("Manifest", Manifest.builder(Path.of("metadata.csv"))));
    /** They open or test something, which cannot be built twice of one value. */
    private static final Set<String> OPENING = Set.of(
            "ExternalValidation", "FollowingPredictor", "PredictionServer", "S3Connection", "S3ModelRepository");
    /** They begin with a value alone. */
    private static final Set<String> OF_A_VALUE = Set.of("Experiment");

    @Test
    void everyBuilderIsHere() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.spirabr")) {
            boolean open = type.reflect().getEnclosingClass() != null && Modifier.isPublic(type.reflect().getModifiers());
            if (open && type.getSimpleName().endsWith("Builder") && !type.getPackageName().contains("examples")) {
                found.add(name(type.reflect().getEnclosingClass()));
            }
        }
        Set<String> known = new TreeSet<>(FRESH.keySet());
        known.addAll(OPENING);
        known.addAll(OF_A_VALUE);
        assertThat(known).containsAll(found);
        assertThat(found).containsAll(FRESH.keySet());
    }

    private static String name(Class<?> built) {
        return built.getName().substring(built.getPackageName().length() + 1).replace('$', '.');
    }

    @Test
    void defaultsAreThoseOfTheFile() throws IOException, IllegalAccessException {
        StringBuilder defaults = new StringBuilder();
        for (Map.Entry<String, Object> builder : new TreeMap<>(FRESH).entrySet()) {
            content(builder.getValue()).forEach((field, value) ->
                    defaults.append(builder.getKey()).append('.').append(field).append(" = ").append(value).append('\n'));
        }
        defaults.append("Trainer = ")
                .append(new TreeMap<>(Trainer.builder().build().description().settings())).append('\n');
        try (InputStream in = BuildersTest.class.getResourceAsStream("/defaults.txt")) {
            assertThat(defaults.toString()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aValuesBuilderBuildsTheValueAgain() throws IllegalAccessException {
        TrainingPipeline.Builder pipeline = pipeline();
        assertSame(pipeline, pipeline.build().toBuilder());
        Experiment experiment = Experiment.of(pipeline.build());
        assertThat(experiment.toBuilder().build()).isEqualTo(experiment);
        assertThat(experiment.toBuilder().seed(7).build().seed()).isEqualTo(7);
        ContinuousTraining.Builder continuous = ContinuousTraining.builder()
                .addRecordings(Manifest.at(Path.of("metadata.csv"))).inspector(recording -> {
                    throw new AssertionError("nothing is inspected");
                })
                .pipeline(input -> pipeline()).addTrigger(situation -> Optional.empty())
                .plan(ChangePlan.builder().looks(3).reference(Set.of("s1")).build())
                .models(FileSystemModelRepository.at(Path.of("models")))
                .journal(FileSystemJournal.at(Path.of("journal"))).modelName("night")
                .components(Components.of(List.of())).shares(0.5, 0.25, 0.25)
                .holder("ana").lease(Duration.ofMinutes(1)).seed(7).parallelism(Parallelism.of(3)).listener((step, detail) -> {});
        assertSame(continuous, continuous.build().toBuilder());
        Sweep.Builder sweep = Sweep.builder().pipeline(trial -> pipeline()).addSetting(SweptSetting.of("seed", List.of(1, 2)))
                .strategy(SweepStrategy.grid().successiveHalving(2, 1, 4)).metric(Metric.F1).seeds(3, 4).atATime(2)
                .split(SubjectSplit.of(0.6, 0.2, 0.2), 5);
        assertSame(sweep, sweep.build().toBuilder());
        PromotionGate.Builder gate = PromotionGate.builder().notWorse(Metric.F1, 0.1).atLeast(Metric.AUROC, 0.7)
                .addGroup(new PromotionGate.GroupRule("sex", Metric.AUROC, 0.1, 4)).calibrationError(0.2).subjects(3)
                .evidence(PromotionGate.Evidence.ESTIMATE).replicates(500);
        assertSame(gate, gate.build().toBuilder());
        ChangePlan.Builder plan = ChangePlan.builder().gate(gate.build()).column("sex", Set.of("F")).oneLabelPerSubject(false)
                .labelCheck(false).largestQuarantinedShare(0.1).mayChange("seed", ChangePlan.Range.ANY)
                .reference(Set.of("s1")).looks(2);
        assertSame(plan, plan.build().toBuilder());
        NoiseInsertion.Builder insertion = NoiseInsertion.builder().noises(NOISES).perControl(2).perPatient(1).amplitude(0.1, 0.2);
        assertSame(insertion, insertion.build().toBuilder());
        EvaluationNoise.Builder noise = EvaluationNoise.inEveryRecording(NOISES, 2).amplitude(0.1, 0.2).seed(9).shareNoises(true);
        assertSame(noise, noise.build().toBuilder());
        SnrNoise.Builder snr = SnrNoise.builder().category("hum", NOISES, 0, 15, 1, 1).none(0.25).powerFloor(1e-4);
        assertSame(snr, snr.build().toBuilder());
        FfmpegAudioReader.Builder reader = FfmpegAudioReader.builder().sampleRate(8000).maxBytes(1).maxDuration(Duration.ofHours(1))
                .maxChannels(2).maxSampleRate(48_000).maxTime(Duration.ofSeconds(3));
        assertSame(reader, reader.build().toBuilder());
        Mfcc.Builder mfcc = Mfcc.builder().coefficients(13).melBands(20).fMax(4000).logMels(true).topDb(60).hopLength(80);
        assertSame(mfcc, mfcc.build().toBuilder());
        MelSpectrogram.Builder mel = MelSpectrogram.builder().melBands(20).fMin(50).fftSize(512);
        assertSame(mel, mel.build().toBuilder());
        LogMel.Builder logMel = LogMel.yamnet().toBuilder().mean(1).deviation(2).topDb(60).frames(7);
        assertSame(logMel, logMel.build().toBuilder());
        KaldiFbank.Builder fbank = KaldiFbank.builder().useEnergy(true).power(false).snipEdges(false).energyFloor(0);
        assertSame(fbank, fbank.build().toBuilder());
        KaldiMfcc.Builder kaldiMfcc = KaldiMfcc.builder().coefficients(20).cepstralLifter(0).int16Scale(true).removeDc(false);
        assertSame(kaldiMfcc, kaldiMfcc.build().toBuilder());
        Spectrogram.Builder spectrogram = Spectrogram.builder().fftSize(512).windowLength(256).hopLength(128);
        assertSame(spectrogram, spectrogram.build().toBuilder());
        SpeechStatistics.Builder speech = SpeechStatistics.builder().pitchFloor(60).pitchCeiling(400)
                .minimumPause(Duration.ofMillis(250)).minimumSpeech(Duration.ofMillis(50));
        assertSame(speech, speech.build().toBuilder());
        Trainer.Builder trainer = Trainer.builder().optimizer(AdamW.of(1e-2)).epochs(3).batchSize(4)
                .dropIncomplete(true).clipNorm(1).validateEverySteps(5).checkpointEverySteps(6);
        assertSame(trainer, trainer.build().toBuilder());
        SpiraConv.V4Builder network = SpiraConv.v4().kernels(5, 4, 3, 2).dilation(1).dropout(0.5).dense(50, 20).outputs(2)
                .averagePooling(3);
        assertSame(network, network.build().toBuilder());
        Manifest.Builder manifest = Manifest.builder(Path.of("metadata.csv")).fileColumn("f").classColumn("c")
                .subjectColumn("s").classWords(Label.PATIENT, Set.of("ill"));
        assertSame(manifest, manifest.build().toBuilder());
        Round.Data.Builder data = Round.Data.builder().listed("l").recordings(3).testSubjects(1);
        assertThat(data.build().toBuilder().build()).isEqualTo(data.build());
        Round.Builder round = Round.builder().number(3).explanation("why").data(data.build());
        assertSame(round, round.build().toBuilder());
        assertThat(round.build().toBuilder().build()).isEqualTo(round.build());
        Preprocessing steps = preprocessing();
        assertThat(content(steps.toBuilder().build())).isEqualTo(content(steps));
    }

    private static Preprocessing preprocessing() {
        return Preprocessing.builder()
                .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1)))
                .extract(Mfcc.builder().build())
                .build();
    }

    private static TrainingPipeline.Builder pipeline() {
        return TrainingPipeline.builder()
                .recordings(Manifest.at(Path.of("metadata.csv"))).reader(FfmpegAudioReader.builder().build())
                .preprocessing(preprocessing()).model(SpiraConv.v2()).trainer(Trainer.builder().build())
                .models(FileSystemModelRepository.at(Path.of("models"))).split(SubjectSplit.of(0.5, 0.25, 0.25))
                .addReporter(run -> Map.of()).rejections(RejectionPolicy.standard())
                .operatingPoint(OperatingPoint.youden()).calibrate(true).aggregation(Aggregation.mean())
                .abstention(Abstention.NONE).qualityLimits(QualityLimits.standard()).modelName("night").seed(42)
                .parallelism(Parallelism.of(3)).cacheBytes(5).rerun(true);
    }

    private static void assertSame(Object builder, Object again) throws IllegalAccessException {
        assertThat(again).isNotSameAs(builder).hasSameClassAs(builder);
        assertThat(content(again)).isEqualTo(content(builder));
    }

    /** All fields by name; builders within are opened too, and what has no text of its own stands for its class. */
    private static Map<String, String> content(Object builder) throws IllegalAccessException {
        Map<String, String> content = new TreeMap<>();
        for (Class<?> type = builder.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    Object value = field.get(builder);
                    boolean nested = value != null && value.getClass().getSimpleName().equals("Builder");
                    content.put(field.getName(), nested ? content(value).toString() : text(value));
                }
            }
        }
        return content;
    }

    private static String text(Object value) {
        if (value instanceof int[] numbers) {
            return Arrays.toString(numbers);
        }
        String text = String.valueOf(value);
        boolean machine = value instanceof Parallelism all && all.equals(Parallelism.allProcessors());
        return machine ? "all processors" : text.replaceAll("(\\$\\$Lambda|@)[\\w/$@.]*", "").replaceAll("\\$\\d+", "");
    }
}
