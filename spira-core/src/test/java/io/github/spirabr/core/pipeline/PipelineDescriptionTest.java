package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import org.junit.jupiter.api.Test;

class PipelineDescriptionTest {

    private final TrainingPipeline pipeline =
            TestParts.pipeline(Recordings.dataset(4, 4, 1), new InMemoryModelRepository()).build();

    @Test
    void allPartsAreDescribed() {
        PipelineDescription description = pipeline.describe();
        assertThat(description.parts()).containsKeys("recordings", "reader", "window", "extract", "split", "aggregation", "model",
                "training", "models");
        assertThat(description.parts().get("window")).extracting(ComponentDescription::type).containsExactly("sliding-window");
        assertThat(description.parts().get("split").get(0).settings()).containsEntry("training", 0.5);
        assertThat(description.modelName()).isEqualTo("loud");
        assertThat(description.seed()).isEqualTo(11);
    }

    @Test
    void aChangedSettingChangesNothingElse() {
        PipelineDescription before = pipeline.describe();
        PipelineDescription after = pipeline.toBuilder().seed(12).build().describe();
        assertThat(after.seed()).isEqualTo(12);
        assertThat(after.parts()).isEqualTo(before.parts());
        assertThat(after.rejections()).isEqualTo(before.rejections());
        assertThat(after.operatingPoint()).isEqualTo(before.operatingPoint());
    }

    @Test
    void aRunIsTheSameAfterItsBuilder() {
        TrainingRun run = TestParts.pipeline(Recordings.dataset(40, 40, 1), new InMemoryModelRepository()).build().run();
        assertThat(run.toBuilder().build()).isEqualTo(run).hasSameHashCodeAs(run);
        assertThat(run.toBuilder().seed(99).build()).isNotEqualTo(run);
    }
}
