package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.log.CapturedLog;
import io.github.spirabr.core.log.CapturedLog.Line;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** What a run says in the log, and that it says for which run. */
class RunLogTest {

    private final InMemoryModelRepository models = new InMemoryModelRepository();

    private TrainingPipeline.Builder pipeline(Dataset dataset) {
        return TestParts.pipeline(dataset, models);
    }

    @Test
    void aRunSaysWhatItDoesAndEveryLineNamesIt() {
        TrainingRun[] run = new TrainingRun[1];
        List<Line> lines = CapturedLog.of(() -> run[0] = pipeline(Recordings.dataset(8, 8, 1)).build().run());
        String id = run[0].identity().substring(0, 12);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.run()).isEqualTo(id);
            assertThat(line.message()).startsWith("run " + id + ": ");
            assertThat(line.logger()).isEqualTo(TrainingPipeline.class.getName());
        });
        assertThat(lines).filteredOn(line -> line.level() == Level.INFO).extracting(line -> line.message().substring(18))
                .startsWith("starts [features, train, evaluate, publish] on 16 recordings of 16 subjects in test data",
                        "8 recordings for training, 4 for validation, 4 for test")
                .contains("accuracy 1.0 on 4 recordings not seen in training")
                .endsWith("saved loud version 1 in memory:loud/000001", "done");
        assertThat(lines).allMatch(line -> line.level() != Level.WARN && line.level() != Level.ERROR);
        assertThat(MDC.get("run")).isNull();
    }

    @Test
    void theSameRunHasTheSameIdAndAnotherSeedAnother() {
        String once = id(11);
        assertThat(id(11)).isEqualTo(once);
        assertThat(id(12)).isNotEqualTo(once);
    }

    private String id(long seed) {
        return CapturedLog.of(() -> pipeline(Recordings.dataset(8, 8, 1)).seed(seed).build().run()).get(0).run();
    }

    @Test
    void whoseContextItWasIsThereAgain() {
        MDC.put("run", "another");
        try {
            pipeline(Recordings.dataset(8, 8, 1)).build().run();
            assertThat(MDC.get("run")).isEqualTo("another");
        } finally {
            MDC.remove("run");
        }
    }

    @Test
    void aRunThatBreaksOffSaysSo() {
        List<Line> lines = CapturedLog.of(() -> assertThatThrownBy(() -> pipeline(Recordings.dataset(8, 8, 1))
                .listener(new PipelineListener() {
                    @Override
                    public void onPipeline(PipelineEvent event) {
                        if (event instanceof PipelineEvent.Evaluated) {
                            throw new IllegalStateException("stopped here");
                        }
                    }
                }).build().run()).hasMessage("stopped here"));
        assertThat(lines.get(lines.size() - 1).message()).endsWith(": ends before its work is done");
    }

    @Test
    void aLookForWhatIsDoneIsSilent() {
        TrainingPipeline pipeline = pipeline(Recordings.dataset(8, 8, 1)).build();
        pipeline.run();
        assertThat(CapturedLog.of(() -> assertThat(pipeline.findDone()).isPresent())).isEmpty();
    }
}
