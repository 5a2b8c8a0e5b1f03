package io.github.spirabr.core.continuous;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.parts.PartProvider;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.core.work.Parallelism;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Noise whose loudness is the class, and a network of two numbers that learns which is which from the labels. A recording's
 * bytes say {@code LEVEL SEED CODEC}.
 */
final class LoudSpeech {

    static final AtomicInteger TRAININGS = new AtomicInteger();

    private LoudSpeech() {}

    /** A recording whose bytes are this text. */
    static Recording of(String id, String subject, Label label, Map<String, String> metadata, String text) {
        return new Recording(id, subject, label, metadata,
                AudioSource.ofBytes(id, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Speech of a class: patients are twice as loud on the average, but not always. */
    static String speech(Label label, String id, double gain) {
        RandomGenerator random = new RandomStreams(5).stream("level", 0, id);
        double level = (label == Label.PATIENT ? 0.4 : 0.2) + 0.1 * (random.nextDouble() - 0.5);
        return gain * level + " " + id + " wav";
    }

    static final class Reader implements AudioReader {

        private final double gain;

        Reader() {
            this(1);
        }

        /** @param gain of which its description says nothing */
        Reader(double gain) {
            this.gain = gain;
        }

        @Override
        public int sampleRate() {
            return 100;
        }

        @Override
        public Waveform read(String recording, AudioSource source) {
            String[] words;
            try (var in = source.open()) {
                words = new String(in.readAllBytes(), StandardCharsets.UTF_8).split(" ");
            } catch (IOException e) {
                throw new AudioException(recording, AudioException.Reason.UNREACHABLE, "gone", e);
            }
            if (words.length != 3) {
                throw new AudioException(recording, AudioException.Reason.NOT_AUDIO, "this is no audio", null);
            }
            RandomGenerator random = new RandomStreams(1).stream("samples", 0, words[1]);
            float[] samples = new float[250];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) ((random.nextDouble() - 0.5) * gain * Double.parseDouble(words[0]));
            }
            return Waveform.of(samples, sampleRate());
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("loud", Map.of());
        }
    }

    static final class Inspector implements RecordingInspector {

        @Override
        public RecordingFacts inspect(Recording recording) {
            Waveform waveform = new Reader().read(recording.id(), recording.audio());
            ByteBuffer sound = ByteBuffer.allocate(4 * waveform.length());
            for (float sample : waveform.toArray()) {
                sound.putFloat(sample);
            }
            try (var in = recording.audio().open()) {
                byte[] bytes = in.readAllBytes();
                return new RecordingFacts(recording, FileDigest.of(bytes).sha256(), FileDigest.of(sound.array()).sha256(),
                        waveform.duration(), Map.of("codec", new String(bytes, StandardCharsets.UTF_8).split(" ")[2]),
                        Map.of());
            } catch (IOException e) {
                throw new AudioException(recording.id(), AudioException.Reason.UNREACHABLE, "gone", e);
            }
        }
    }

    private record Line(InputShape input, float middle, float slope) implements TrainedModel {

        @Override
        public double[] predict(List<FeatureMatrix> windows) {
            return windows.stream()
                    .mapToDouble(window -> 1 / (1 + Math.exp(-slope * (window.value(0, 0) - middle))))
                    .toArray();
        }

        @Override
        public Map<String, byte[]> state() {
            return Map.of("line", ByteBuffer.allocate(8).putFloat(middle).putFloat(slope).array());
        }

        @Override
        public void close() {}
    }

    static final class LineFactory implements ModelFactory {

        private final double tolerance;

        LineFactory(double tolerance) {
            this.tolerance = tolerance;
        }

        @Override
        public double machineTolerance() {
            return tolerance;
        }

        @Override
        public UntrainedModel create(InputShape input, RandomStreams random) {
            return new UntrainedModel() {
                @Override
                public InputShape input() {
                    return input;
                }

                @Override
                public long parameterCount() {
                    return 2;
                }

                @Override
                public TrainedModel restore(Map<String, byte[]> state) {
                    ByteBuffer line = ByteBuffer.wrap(state.get("line"));
                    return new Line(input, line.getFloat(), line.getFloat());
                }
            };
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("line", Map.of());
        }
    }

    /** Puts the middle between the classes' means; the mean of fewer recordings is less sure. */
    static final class MeansTrainer implements ModelTrainer {

        private final double steepness;
        private final String trouble;

        /** @param trouble {@code fails} or something else */
        MeansTrainer(double steepness, String trouble) {
            this.steepness = steepness;
            this.trouble = trouble;
        }

        @Override
        public ModelTrainer.Result train(
                UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
            TRAININGS.incrementAndGet();
            if (trouble.equals("fails")) {
                throw new IllegalStateException("the training broke");
            }
            float[] sums = new float[2];
            int[] counts = new int[2];
            try (FeatureStream stream = training.epoch(1, 0)) {
                while (stream.hasNext()) {
                    RecordingFeatures next = stream.next();
                    for (FeatureMatrix window : next.windows()) {
                        sums[next.recording().label().code()] += window.value(0, 0);
                        counts[next.recording().label().code()]++;
                    }
                }
            }
            float controls = sums[0] / counts[0];
            float patients = sums[1] / counts[1];
            float slope = (float) (patients < controls ? -steepness : steepness);
            TrainedModel line = new Line(model.input(), (controls + patients) / 2, slope);
            return new ModelTrainer.Result(line, List.of(new EpochSummary(1, 0, 0, 1)), 1);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("means", Map.of("steepness", steepness));
        }
    }

    /**
     * @param trouble {@code fails} in training, {@code lies} about its reader, {@code rounds} as another processor does, which
     *     its network allows for, or empty
     */
    static TrainingPipeline.Builder pipeline(double steepness, String trouble) {
        return TrainingPipeline.builder()
                .baseline(false)
                .reader(new Reader(trouble.equals("lies") ? 1.1 : trouble.equals("rounds") ? 1 + 1e-6 : 1))
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                        .extract(new Loudness())
                        .build())
                .model(new LineFactory(trouble.equals("rounds") ? 1e-4 : 0))
                .trainer(new MeansTrainer(steepness, trouble))
                .parallelism(Parallelism.of(2));
    }

    static Components components() {
        return Components.of(List.of(
                new SlidingWindow.Provider(),
                new PartProvider<>(AudioReader.class, "loud", settings -> new Reader()),
                new PartProvider<>(FeatureExtractor.class, "loudness", settings -> new Loudness()),
                new PartProvider<>(ModelFactory.class, "line", settings -> new LineFactory(0))));
    }
}
