package io.github.spirabr.benchmarks.prediction;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.benchmarks.training.MadeUpRecordings;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** SpiraConv V2 on windows of 4 s, one every second, of 40 MFCCs, as published; trained for an epoch, and opened. */
final class PublishedModel {

    private static final int RECORDINGS = 20;

    private PublishedModel() {}

    static Predictor open() {
        try {
            Path folder = Files.createTempDirectory("spira-benchmark");
            try {
                ModelRepository models = FileSystemModelRepository.at(folder);
                return Predictor.open(models, pipeline(models).run().model());
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrainingPipeline pipeline(ModelRepository models) {
        return TrainingPipeline.builder()
                .recordings(() -> MadeUpRecordings.dataset(RECORDINGS))
                .reader(FfmpegAudioReader.builder().sampleRate(MadeUpRecordings.SAMPLE_RATE).build())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1)))
                        .extract(Mfcc.builder().coefficients(40).melBands(40).fftSize(1200).windowLength(400)
                                .hopLength(160).build())
                        .build())
                .model(SpiraConv.v2())
                .trainer(Trainer.builder().optimizer(Adam.of(1e-3)).epochs(1).batchSize(4).build())
                .models(models)
                .build();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
