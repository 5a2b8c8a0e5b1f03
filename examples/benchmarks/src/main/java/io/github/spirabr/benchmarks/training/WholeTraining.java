package io.github.spirabr.benchmarks.training;

import io.github.spirabr.audio.augment.Gain;
import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trains SpiraConv V2 on made-up recordings of 10 s, which are decoded, changed in loudness and made features of anew in
 * each epoch, nothing being kept in memory; prints the share of the time in which training did not wait for features,
 * and the largest resident memory of the process. Arguments: the number of recordings, and of epochs.
 */
public final class WholeTraining {

    private WholeTraining() {}

    /** Trains, and prints one line. */
    public static void main(String[] arguments) throws IOException {
        int recordings = Integer.parseInt(arguments[0]);
        int epochs = Integer.parseInt(arguments[1]);
        Path models = Files.createTempDirectory("spira-benchmark");
        List<TrainingEvent.Ended> ends = new ArrayList<>();
        try {
            pipeline(recordings, epochs, models, ends).run();
        } finally {
            delete(models);
        }
        TrainingEvent.Ended end = ends.get(0);
        double elapsed = end.elapsed().toNanos() / 1e9;
        double busy = 1 - end.waited().toNanos() / 1e9 / elapsed;
        System.out.printf("recordings %d seconds %.1f busy %.3f megabytes %d%n",
                recordings, elapsed, busy, residentKilobytes() / 1024);
    }

    private static TrainingPipeline pipeline(
            int recordings, int epochs, Path models, List<TrainingEvent.Ended> ends) {
        return TrainingPipeline.builder()
                .recordings(() -> MadeUpRecordings.dataset(recordings))
                .reader(FfmpegAudioReader.builder().sampleRate(MadeUpRecordings.SAMPLE_RATE).build())
                .preprocessing(Preprocessing.builder()
                        .augment(Gain.of(-6, 6))
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1)))
                        .extract(Mfcc.builder().coefficients(40).melBands(40).fftSize(1200).windowLength(400)
                                .hopLength(160).build())
                        .build())
                .model(SpiraConv.v2())
                .trainer(Trainer.builder().optimizer(Adam.of(1e-3)).epochs(epochs).batchSize(4).build())
                .models(FileSystemModelRepository.at(models))
                .cacheBytes(0)
                .listener(new PipelineListener() {
                    @Override
                    public void onTraining(TrainingEvent event) {
                        if (event instanceof TrainingEvent.Ended end) {
                            ends.add(end);
                        }
                    }
                })
                .build();
    }

    /** As Linux counts it. */
    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
