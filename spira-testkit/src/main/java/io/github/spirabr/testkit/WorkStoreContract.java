package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineException;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.PreparedFeatures;
import io.github.spirabr.core.pipeline.Stage;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Contract of repositories that the stages of a pipeline hand over through: each stage may run by itself, from handles of
 * its own as on another machine, and the model is that of a run at once. Implement both methods and run the tests.
 */
public abstract class WorkStoreContract {

    /**
     * A new handle on a model repository.
     *
     * @param name name of a place that is empty when the test begins; the same name is the same place
     */
    protected abstract ModelRepository models(String name);

    /** A new handle on the one repository of prepared data sets, which is empty when the test begins. */
    protected abstract PreparedDatasetRepository features();

    private static Dataset dataset() {
        List<Recording> recordings = new ArrayList<>();
        for (int s = 0; s < 12; s++) {
            Label label = Label.values()[s % 2];
            for (int r = 0; r < 2; r++) {
                String id = label + " " + s + "/" + r;
                recordings.add(new Recording(id, "s" + s, label, Map.of("take", "t\t" + r),
                        AudioSource.ofBytes(id, id.getBytes(StandardCharsets.UTF_8))));
            }
        }
        return Dataset.of("made up", recordings);
    }

    private TrainingPipeline.Builder pipeline(String models) {
        return TrainingPipeline.builder()
                .recordings(WorkStoreContract::dataset)
                .reader(new TinyParts.Reader())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500)))
                        .extract(new TinyParts.Loudness())
                        .build())
                .split(SubjectSplit.holdingOut(Set.of("s0", "s1"), Set.of("s2", "s3")))
                .model(new TinyParts.Level())
                .trainer(new TinyParts.Trainer(false))
                .models(models(models))
                .seed(5);
    }

    private TrainingPipeline.Builder staged() {
        return pipeline("models").workStore(models("work"), features());
    }

    @Test
    void stagesHandOverAndTheModelIsThatOfARunAtOnce() {
        TrainingRun atOnce = pipeline("at-once").build().run();
        assertThatThrownBy(() -> staged().build().train())
                .isInstanceOf(PipelineException.class).hasMessageEndingWith("run stage features first");
        PreparedFeatures prepared = staged().build().prepareFeatures();
        try (PreparedDataset test = features().open(prepared.dataSets().get(Side.TEST))) {
            assertThat(test.entries()).extracting(PreparedDataset.Entry::id).containsExactlyElementsOf(
                    prepared.split().test().recordings().stream().map(Recording::id).toList());
            assertThat(test.entries().get(1).metadata()).containsEntry("take", "t\t1");
        }
        staged().build().train();
        assertThat(staged().build().evaluate().test()).isEqualTo(atOnce.test());
        TrainingRun apart = staged().build().publish();
        ModelArtifact whole = models("at-once").load(atOnce.model());
        assertThat(models("models").load(apart.model())).isEqualTo(whole);
        assertThat(apart.validation()).isEqualTo(atOnce.validation());
    }

    @Test
    void ofProcessesThatPublishTheSameAtOnceOneSavesTheModel() {
        staged().build().prepareFeatures();
        staged().build().train();
        staged().build().evaluate();
        List<List<ModelVersion>> published = Together.work(1, any -> staged().build().publish().model());
        ModelVersion first = published.get(0).get(0);
        assertThat(published).hasSizeGreaterThan(1).allSatisfy(one -> assertThat(one).containsExactly(first));
        assertThat(models("models").versions("spira")).containsExactly(first);
        assertThat(staged().rerun(true).build().run().model()).isNotEqualTo(first);
    }

    @Test
    void whatIsDoneIsSkippedAndWhatDependsOnAChangeIsNot() {
        staged().build().run();
        List<String> told = new ArrayList<>();
        PipelineListener listener = new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                if (event instanceof PipelineEvent.StageSkipped skipped) {
                    told.add("skip " + skipped.stage());
                } else if (event instanceof PipelineEvent.StageStarted started) {
                    told.add("run " + started.stage());
                }
            }
        };
        staged().listener(listener).build().run();
        assertThat(told).containsExactly("skip features", "skip train", "skip evaluate", "skip publish");
        told.clear();
        staged().listener(listener).calibrate(true).build().run();
        assertThat(told).containsExactly("skip features", "skip train", "run evaluate", "run publish");
        told.clear();
        staged().listener(listener).seed(6).build().run();
        assertThat(told).containsExactly("skip features", "run train", "run evaluate", "run publish");
        assertThat(models("models").versions("spira")).hasSize(3);
    }

    @Test
    void aBrokenOffTrainingGoesOnFromItsCheckpoint() {
        TrainingRun whole = pipeline("at-once").build().run();
        assertThatThrownBy(() -> staged().trainer(new TinyParts.Trainer(true)).build().run())
                .isInstanceOf(TrainingException.class).hasMessage("interrupted after step 2");
        assertThat(models("models").names()).isEmpty();
        List<Stage> skipped = new ArrayList<>();
        TrainingRun run = staged().listener(new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                if (event instanceof PipelineEvent.StageSkipped one) {
                    skipped.add(one.stage());
                }
            }
        }).trainer(new TinyParts.Trainer(false)).build().run();
        assertThat(skipped).containsExactly(Stage.FEATURES);
        assertThat(run.epochs()).isEqualTo(whole.epochs());
        assertThat(models("models").load(run.model())).isEqualTo(models("at-once").load(whole.model()));
        assertThat(models("work").names()).noneMatch(name -> name.startsWith("checkpoints-"));
    }
}
