package io.github.spirabr.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.MissingPartsException;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.model.DivergedTrainingException;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.TestParts;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SweepTest {

    private final Dataset dataset = Recordings.dataset(9, 9, 2);
    private final AtomicInteger trainings = new AtomicInteger();
    private final AtomicInteger tested = new AtomicInteger();
    private final List<PipelineEvent.Split> splits = Collections.synchronizedList(new ArrayList<>());

    /** Decides at a level that is the setting's, nearer to it after more epochs. */
    private final class Fixed implements ModelTrainer {

        private final double level;
        private final int epochs;

        private Fixed(double level, int epochs) {
            this.level = level;
            this.epochs = epochs;
        }

        @Override
        public Result train(UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
            trainings.incrementAndGet();
            if (level > 0.9) {
                throw new DivergedTrainingException("the loss is infinite", 2);
            }
            float reached = (float) (level + 0.3 / (epochs * epochs));
            List<EpochSummary> all =
                    IntStream.rangeClosed(1, epochs).mapToObj(epoch -> new EpochSummary(epoch, 1, 1, 0.5)).toList();
            return new Result(model.restore(Map.of("level", ByteBuffer.allocate(4).putFloat(reached).array())), all, epochs);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("fixed", Map.of("level", level, "epochs", epochs));
        }
    }

    private TrainingPipeline.Builder pipeline(Trial trial) {
        return TestParts.pipeline(dataset, new InMemoryModelRepository()).modelName("spira")
                .trainer(new Fixed(trial.number("level"), trial.epochs().orElse(8)));
    }

    private Sweep.Builder sweep(ModelRepository models, ModelRepository work) {
        return Sweep.builder()
                .pipeline(trial -> pipeline(trial)
                        .models(models)
                        .workStore(work)
                        .listener(new PipelineListener() {
                            @Override
                            public void onPipeline(PipelineEvent event) {
                                if (event instanceof PipelineEvent.Split split) {
                                    splits.add(split);
                                }
                                tested.addAndGet(event instanceof PipelineEvent.Evaluated ? 1 : 0);
                            }
                        }))
                .metric(Metric.LOG_LOSS)
                .addSetting(SweptSetting.range("level", 0.02, 0.42).steps(9));
    }

    private Sweep.Builder sweep() {
        return sweep(new InMemoryModelRepository(), new InMemoryModelRepository());
    }

    @Test
    void theBestPointOfAGridIsTestedOnceAndAlone() {
        SweepFindings findings = sweep().build().run();
        assertThat(findings.points()).hasSize(9).extracting(SweptPoint::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        SweptPoint best = findings.best();
        assertThat(findings.points()).allSatisfy(point -> assertThat(point.mean()).isGreaterThanOrEqualTo(best.mean()));
        // Controls have a mean magnitude of about 0.05, patients of about 0.25.
        assertThat((double) best.settings().get("level")).isBetween(0.1, 0.2);
        assertThat(findings.winner().settings()).containsEntry("trainer.level", best.settings().get("level").toString());
        assertThat(findings.winner().validation().value(Metric.LOG_LOSS)).isEqualTo(best.mean());
        assertThat(tested).hasValue(1);
        assertThat(trainings).as("the winner is not trained again").hasValue(9);
        assertThat(findings.epochs()).isEqualTo(72);
    }

    @Test
    void aSweepStoppedAnywhereHasTheSameWinner() {
        ModelRepository modelsAlone = new InMemoryModelRepository();
        SweepFindings alone = sweep(modelsAlone, new InMemoryModelRepository()).build().run();
        ModelRepository models = new InMemoryModelRepository();
        ModelRepository work = new InMemoryModelRepository();
        SweepException stop = new SweepException("asked to end");
        trainings.set(0);
        for (int last = 1; last <= 9; last++) {
            AtomicInteger left = new AtomicInteger(last);
            assertThatThrownBy(() -> sweep(models, work).listener(new SweepListener() {
                @Override
                public void onTrained(Trial trial, double value) {
                    if (left.decrementAndGet() == 0) {
                        throw stop;
                    }
                }
            }).build().run()).isSameAs(stop);
        }
        SweepFindings resumed = sweep(models, work).build().run();
        assertThat(trainings).as("each is trained once").hasValue(9);
        assertThat(resumed.points()).isEqualTo(alone.points());
        assertThat(resumed.winner().identity()).isEqualTo(alone.winner().identity());
        ModelArtifact expected = modelsAlone.load(alone.winner().model());
        ModelArtifact saved = models.load(resumed.winner().model());
        assertThat(saved.fileNames()).isEqualTo(expected.fileNames())
                .allSatisfy(file -> assertThat(saved.file(file)).isEqualTo(expected.file(file)));
        sweep(models, work).build().run();
        assertThat(models.versions("spira")).as("one model, however often").hasSize(1);
    }

    @Test
    void workersDoNotChangeTheResult() {
        SweepFindings one = sweep().seeds(1, 2).build().run();
        SweepFindings two = sweep().seeds(1, 2).atATime(4).build().run();
        assertThat(two.points()).isEqualTo(one.points());
        assertThat(two.winningTrial()).isEqualTo(one.winningTrial());
        assertThat(one.points().get(0).values()).hasSize(2);
        assertThat(one.points().get(0).standardDeviation()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void successiveHalvingTrainsTheBestFurther() {
        SweepFindings findings =
                sweep().strategy(SweepStrategy.grid().successiveHalving(3, 2, 18)).build().run();
        assertThat(findings.ranking()).extracting(SweptPoint::round).containsExactly(3, 2, 2, 1, 1, 1, 1, 1, 1);
        assertThat(findings.epochs()).isEqualTo(9 * 2 + 3 * 6 + 18);
        assertThat(findings.best().epochs()).isEqualTo(2 + 6 + 18);
        assertThat(findings.winner().epochs()).hasSize(18);
        assertThat(findings.best().settings()).isEqualTo(
                sweep().build().run().best().settings());
    }

    @Test
    void aFinalistThatDivergesDoesNotEndTheSweep() {
        SweptPoint finalist = new SweptPoint(1, Map.of("level", 1), 3, 26, List.of(Double.NaN), List.of("the loss is infinite"));
        SweptPoint second = new SweptPoint(2, Map.of("level", 2), 2, 8, List.of(0.8), List.of());
        SweptPoint early = new SweptPoint(3, Map.of("level", 3), 1, 2, List.of(0.9), List.of());
        assertThat(List.of(finalist, early, second).stream().sorted(SweepFindings.order(Metric.AUROC)))
                .containsExactly(second, early, finalist);
    }

    @Test
    void innerFoldsNeverHearTheTestSet() {
        SweepFindings findings = sweep().innerFolds(() -> dataset, SubjectSplit.of(0.6, 0.2, 0.2), 7, 3).build().run();
        Set<String> test = findings.winner().split().test().subjects();
        assertThat(splits).allSatisfy(split -> assertThat(split.split().test().subjects()).isEqualTo(test));
        Set<Set<String>> validations = new HashSet<>();
        Set<String> validated = new HashSet<>();
        splits.subList(0, 3).forEach(split -> {
            validations.add(split.split().validation().subjects());
            validated.addAll(split.split().validation().subjects());
        });
        assertThat(validations).hasSize(3);
        assertThat(validated).hasSize(18 - test.size()).doesNotContainAnyElementsOf(test);
        assertThat(findings.points().get(0).values()).hasSize(3);
        assertThat(findings.winner().split().validation().subjects())
                .isEqualTo(dataset.split(SubjectSplit.of(0.6, 0.2, 0.2), 7).validation().subjects());
    }

    @Test
    void aPointThatDivergesIsReportedAndDoesNotWin() {
        SweepFindings findings = Sweep.builder().pipeline(this::pipeline).metric(Metric.AUROC)
                .addSetting(SweptSetting.of("level", List.of(0.95, 0.2))).build().run();
        assertThat(findings.best().number()).isEqualTo(2);
        SweptPoint diverged = findings.ranking().get(1);
        assertThat(diverged.mean()).isNaN();
        assertThat(diverged.epochs()).isEqualTo(2);
        assertThat(diverged.faults()).containsExactly("the loss is infinite");
        assertThatThrownBy(() -> Sweep.builder().pipeline(this::pipeline)
                .addSetting(SweptSetting.of("level", List.of(0.95, 0.96))).build().run())
                .isInstanceOf(SweepException.class).hasMessageContaining("none has (the loss is infinite)");
    }

    @Test
    void pointsOfAGridAndOfRandomDraws() {
        List<SweptSetting> settings = List.of(
                SweptSetting.of("kind", List.of("a", "b")), SweptSetting.logRange("rate", 1e-4, 1e-2).steps(3));
        assertThat(SweepStrategy.grid().points(settings)).containsExactly(
                Map.of("kind", "a", "rate", 1e-4), Map.of("kind", "a", "rate", 1e-3), Map.of("kind", "a", "rate", 1e-2),
                Map.of("kind", "b", "rate", 1e-4), Map.of("kind", "b", "rate", 1e-3), Map.of("kind", "b", "rate", 1e-2));
        assertThat(SweptSetting.range("batch", 8, 11).whole().steps(10).values()).containsExactly(8L, 9L, 10L, 11L);
        assertThatThrownBy(() -> SweepStrategy.grid().points(List.of(SweptSetting.range("rate", 0, 1))))
                .hasMessage("rate must be a list or have steps in a grid, but is a range; give it steps, or draw random points");
        assertThatThrownBy(() -> SweepStrategy.random(7, 0).points(List.of(SweptSetting.of("kind", List.of("a", "b")))))
                .hasMessageContaining("room for 7 different points, but only 2");
    }

    @Property(tries = 100)
    void randomPointsAreDifferentInRangeAndTheSameForASeed(@ForAll @IntRange(min = 1, max = 60) int count, @ForAll long seed) {
        List<SweptSetting> settings = List.of(
                SweptSetting.logRange("rate", 1e-5, 1), SweptSetting.range("batch", 1, 64).whole());
        List<Map<String, Object>> points = SweepStrategy.random(count, seed).points(settings);
        assertThat(points).hasSize(count).doesNotHaveDuplicates()
                .isEqualTo(SweepStrategy.random(count, seed).points(settings))
                .allSatisfy(point -> {
                    assertThat((double) point.get("rate")).isBetween(1e-5, 1.0);
                    assertThat((long) point.get("batch")).isBetween(1L, 64L);
                });
        // More points of the same seed begin with these.
        assertThat(SweepStrategy.random(count + 5, seed).points(settings).subList(0, count)).isEqualTo(points);
    }

    @Test
    void rangesByLogarithmsAreDrawnEvenly() {
        List<Map<String, Object>> points =
                SweepStrategy.random(2000, 3).points(List.of(SweptSetting.logRange("rate", 1e-4, 1)));
        double mean = points.stream().mapToDouble(point -> Math.log10((double) point.get("rate"))).average().orElseThrow();
        assertThat(mean).isCloseTo(-2, within(0.1));
    }

    @Test
    void wrongSweepsAreRefused() {
        assertThatThrownBy(() -> Sweep.builder().build()).isInstanceOf(MissingPartsException.class)
                .hasMessage("Sweep needs a pipeline and settings; call pipeline(…) and addSetting(…)");
        assertThatThrownBy(() -> sweep().addSetting(SweptSetting.of("level", List.of(1))))
                .hasMessage("level must be swept once, but is swept twice");
        assertThatThrownBy(() -> SweptSetting.of("level", List.of(1, 1))).hasMessageContaining("none twice, but had [1, 1]");
        assertThatThrownBy(() -> SweptSetting.logRange("level", 0, 1)).hasMessageContaining("must be above 0, but was 0.0");
        assertThatThrownBy(() -> SweptSetting.range("level", 2, 1)).hasMessageContaining("below the largest, but were 2.0 and 1.0");
        assertThatThrownBy(() -> SweepStrategy.grid().successiveHalving(1, 1, 9)).hasMessageContaining("a factor of at least 2");
        assertThatThrownBy(() -> new Trial(1, Map.of("rate", "x"), 0, 0, OptionalInt.empty()).number("level"))
                .hasMessage("'level' must be swept to have a value, but swept are [rate]");
    }
}
