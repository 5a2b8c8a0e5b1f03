package io.github.spirabr.tests;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A program that trains SpiraConv on synthetic recordings, as often as it is told at the same time. */
final class ManyTrainings {

    private static final int RATE = 4000;
    private static final int FEATURES = 40;

    private ManyTrainings() {}

    /** Arguments: a folder of models, and the numbers of trainings and of recordings of each. Prints a line for each training. */
    public static void main(String[] arguments) throws Exception {
        ModelRepository models = FileSystemModelRepository.at(Path.of(arguments[0]));
        int trainings = Integer.parseInt(arguments[1]);
        int recordings = Integer.parseInt(arguments[2]);
        ExecutorService threads = Executors.newFixedThreadPool(trainings);
        try {
            List<Future<TrainingRun>> runs = new ArrayList<>();
            for (int i = 0; i < trainings; i++) {
                TrainingPipeline pipeline = pipeline(models, "model-" + i, recordings);
                runs.add(threads.submit(pipeline::run));
            }
            for (Future<TrainingRun> run : runs) {
                System.out.println("trained " + run.get().test().logLoss());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static TrainingPipeline pipeline(ModelRepository models, String name, int recordings) {
        List<Recording> all = IntStream.range(0, recordings)
                .mapToObj(i -> new Recording(
                        "recording " + i,
                        "subject " + i,
                        i % 2 == 0 ? Label.CONTROL : Label.PATIENT,
                        Map.of(),
                        AudioSource.ofBytes("recording " + i, new byte[] {(byte) i, (byte) (i >> 8)})))
                .toList();
        return TrainingPipeline.builder()
                .recordings(() -> Dataset.of("synthetic", all))
                .reader(new Noise())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(4)))
                        .extract(new Samples())
                        .build())
                .split(SubjectSplit.of(0.1, 0.1, 0.8))
                .model(SpiraConv.v2())
                .trainer(Trainer.builder().epochs(1).build())
                .parallelism(Parallelism.of(2))
                .models(models)
                .modelName(name)
                .build();
    }

    /** Four seconds of noise for each recording. */
    private record Noise() implements AudioReader {

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public Waveform read(String recording, AudioSource source) {
            Random random = new Random(recording.hashCode());
            float[] samples = new float[4 * RATE];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = random.nextFloat() - 0.5f;
            }
            return Waveform.of(samples, RATE);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("noise", Map.of());
        }
    }

    /** The samples themselves, as frames of {@value #FEATURES} features. */
    private record Samples() implements FeatureExtractor {

        @Override
        public int features() {
            return FEATURES;
        }

        @Override
        public int frames(int samples) {
            return samples / FEATURES;
        }

        @Override
        public FeatureMatrix extract(Waveform waveform) {
            return FeatureMatrix.of(frames(waveform.length()), FEATURES, waveform.toArray());
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("samples", Map.of());
        }
    }
}
