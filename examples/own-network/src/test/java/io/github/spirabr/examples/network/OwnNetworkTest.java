package io.github.spirabr.examples.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class OwnNetworkTest {

    @TempDir
    private Path folder;

    @Test
    void anOwnNetworkIsTrainedSavedAndAsked() {
        ModelRepository models = FileSystemModelRepository.at(folder);
        TrainingRun run = OwnNetwork.pipeline(Path.of("examples/demo/metadata.csv"), models, 1).run();
        assertThat(run.epochs()).hasSize(1);
        Recording recording = run.split().test().recordings().get(0);
        try (Predictor predictor = Predictor.open(models, run.model())) {
            double probability = predictor.predict(recording.id(), recording.audio()).probability().orElseThrow();
            assertThat(probability).isEqualTo(run.test().scores().get(0).probability());
        }
    }
}
