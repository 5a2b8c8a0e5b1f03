package io.github.spirabr.tests;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.manifest.Manifest;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A program that trains SpiraConv or predicts with it, and needs core, audio, training and a storage module only. */
final class SlimService {

    private SlimService() {}

    /** Arguments: {@code train}, the manifest and the models; or {@code predict}, the models and a folder of recordings. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("train")) {
            train(Path.of(arguments[1]), Path.of(arguments[2]));
        } else {
            predict(Path.of(arguments[1]), Path.of(arguments[2]));
        }
    }

    private static void train(Path manifest, Path models) {
        TrainingPipeline.builder()
                .recordings(Manifest.at(manifest))
                .reader(FfmpegAudioReader.builder().sampleRate(8000).build())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(2)))
                        .extract(Mfcc.builder().coefficients(8).melBands(20).fftSize(512).windowLength(400).hopLength(400)
                                .build())
                        .build())
                .model(SpiraConv.v2())
                .trainer(Trainer.builder().epochs(2).build())
                .models(FileSystemModelRepository.at(models))
                .build()
                .run();
    }

    private static void predict(Path models, Path folder) throws IOException {
        List<Path> recordings;
        try (Stream<Path> files = Files.list(folder)) {
            recordings = files.sorted().toList();
        }
        try (Predictor predictor = Predictor.open(FileSystemModelRepository.at(models), new ModelVersion("spira", 1))) {
            for (Path recording : recordings) {
                Prediction answer = predictor.predict(recording.getFileName().toString(), Files.readAllBytes(recording));
                System.out.println(recording.getFileName() + " " + answer.probability() + " "
                        + answer.windowProbabilities());
            }
        }
    }
}
