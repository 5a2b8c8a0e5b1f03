package io.github.spirabr.tests.probes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.probe.AudioMetadataOnly;
import io.github.spirabr.audio.probe.NoiseOnly;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.tests.probes.SyllableData.Telling;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both models have good metrics on recordings of held-out subjects; only one of them has learned speech. */
@Tag("slow")
class BackgroundIsCalledOutTest {

    @TempDir
    private Path folder;

    private TrainingRun run(Telling telling) {
        Dataset dataset = SyllableData.of(telling, 100, 1);
        return TrainingPipeline.builder()
                .recordings(() -> dataset)
                .reader(FfmpegAudioReader.builder().sampleRate(8000).build())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(2), Duration.ofSeconds(2)))
                        .extract(Mfcc.builder().coefficients(16).fftSize(256).windowLength(256).hopLength(128).build())
                        .build())
                .split(SubjectSplit.of(0.22, 0.11, 0.67))
                .model(SpiraConv.v4().dropout(0.2).build())
                .trainer(Trainer.builder().optimizer(Adam.of(1e-3)).epochs(8).batchSize(8).build())
                .models(FileSystemModelRepository.at(folder))
                .addProbe(NoiseOnly.standard())
                .addProbe(AudioMetadataOnly.probe())
                .baseline(false)
                .seed(3)
                .build()
                .run();
    }

    private static ProbeResult probe(TrainingRun run, String name) {
        return run.probes().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void aModelThatHasLearnedTheBackgroundFailsTheGate() {
        TrainingRun run = run(Telling.BACKGROUND);
        assertThat(run.test().value(Metric.AUROC)).isGreaterThan(0.95);
        assertThat(probe(run, "noise-only").verdict()).isEqualTo(Verdict.FAILED);
        assertThat(probe(run, "noise-only").finding()).contains("it has learned the background in place of speech");
        // The hum is named, too.
        assertThat(probe(run, "metadata-only").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(probe(run, "metadata-only").finding()).contains("the strongest single one is 'noise125HzDb'");
        assertThat(run.probeSummary().passes()).isFalse();
        assertThat(run.probeSummary()).hasToString("1 failed (noise-only), 1 to be looked at (metadata-only)");
    }

    @Test
    void aModelThatHasLearnedSpeechPassesTheGate() {
        TrainingRun run = run(Telling.SPEECH);
        assertThat(run.test().value(Metric.AUROC)).isGreaterThan(0.95);
        assertThat(probe(run, "noise-only").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(run.probeSummary().passes()).isTrue();
    }
}
