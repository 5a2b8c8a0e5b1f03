package io.github.spirabr.cli.serve;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.manifest.Manifest;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A model that was trained on the demo data for an epoch, and its recordings. */
public final class SmallModels {

    private SmallModels() {}

    /** Trains it as the version 1 of the model {@code spira}. */
    public static ModelVersion train(ModelRepository models) {
        return TrainingPipeline.builder()
                .recordings(Manifest.at(Path.of("examples/demo/metadata.csv")))
                .reader(FfmpegAudioReader.builder().sampleRate(16_000).build())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                        .extract(Mfcc.builder().coefficients(13).melBands(40).fftSize(512).windowLength(400).hopLength(160)
                                .build())
                        .build())
                .model(SpiraConv.v4().averagePooling(4).dense(8).build())
                .trainer(Trainer.builder().epochs(1).build())
                .models(models)
                .modelName("spira")
                .build()
                .run()
                .model();
    }

    /** Returns recordings to ask it about. */
    public static List<Path> recordings() {
        try (Stream<Path> files = Files.list(Path.of("examples/demo/audio"))) {
            return files.filter(file -> file.toString().endsWith(".ogg")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
