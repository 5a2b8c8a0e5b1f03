package io.github.spirabr.testkit;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The smallest parts that make a pipeline: what is loud is a patient's, and the model learns where loud begins. */
final class TinyParts {

    private static final int RATE = 100;

    private TinyParts() {}

    /** Makes 2.5 s of noise of the recording's bytes, loud if these say that it is a patient's. */
    static final class Reader implements AudioReader {

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public Waveform read(String recording, AudioSource source) {
            String content;
            try (var in = source.open()) {
                content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AudioException(recording, AudioException.Reason.UNREACHABLE, "it is gone", e);
            }
            RandomGenerator random = new RandomStreams(1).stream("samples", 0, content);
            float[] samples = new float[5 * RATE / 2];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) ((random.nextDouble() - 0.5) * (content.startsWith("PATIENT") ? 1 : 0.2));
            }
            return Waveform.of(samples, RATE);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("tiny-reader", Map.of());
        }
    }

    /** One frame with one feature, the mean magnitude. */
    static final class Loudness implements FeatureExtractor {

        @Override
        public int features() {
            return 1;
        }

        @Override
        public int frames(int samples) {
            return 1;
        }

        @Override
        public FeatureMatrix extract(Waveform waveform) {
            float sum = 0;
            for (float sample : waveform.toArray()) {
                sum += Math.abs(sample);
            }
            return FeatureMatrix.of(1, 1, new float[] {sum / waveform.length()});
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("tiny-loudness", Map.of());
        }
    }

    private record Trained(InputShape input, float level) implements TrainedModel {

        @Override
        public double[] predict(List<FeatureMatrix> windows) {
            return windows.stream()
                    .mapToDouble(window -> 1 / (1 + Math.exp(-50 * (window.value(0, 0) - level))))
                    .toArray();
        }

        @Override
        public Map<String, byte[]> state() {
            return Map.of("level", ByteBuffer.allocate(Float.BYTES).putFloat(level).array());
        }

        @Override
        public void close() {}
    }

    /** A network of one number: the level at which loud begins. */
    static final class Level implements ModelFactory {

        @Override
        public UntrainedModel create(InputShape input, RandomStreams random) {
            return new UntrainedModel() {
                @Override
                public InputShape input() {
                    return input;
                }

                @Override
                public long parameterCount() {
                    return 1;
                }

                @Override
                public TrainedModel restore(Map<String, byte[]> state) {
                    return new Trained(input, ByteBuffer.wrap(state.get("level")).getFloat());
                }
            };
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("tiny-level", Map.of());
        }
    }

    /**
     * Four epochs, a step each, with a checkpoint after each: the mean of all windows, in the order in which they come.
     *
     * @param breaksOff after the second one
     */
    record Trainer(boolean breaksOff) implements ModelTrainer {

        private static final int EPOCHS = 4;

        @Override
        public ModelTrainer.Result train(
                UntrainedModel model, TrainingData training, EvaluationData validation, TrainingContext context) {
            Checkpoint begun = context.checkpoints().flatMap(CheckpointStore::latest).map(CheckpointStore.Found::checkpoint)
                    .orElse(new Checkpoint(0, Map.of("state", new byte[2 * Float.BYTES])));
            ByteBuffer state = ByteBuffer.wrap(begun.files().get("state"));
            float level = state.getFloat();
            float count = state.getFloat();
            List<EpochSummary> epochs = new ArrayList<>();
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                epochs.add(new EpochSummary(epoch, 1.0 / epoch, Math.PI / epoch, 1));
            }
            for (int epoch = (int) begun.step() + 1; epoch <= EPOCHS; epoch++) {
                try (FeatureStream stream = training.epoch(epoch, 0)) {
                    while (stream.hasNext()) {
                        for (FeatureMatrix window : stream.next().windows()) {
                            level += (window.value(0, 0) - level) / ++count;
                        }
                    }
                }
                byte[] now = ByteBuffer.allocate(2 * Float.BYTES).putFloat(level).putFloat(count).array();
                int step = epoch;
                context.checkpoints().ifPresent(store -> store.save(new Checkpoint(step, Map.of("state", now))));
                if (breaksOff && epoch == 2) {
                    throw new TrainingException("interrupted after step 2");
                }
            }
            return new ModelTrainer.Result(new Trained(model.input(), level), epochs, EPOCHS);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("tiny-trainer", Map.of("epochs", EPOCHS));
        }
    }
}
