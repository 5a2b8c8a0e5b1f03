package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Folds;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.PairedComparison;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.probe.PermutedLabels;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.work.Parallelism;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RepeatedTrainingTest {

    private final ModelRepository models = new InMemoryModelRepository();
    private final Dataset dataset = Recordings.dataset(8, 8, 2);

    private RepeatedTraining trainings(Dataset of) {
        return RepeatedTraining.of("loud", training -> template(of));
    }

    private TrainingPipeline.Builder template(Dataset of) {
        return TrainingPipeline.builder()
                .baseline(false)
                .recordings(() -> of)
                .reader(new TestParts.IdReader())
                .preprocessing(Preprocessing.builder()
                        .augment(new TestParts.RandomGain())
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                        .extract(new Loudness())
                        .build())
                .model(new TestParts.ThresholdFactory())
                .trainer(new TestParts.MeanTrainer())
                .models(models);
    }

    @Test
    void eachRecordingIsAnsweredByTheModelsThatDidNotHearItsSubject() {
        RepeatedFindings findings = trainings(dataset).seeds(5, 6).folds(() -> dataset, Folds.bySubject(4), 1).run();
        assertThat(findings.runs()).hasSize(8);
        assertThat(findings.runs()).extracting(run -> run.model().name()).startsWith(
                "loud-fold-1-seed-5", "loud-fold-1-seed-6", "loud-fold-2-seed-5");
        Evaluation ensemble = findings.ensemble();
        assertThat(ensemble.scores()).extracting(RecordingScore::recording)
                .containsExactlyInAnyOrderElementsOf(dataset.recordings().stream().map(Recording::id).toList());
        for (TrainingRun run : findings.runs()) {
            assertThat(run.split().training().subjects()).doesNotContainAnyElementsOf(run.split().test().subjects());
        }
        double first = findings.outOfFold(5).scores().get(0).probability();
        double second = findings.outOfFold(6).scores().get(0).probability();
        assertThat(first).isNotEqualTo(second);
        assertThat(ensemble.scores().get(0).probability()).isCloseTo((first + second) / 2, within(1e-15));
        assertThat(findings.ensembleMetrics()).hasSize(Metric.values().length);
        PairedComparison compared =
                PairedComparison.of(findings.outOfFold(5), findings.outOfFold(6), Metric.AUROC, 200, 1);
        assertThat(compared.difference()).isZero();
    }

    @Test
    void spreadIsMeanDeviationAndIntervalOverTrainings() {
        RepeatedFindings findings = trainings(dataset).seeds(1, 2, 3, 4).split(SubjectSplit.of(0.5, 0.25, 0.25), 9).run();
        assertThat(findings.runs()).extracting(run -> run.split().test().subjects()).containsOnly(
                findings.runs().get(0).split().test().subjects());
        assertThat(findings.runs().get(1).model().name()).isEqualTo("loud-seed-2");
        assertThat(findings.ensemble().scores()).hasSameSizeAs(findings.runs().get(0).test().scores());
        List<MetricEstimates.Spread> spread = findings.spread();
        assertThat(spread).extracting(MetricEstimates.Spread::metric).containsExactly(Metric.values());
        MetricEstimates.Spread loss = spread.get(Metric.LOG_LOSS.ordinal());
        assertThat(loss.trainings()).isEqualTo(4);
        assertThat(loss.mean()).isCloseTo(findings.runs().stream().mapToDouble(run -> run.test().logLoss()).average()
                .orElseThrow(), within(1e-12));
        assertThat(loss.lower()).isLessThan(loss.mean());
    }

    /**
     * By hand: mean 0.8, deviation 0.1, t of 2 degrees 4.302653; with folds the square is multiplied by 1 / 3 + 1 / 2. The
     * distance on the scale of the logit is that of the mean divided by 0.8 * 0.2.
     */
    @Test
    void theIntervalOfFoldsIsWiderSinceTheyShareWhatTheyTrainOn() {
        List<Double> values = List.of(0.7, 0.8, Double.NaN, 0.9);
        MetricEstimates.Spread seeds = MetricEstimates.Spread.of(Metric.AUROC, values, 0);
        assertThat(seeds.mean()).isCloseTo(0.8, within(1e-12));
        assertThat(seeds.standardDeviation()).isCloseTo(0.1, within(1e-12));
        assertThat(seeds.lower()).isCloseTo(0.458523, within(1e-6));
        assertThat(seeds.upper()).isCloseTo(0.949735, within(1e-6));
        MetricEstimates.Spread folds = MetricEstimates.Spread.of(Metric.AUROC, values, 0.5);
        double distance = 4.302653 * 0.1 * Math.sqrt(1 / 3.0 + 0.5) / 0.16;
        assertThat(folds.lower()).isCloseTo(1 / (1 + Math.exp(distance - Math.log(4))), within(1e-6));
        assertThat(folds.upper()).isCloseTo(1 / (1 + Math.exp(-distance - Math.log(4))), within(1e-6));
        assertThat(MetricEstimates.Spread.of(Metric.AUROC, List.of(0.5), 0).upper()).isNaN();
    }

    @Test
    void intervalsStayInTheRangeOfTheMetricWithoutBeingCutOff() {
        List<Double> values = List.of(0.95, 1.0, 0.9, 1.0);
        MetricEstimates.Spread share = MetricEstimates.Spread.of(Metric.SENSITIVITY, values, 0.5);
        assertThat(share.upper()).isStrictlyBetween(share.mean(), 1.0);
        assertThat(share.lower()).isStrictlyBetween(0.0, share.mean());
        MetricEstimates.Spread loss = MetricEstimates.Spread.of(Metric.LOG_LOSS, List.of(0.1, 1.5), 0.5);
        assertThat(loss.lower()).isPositive();
        assertThat(loss.upper()).isGreaterThan(1.5);
        MetricEstimates.Spread edge = MetricEstimates.Spread.of(Metric.SPECIFICITY, List.of(1.0, 1.0, 1.0), 0.5);
        assertThat(edge.mean()).isOne();
        assertThat(edge.lower()).as("three folds without a false alarm promise none").isNaN();
    }

    @Test
    void aStoppedRepetitionFindsItsCompletedTrainingsAgain() {
        RepeatedFindings whole = trainings(dataset).seeds(5).folds(() -> dataset, Folds.bySubject(4), 1).run();
        ModelRepository kept = new InMemoryModelRepository();
        ModelRepository outcomes = new InMemoryModelRepository();
        AtomicInteger trained = new AtomicInteger();
        RuntimeException stop = new PipelineException("asked to end");
        Function<Integer, RepeatedTraining> until = last -> RepeatedTraining.of("loud",
                training -> template(dataset).models(kept).workStore(outcomes).listener(new PipelineListener() {
                    @Override
                    public void onPipeline(PipelineEvent event) {
                        trained.addAndGet(event instanceof PipelineEvent.Saved ? 1 : 0);
                        if (event instanceof PipelineEvent.Evaluated && training.fold() > last) {
                            throw stop;
                        }
                    }
                })).seeds(5).folds(() -> dataset, Folds.bySubject(4), 1);
        assertThatThrownBy(() -> until.apply(2).run()).isSameAs(stop);
        assertThat(trained).hasValue(2);
        RepeatedFindings resumed = until.apply(4).run();
        assertThat(trained).as("folds 1 and 2 are not trained again").hasValue(4);
        for (Function<TrainingRun, Object> part : List.<Function<TrainingRun, Object>>of(TrainingRun::identity, TrainingRun::test,
                TrainingRun::metrics, TrainingRun::subjectMetrics, TrainingRun::validation, TrainingRun::epochs)) {
            assertThat(resumed.runs()).extracting(part).isEqualTo(whole.runs().stream().map(part).toList());
        }
        assertThat(resumed.runs()).allMatch(run -> run.model().number() == 1);
        assertThat(resumed.groups()).isEqualTo(whole.groups());
    }

    @Test
    void resultsDoNotHangOnHowManyRunAtATime() {
        RepeatedTraining one = trainings(dataset).seeds(5, 6).folds(() -> dataset, Folds.bySubject(3), 1);
        RepeatedFindings first = one.run();
        RepeatedFindings second = one.atATime(3, 0).run();
        assertThat(second.runs()).extracting(TrainingRun::test)
                .isEqualTo(first.runs().stream().map(TrainingRun::test).toList());
    }

    @Test
    void noMoreRunAtATimeThanHaveRoom() {
        long heap = Runtime.getRuntime().maxMemory();
        assertThat(trainings(dataset).atATime(8, 0).workers()).isEqualTo(8);
        assertThat(trainings(dataset).atATime(8, heap / 4 + 1).workers()).isEqualTo(2);
        assertThat(trainings(dataset).atATime(8, heap).workers()).isEqualTo(1);
    }

    @Test
    void everyFoldIsCheckedBeforeTheFirstIsTrained() {
        Dataset wards = Dataset.of("wards", dataset.recordings().stream().map(one -> new Recording(one.id(), one.subject(),
                one.label(), Map.of("ward", one.label() == Label.PATIENT && one.subject().compareTo("p4") >= 0 ? "Z" : "A"),
                one.audio())).toList());
        AtomicInteger trained = new AtomicInteger();
        assertThatThrownBy(() -> RepeatedTraining.of("loud", training -> {
            trained.incrementAndGet();
            return TrainingPipeline.builder();
        }).folds(() -> wards, Folds.leaveOneOut("ward", 0.3), 1).run())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("without Z: the test set has no recording of class 0 (CONTROL)");
        assertThat(trained).hasValue(0);
    }

    @Test
    void aFailureIsThatOfTheTraining() {
        List<Recording> recordings = new ArrayList<>(dataset.recordings());
        recordings.add(Recordings.of("p3-bad", "p3", Label.PATIENT));
        recordings.add(Recordings.of("p4-bad", "p4", Label.PATIENT));
        Dataset bad = Dataset.of("bad.csv", recordings);
        assertThatThrownBy(() -> trainings(bad).seeds(1, 2).atATime(2, 0).run())
                .isInstanceOf(InvalidDatasetException.class).hasMessageContaining("p3-bad");
    }

    /** The trainer of these tests takes loud for a patient's whatever the labels say, which is what the probe is for. */
    @Test
    void aTrainerThatKnowsTheClassWithoutLabelsFails() {
        TrainingRun run = TrainingPipeline.builder()
                .recordings(() -> Recordings.dataset(30, 30, 1))
                .reader(new TestParts.IdReader())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                        .extract(new Loudness())
                        .build())
                .model(new TestParts.ThresholdFactory())
                .trainer(new TestParts.MeanTrainer())
                .models(models)
                .addProbe(PermutedLabels.of(2))
                .build().run();
        ProbeResult result = run.probes().get(0);
        assertThat(result.measurements().get(1).value()).isEqualTo(1);
        assertThat(result.finding()).contains("something other than the labels gives the class away");
        assertThat(run.probeSummary().passes()).isFalse();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> trainings(dataset).seeds(1, 1))
                .hasMessage("there must be at least one seed, and none twice, but were [1, 1]");
        assertThatThrownBy(() -> trainings(dataset).atATime(0, 0))
                .hasMessage("there must be at least 1 training at a time, each with 0 bytes or more, but were 0 with 0");
        assertThatThrownBy(() -> RepeatedTraining.of("My Model!", training -> TrainingPipeline.builder()))
                .hasMessageContaining("a model's name has");
    }

    @Test
    void trainingsAtTheSameTimeShareTheThreads() {
        List<Parallelism> trained = Collections.synchronizedList(new ArrayList<>());
        ModelTrainer plain = new TestParts.MeanTrainer();
        ModelTrainer trainer = new ModelTrainer() {
            @Override
            public ModelTrainer.Result train(
                    UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
                trained.add(context.parallelism());
                return plain.train(model, training, validation, context);
            }

            @Override
            public ComponentDescription description() {
                return plain.description();
            }
        };
        RepeatedTraining.of("loud", training -> TestParts.pipeline(dataset, models).trainer(trainer)
                        .parallelism(Parallelism.of(5)))
                .split(SubjectSplit.of(0.5, 0.25, 0.25), 9).seeds(1, 2, 3, 4).atATime(2, 0).run();
        assertThat(trained).hasSize(4).containsOnly(Parallelism.of(2));
    }

    @Test
    void theTemplatesCacheSizeIsKeptAndTheDefaultIsShared() {
        TrainingPipeline.Builder template = TestParts.pipeline(dataset, models);
        assertThat(template.sharedBy(4).build().parts().cacheBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 4 / 4);
        assertThat(template.cacheBytes(1000).sharedBy(4).build().parts().cacheBytes()).isEqualTo(1000);
    }

    @Test
    void aPipelineThatDiffersInItsSeedIsBuiltOfTheFirst() {
        TrainingPipeline first = TestParts.pipeline(dataset, models).addProbe(PermutedLabels.of(2)).build();
        assertThat(first.toBuilder().build().parts()).isEqualTo(first.parts());
        TrainingRun other = first.toBuilder().seed(43).build().run();
        assertThat(other.seed()).isEqualTo(43);
        assertThat(other.probes()).hasSize(1);
        assertThat(other.toBuilder().build()).isEqualTo(other);
    }
}
