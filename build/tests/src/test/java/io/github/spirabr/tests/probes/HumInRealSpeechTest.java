package io.github.spirabr.tests.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.audio.probe.AudioMetadataOnly;
import io.github.spirabr.audio.probe.NoiseOnly;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.storage.fs.manifest.Manifest;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real speech of six people, with a hum behind the recordings that are called patients'. */
class HumInRealSpeechTest {

    private static final Path MANIFEST = Path.of("../shared/data/pause-speech/metadata.csv");
    private static final double HUM = 0.01;

    private final AudioReader reader = FfmpegAudioReader.builder().sampleRate(8000).build();

    @TempDir
    private Path folder;

    /** Every third recording, for time's sake. */
    private Dataset humming() {
        List<Recording> recordings = new ArrayList<>();
        List<Recording> all = Manifest.at(MANIFEST).load().recordings();
        for (int i = 0; i < all.size(); i += 3) {
            Recording one = all.get(i);
            float[] samples = reader.read(one.id(), one.audio()).toArray();
            for (int n = 0; n < samples.length && one.label() == Label.PATIENT; n++) {
                samples[n] += (float) (HUM * Math.sin(2 * Math.PI * 120 * n / 8000.0));
            }
            recordings.add(new Recording(one.id(), one.subject(), one.label(), one.metadata(),
                    AudioSource.ofBytes(one.id(), SyllableData.wav(samples))));
        }
        return Dataset.of("humming", recordings);
    }

    @Test
    @Tag("slow")
    void theHumIsNamed() {
        assumeTrue(Files.exists(MANIFEST), "needs the data set pause-speech with " + MANIFEST.toAbsolutePath().normalize()
                + ", which is not part of this project; ask its maintainers for it");
        Dataset dataset = humming();
        List<String> subjects = List.copyOf(dataset.subjects());
        TrainingRun run = TrainingPipeline.builder()
                .recordings(() -> dataset)
                .reader(reader)
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(2), Duration.ofSeconds(2)))
                        .extract(Mfcc.builder().coefficients(16).fftSize(256).windowLength(256).hopLength(128).build())
                        .build())
                .split(SubjectSplit.holdingOut(Set.of(subjects.get(0)), Set.copyOf(subjects.subList(1, 4))))
                .model(SpiraConv.v4().dropout(0.2).build())
                .trainer(Trainer.builder().optimizer(Adam.of(1e-3)).epochs(5).batchSize(8).build())
                .models(FileSystemModelRepository.at(folder))
                .addProbe(NoiseOnly.standard())
                .addProbe(AudioMetadataOnly.probe())
                .seed(1)
                .build()
                .run();
        ProbeResult background = run.probes().get(0);
        // Three subjects are too few for certainty, and so for more than a warning.
        assertThat(background.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(background.finding()).contains("may have learned the background in place of speech");
        ProbeResult metadata = run.probes().get(1);
        assertThat(metadata.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(metadata.measurements()).extracting(ProbeResult.Measurement::name).contains("AUROC, noise125HzDb alone");
    }
}
