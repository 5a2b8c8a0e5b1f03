package io.github.spirabr.benchmarks.training;

import io.github.spirabr.audio.augment.Gain;
import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.training.TrainingEvent;
import io.github.spirabr.model.Adam;
import io.github.spirabr.model.Dl4jTrainer;
import io.github.spirabr.model.SpiraConv;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Trains SpiraConv V2 on made-up recordings of 10 s, which are decoded, changed in loudness and made features of anew in
 * each epoch, nothing being kept in memory; prints the share of the time in which training did not wait for features,
 * and the largest resident memory of the process. Arguments: the number of recordings, and of epochs.
 */
public final class WholeTraining {

    private static final int SAMPLE_RATE = 16_000;
    private static final int SAMPLES = 10 * SAMPLE_RATE;
    private static final int WAV_HEADER = 44;

    private WholeTraining() {}

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
                .recordings(() -> dataset(recordings))
                .reader(FfmpegAudioReader.builder().sampleRate(SAMPLE_RATE).build())
                .preprocessing(Preprocessing.builder()
                        .augment(Gain.of(-6, 6))
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1)))
                        .extract(Mfcc.builder().coefficients(40).melBands(40).fftSize(1200).windowLength(400)
                                .hopLength(160).build())
                        .build())
                .model(SpiraConv.v2())
                .trainer(Dl4jTrainer.builder().optimizer(Adam.of(1e-3)).epochs(epochs).batchSize(4).build())
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

    private static Dataset dataset(int count) {
        List<Recording> recordings = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            int seed = r;
            String id = "made-up-" + r;
            recordings.add(new Recording(id, "subject-" + r, Label.values()[r % 2], Map.of(),
                    AudioSource.of(id, () -> wav(seed))));
        }
        return Dataset.of("made-up", recordings);
    }

    /** Noise that fades in and out, 16 bits a sample. */
    private static InputStream wav(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer bytes = ByteBuffer.allocate(WAV_HEADER + Short.BYTES * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(bytes.capacity() - 8);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1).putShort((short) 1);
        bytes.putInt(SAMPLE_RATE).putInt(Short.BYTES * SAMPLE_RATE).putShort((short) Short.BYTES).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(Short.BYTES * SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            double loudness = 0.5 + 0.5 * Math.sin(i / 3000.0 + seed);
            bytes.putShort((short) (8000 * loudness * (random.nextDouble() - 0.5)));
        }
        return new ByteArrayInputStream(bytes.array());
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
