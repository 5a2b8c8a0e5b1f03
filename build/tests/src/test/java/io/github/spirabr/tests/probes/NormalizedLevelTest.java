package io.github.spirabr.tests.probes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.probe.Level;
import io.github.spirabr.audio.transform.LevelNormalization;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.probe.Robustness.Bounds;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.tests.probes.SyllableData.Telling;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The level of a recording changes the answers of a model, unless its preprocessing normalises the level. */
class NormalizedLevelTest {

    @TempDir
    private Path folder;

    private ProbeResult probe(Preprocessing.Builder steps) {
        Dataset dataset = SyllableData.of(Telling.SPEECH, 20, 1);
        return TrainingPipeline.builder()
                .recordings(() -> dataset)
                .reader(FfmpegAudioReader.builder().sampleRate(8000).build())
                .preprocessing(steps
                        .window(SlidingWindow.of(Duration.ofSeconds(2), Duration.ofSeconds(2)))
                        .extract(Mfcc.builder().coefficients(16).fftSize(256).windowLength(256).hopLength(128).build())
                        .build())
                .split(SubjectSplit.of(0.3, 0.2, 0.5))
                .model(SpiraConv.v4().dropout(0.2).build())
                .trainer(Trainer.builder().optimizer(Adam.of(1e-3)).epochs(2).batchSize(4).build())
                .models(FileSystemModelRepository.at(folder))
                .addProbe(Level.of(List.of(-10.0, 10.0), new Bounds(0.1, 0.1, true)))
                .seed(3)
                .build()
                .run()
                .probes().get(0);
    }

    private static List<Double> changes(ProbeResult result) {
        return result.measurements().stream()
                .filter(one -> one.name().startsWith("flipped calls") || one.name().startsWith("AUROC change"))
                .map(Measurement::value).toList();
    }

    @Test
    void withNormalizedLoudnessNoAnswerFlips() {
        ProbeResult normalized = probe(Preprocessing.builder().transform(LevelNormalization.loudness(-23)));
        assertThat(changes(normalized)).containsExactly(0.0, 0.0, 0.0, 0.0);
        assertThat(normalized.verdict()).as(normalized.toString()).isEqualTo(Verdict.PASSED);
        ProbeResult plain = probe(Preprocessing.builder());
        assertThat(plain.verdict()).as(plain.toString()).isNotEqualTo(Verdict.PASSED);
    }
}
