package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InMemoryPreparedDatasets;
import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.pipeline.TestParts.IdReader;
import io.github.spirabr.core.pipeline.TestParts.MeanTrainer;
import io.github.spirabr.core.pipeline.TestParts.RandomGain;
import io.github.spirabr.core.pipeline.TestParts.ThresholdFactory;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.PadToLongest;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class StagesTest {

    private static final Dataset DATASET = Recordings.dataset(8, 8, 2);
    private static final Preprocessing WINDOWS = Preprocessing.builder()
            .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500)))
            .extract(new Loudness())
            .build();

    private final IdReader reader = new IdReader();
    private final InMemoryModelRepository models = new InMemoryModelRepository();
    private final InMemoryModelRepository outcomes = new InMemoryModelRepository();
    private final InMemoryPreparedDatasets features = new InMemoryPreparedDatasets();
    private final List<String> events = new ArrayList<>();

    private TrainingPipeline.Builder pipeline(Dataset dataset, PreprocessingPlan preprocessing) {
        return TrainingPipeline.builder()
                .baseline(false)
                .recordings(() -> dataset)
                .reader(reader)
                .preprocessing(preprocessing)
                .split(SubjectSplit.holdingOut(Set.of("c0", "p0", "c1", "p1"), Set.of("c2", "p2", "c3", "p3")))
                .rejections(new RejectionPolicy(0.2, 0.2))
                .model(new ThresholdFactory())
                .trainer(new MeanTrainer())
                .models(models)
                .modelName("loud")
                .seed(11);
    }

    private TrainingPipeline.Builder staged(Dataset dataset, PreprocessingPlan preprocessing) {
        return pipeline(dataset, preprocessing).workStore(outcomes, features).listener(new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                if (event instanceof PipelineEvent.StageStarted started) {
                    events.add("run " + started.stage());
                } else if (event instanceof PipelineEvent.StageSkipped skipped) {
                    events.add("skip " + skipped.stage());
                }
            }
        });
    }

    private List<String> stages() {
        List<String> told = List.copyOf(events);
        events.clear();
        return told;
    }

    /** As loud as half, so that answers differ from the plain ones. */
    private record Quieter(double factor) implements EvaluationProtocol, Probe {

        @Override
        public Waveform apply(Waveform waveform, Recording recording) {
            float[] samples = waveform.toArray();
            for (int i = 0; i < samples.length; i++) {
                samples[i] *= (float) factor;
            }
            return Waveform.of(samples, waveform.sampleRate());
        }

        @Override
        public ProbeResult examine(ProbedModel model) {
            return new ProbeResult("quieter", "Is it\tloudness?\n", ProbeResult.Verdict.WARNING, "It \\is.", List.of(
                    new ProbeResult.Measurement("log loss", model.test(this::apply).logLoss(), Double.NaN, 1e-300, 8, 4),
                    new ProbeResult.Measurement("", 0.1, -0.0, Double.POSITIVE_INFINITY, 8, 4)));
        }

        @Override
        public boolean readsLabel() {
            return false;
        }

        @Override
        public String disclosure() {
            return "Every recording at " + factor + " of its level.";
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
            return new ComponentDescription("quieter", Map.of("factor", factor));
        }
    }

    private static Dataset withOneThatIsNone() {
        List<Recording> recordings = new ArrayList<>();
        for (Recording one : DATASET.recordings()) {
            String sex = one.id().matches(".[02468]-.") ? "f\t\\" : "m";
            recordings.add(new Recording(one.id(), one.subject(), one.label(), Map.of("sex", sex), one.audio()));
        }
        recordings.add(Recordings.of("p4-bad", "p4", Label.PATIENT));
        recordings.add(Recordings.of("c2-bad", "c2", Label.CONTROL));
        return Dataset.of("test data", recordings);
    }

    @Test
    void stagesThatRanApartLeaveTheModelOfARunAtOnceByteForByte() {
        List<PreprocessingPlan> plans = List.of(
                WINDOWS,
                Preprocessing.builder().augment(new RandomGain())
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500)))
                        .extract(new Loudness()).build(),
                Preprocessing.builder().window(PadToLongest.create()).extract(new Loudness()).build());
        for (PreprocessingPlan plan : plans) {
            UnaryOperator<TrainingPipeline.Builder> rest = builder -> builder
                    .calibrate(plan == WINDOWS).operatingPoint(OperatingPoint.youden())
                    .aggregation(Aggregation.topMean(2))
                    .abstention(plan == WINDOWS ? Abstention.NONE : Abstention.coverageOf(0.7))
                    .addProtocol(new Quieter(0.5)).addProtocol(new Quieter(0.25)).addProbe(new Quieter(0.125))
                    .addReporter(findings -> Map.of(
                            "report.txt", findings.settings().toString().getBytes(StandardCharsets.UTF_8)));
            TrainingRun atOnce = rest.apply(pipeline(withOneThatIsNone(), plan)).build().run();
            TrainingPipeline apart = rest.apply(staged(withOneThatIsNone(), plan)).modelName("apart").build();
            PreparedFeatures prepared = apart.prepareFeatures();
            assertThat(prepared.rejected()).extracting(one -> one.recording().id()).containsExactly("p4-bad", "c2-bad");
            assertThat(apart.train().bestEpoch()).isEqualTo(1);
            TrainingRun findings = apart.evaluate();
            TrainingRun published = apart.publish();
            assertThat(published.test()).isEqualTo(findings.test());
            assertThat(stages()).containsExactly("run features", "run train", "run evaluate", "run publish");
            assertThat(models.load(published.model())).isEqualTo(models.load(atOnce.model()));
            assertThat(published.validation()).isEqualTo(atOnce.validation());
            assertThat(published.test()).isEqualTo(atOnce.test());
            assertThat(published.protocols()).isEqualTo(atOnce.protocols());
            assertThat(published.probes()).isEqualTo(atOnce.probes());
            assertThat(published.metrics()).isEqualTo(atOnce.metrics());
            assertThat(published.subjectMetrics()).isEqualTo(atOnce.subjectMetrics());
            assertThat(published.decision()).isEqualTo(atOnce.decision());
            assertThat(published.decision().abstains()).isEqualTo(plan != WINDOWS);
            assertThat(published.decidedMetrics()).isEqualTo(atOnce.decidedMetrics());
            assertThat(published.decidedMetrics().isEmpty()).isEqualTo(plan == WINDOWS);
            assertThat(published.groups()).isEqualTo(atOnce.groups()).isNotEmpty();
        }
    }

    @Test
    void aSecondRunDecodesNothingAndSaysSo() {
        ModelVersion model = staged(DATASET, WINDOWS).build().run().model();
        assertThat(stages()).containsExactly("run features", "run train", "run evaluate", "run publish");
        int reads = reader.reads.get();
        TrainingRun again = staged(DATASET, WINDOWS).build().run();
        assertThat(stages()).containsExactly("skip features", "skip train", "skip evaluate", "skip publish");
        assertThat(again.model()).isEqualTo(model);
        assertThat(reader.reads).hasValue(reads);
        assertThat(models.versions("loud")).containsExactly(model);
    }

    @Test
    void aChangedParameterRepeatsTheStagesThatDependOnItAlone() {
        Map<String, UnaryOperator<TrainingPipeline.Builder>> changes = new LinkedHashMap<>();
        changes.put("", builder -> builder.parallelism(Parallelism.of(3)));
        changes.put("publish", builder -> builder.modelName("other"));
        changes.put("evaluate", builder -> builder.operatingPoint(OperatingPoint.fixed(0.6)));
        changes.put("evaluate ", builder -> builder.calibrate(true));
        changes.put("evaluate      ", builder -> builder.abstention(Abstention.coverageOf(0.5)));
        changes.put("train     ", builder -> builder.aggregation(Aggregation.median()));
        changes.put("evaluate  ", builder -> builder.addProbe(new Quieter(0.5)));
        changes.put("evaluate   ", builder -> builder.addProtocol(new Quieter(0.5)));
        changes.put("train", builder -> builder.seed(12));
        changes.put("train ", builder -> builder.trainer(new OtherTrainer()));
        changes.put("train  ", builder -> builder.preprocessing(Preprocessing.builder()
                .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500))).extract(new Loudness())
                .augment(new Unchanging()).build()));
        changes.put("features", builder -> builder.preprocessing(Preprocessing.builder()
                .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(250))).extract(new Loudness()).build()));
        changes.put("features ", builder -> builder.reader(new OtherReader()));
        staged(DATASET, WINDOWS).build().run();
        stages();
        changes.forEach((first, change) -> {
            change.apply(staged(DATASET, WINDOWS)).build().run();
            List<String> expected = new ArrayList<>();
            boolean runs = false;
            for (Stage stage : Stage.values()) {
                runs |= stage.toString().equals(first.strip());
                expected.add((runs ? "run " : "skip ") + stage);
            }
            assertThat(stages()).as(first).isEqualTo(expected);
        });
    }

    /** The same description as the other, of other code. */
    private static final class OtherTrainer implements ModelTrainer {

        private final MeanTrainer trainer = new MeanTrainer();

        @Override
        public ModelTrainer.Result train(
                UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
            return trainer.train(model, training, validation, context);
        }

        @Override
        public ComponentDescription description() {
            return trainer.description();
        }
    }

    private static final class OtherReader implements AudioReader {

        private final IdReader other = new IdReader();

        @Override
        public int sampleRate() {
            return other.sampleRate();
        }

        @Override
        public Waveform read(String recording, AudioSource source) {
            return other.read(recording, source);
        }

        @Override
        public ComponentDescription description() {
            return other.description();
        }
    }

    private static final class Unchanging implements FeatureAugmentation {

        @Override
        public FeatureMatrix augment(
                FeatureMatrix window, Recording recording,
                RandomGenerator random) {
            return window;
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("unchanging", Map.of());
        }
    }

    @Test
    void aRecordingThatIsAddedToTheTestSideIsNotTrainedOn() {
        staged(DATASET, WINDOWS).build().run();
        stages();
        int reads = reader.reads.get();
        List<Recording> more = new ArrayList<>(DATASET.recordings());
        more.add(Recordings.of("p2-9", "p2", Label.PATIENT));
        staged(Dataset.of("more", more), WINDOWS).build().run();
        assertThat(stages()).containsExactly("run features", "skip train", "run evaluate", "run publish");
        // The features of the other sides are there already: two test subjects of each class, and the new one.
        assertThat(reader.reads).hasValue(reads + 9);
    }

    @Test
    void trainingOnFeaturesThatAreThereDecodesNothing() {
        PreparedFeatures prepared = staged(DATASET, WINDOWS).build().prepareFeatures();
        assertThat(prepared.dataSets()).containsOnlyKeys(Side.values());
        assertThat(features.names()).containsExactlyInAnyOrderElementsOf(prepared.dataSets().values());
        try (PreparedDataset test = features.open(prepared.dataSets().get(Side.TEST))) {
            assertThat(test.entries()).extracting(PreparedDataset.Entry::id)
                    .containsExactlyElementsOf(prepared.split().test().recordings().stream().map(Recording::id).toList());
        }
        int reads = reader.reads.get();
        staged(DATASET, WINDOWS).build().train();
        staged(DATASET, WINDOWS).build().evaluate();
        staged(DATASET, WINDOWS).build().publish();
        assertThat(reader.reads).hasValue(reads);
    }

    @Test
    void featuresThatAreDrawnInEveryEpochAreNotKept() {
        Preprocessing augmenting = Preprocessing.builder().augment(new RandomGain())
                .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500))).extract(new Loudness()).build();
        assertThat(staged(DATASET, augmenting).build().prepareFeatures().dataSets())
                .containsOnlyKeys(Side.VALIDATION, Side.TEST);
    }

    @Test
    void aStageWhoseInputIsMissingIsRefusedAndNamesTheOneToRun() {
        TrainingPipeline pipeline = staged(DATASET, WINDOWS).build();
        assertThatThrownBy(pipeline::train).isInstanceOf(PipelineException.class).hasMessage("the outcome of stage features"
                + " must be in the work store, but is not there for these settings and recordings; run stage features first");
        pipeline.prepareFeatures();
        assertThatThrownBy(pipeline::evaluate).hasMessageEndingWith("run stage train first");
        pipeline.train();
        assertThatThrownBy(pipeline::publish).hasMessageEndingWith("run stage evaluate first");
        assertThatThrownBy(staged(DATASET, WINDOWS).seed(12).build()::evaluate).hasMessageEndingWith("run stage train first");
        assertThat(models.versions("loud")).isEmpty();
    }

    @Test
    void noStageRunsByItselfWithoutAWorkStore() {
        assertThatThrownBy(pipeline(DATASET, WINDOWS).build()::train).isInstanceOf(PipelineException.class)
                .hasMessageContaining("stage train must have a work store to run alone, but there is none; call workStore(");
    }

    @Test
    void whatWasDoneIsDoneOnceMoreForThoseWhoAsk() {
        ModelVersion first = staged(DATASET, WINDOWS).build().run().model();
        stages();
        int reads = reader.reads.get();
        ModelVersion second = staged(DATASET, WINDOWS).rerun(true).build().run().model();
        assertThat(stages()).containsExactly("run features", "run train", "run evaluate", "run publish");
        assertThat(reader.reads.get()).isGreaterThan(reads);
        assertThat(models.load(second)).isEqualTo(models.load(first)).isNotSameAs(models.load(first));
        assertThat(second.number()).isEqualTo(2);
        staged(DATASET, WINDOWS).rerun(true).build().train();
        assertThat(stages()).containsExactly("run train");
    }

    /** Fails at the n-th thing that is saved. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aRunThatFailsAnywhereIsFinishedByTheNext() {
        ModelArtifact whole = models.load(pipeline(withOneThatIsNone(), WINDOWS).build().run().model());
        // Three data sets, and then the statistics of the training set, the features, the network, its evaluation.
        int saves = 7;
        for (int failing = 1; failing <= saves + 1; failing++) {
            int[] left = {failing};
            Runnable saving = () -> {
                if (--left[0] == 0) {
                    throw new Failure();
                }
            };
            InMemoryModelRepository savedModels = new InMemoryModelRepository();
            InMemoryModelRepository savedOutcomes = new InMemoryModelRepository() {
                @Override
                protected ModelVersion store(String name, ModelArtifact artifact, Predicate<ModelVersion> same) {
                    saving.run();
                    return super.store(name, artifact, same);
                }
            };
            InMemoryPreparedDatasets savedFeatures = new InMemoryPreparedDatasets() {
                @Override
                public synchronized void save(String name, String fingerprint, Iterator<PreparedRecording> recordings) {
                    saving.run();
                    super.save(name, fingerprint, recordings);
                }
            };
            TrainingPipeline pipeline = pipeline(withOneThatIsNone(), WINDOWS)
                    .models(savedModels).workStore(savedOutcomes, savedFeatures).build();
            if (failing <= saves) {
                assertThatThrownBy(pipeline::run).isInstanceOf(Failure.class);
                assertThat(savedModels.names()).isEmpty();
            }
            TrainingRun run = pipeline.run();
            assertThat(savedModels.load(run.model())).as("failed at %d", failing).isEqualTo(whole);
            assertThat(left[0]).isLessThanOrEqualTo(failing <= saves ? 0 : 1);
        }
    }

    @Test
    void whatCouldNotBeReachedIsTriedAgain() {
        boolean[] down = {true};
        AudioReader network = new AudioReader() {
            @Override
            public int sampleRate() {
                return reader.sampleRate();
            }

            @Override
            public Waveform read(String recording, AudioSource source) {
                if (down[0] && recording.equals("c5-0")) {
                    throw new AudioException(recording, AudioException.Reason.UNREACHABLE, "the network is down", null);
                }
                return reader.read(recording, source);
            }

            @Override
            public ComponentDescription description() {
                return reader.description();
            }
        };
        TrainingRun without = staged(DATASET, WINDOWS).reader(network).build().run();
        assertThat(without.rejected()).hasSize(1);
        down[0] = false;
        stages();
        PreparedFeatures all = staged(DATASET, WINDOWS).reader(network).build().prepareFeatures();
        assertThat(all.rejected()).isEmpty();
        assertThat(stages()).containsExactly("run features");
        assertThat(staged(DATASET, WINDOWS).reader(network).rerun(true).build().run().rejected()).isEmpty();
    }

    @Test
    void dataSetsThatAreGoneAreMadeAgainByTheStageThatMakesThemAndNotNeededByOthers() {
        staged(DATASET, WINDOWS).build().run();
        features.names().forEach(features::delete);
        stages();
        staged(DATASET, WINDOWS).seed(12).build().train();
        staged(DATASET, WINDOWS).build().run();
        assertThat(stages()).containsExactly(
                "run train", "run features", "skip train", "skip evaluate", "skip publish");
        assertThat(features.names()).hasSize(3);
    }
}
