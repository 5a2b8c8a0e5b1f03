package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.model.Aggregation;
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
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.FixedLength;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelRepository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Small parts that really do something: loud recordings are patients', and the model learns where loud begins. */
public final class TestParts {

    /** Models that are not closed. */
    public static final AtomicInteger OPEN = new AtomicInteger();

    private TestParts() {}

    /**
     * Patients' ids begin with p and are loud; an id that ends in "bad" cannot be read. A recording is of 2.5 s, but of
     * 0.5 s or 4 s if its id ends in "short" or "long". It is silent, overdriven or so uneven as no
     * other one if it ends in "silent", "clipped" or "uneven".
     */
    public static final class IdReader implements AudioReader {

        final AtomicInteger reads = new AtomicInteger();

        @Override
        public int sampleRate() {
            return 100;
        }

        @Override
        public Waveform read(String recording, AudioSource source) {
            String id;
            try (var in = source.open()) {
                id = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AudioException(recording, AudioException.Reason.UNREACHABLE, "gone", e);
            }
            if (id.endsWith("bad")) {
                throw new AudioException(recording, AudioException.Reason.NOT_AUDIO, "this is no audio", null);
            }
            reads.incrementAndGet();
            RandomGenerator random = new RandomStreams(1).stream("samples", 0, id);
            float[] samples = new float[id.endsWith("short") ? 50 : id.endsWith("long") ? 400 : 250];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) ((random.nextDouble() - 0.5) * gain(id, 2 * i < samples.length));
            }
            AudioPart part = source.part();
            return Waveform.of(Arrays.copyOfRange(samples, (int) part.firstSample(sampleRate()),
                    (int) Math.min(samples.length, part.endSample(sampleRate()))), sampleRate());
        }

        private static double gain(String id, boolean begins) {
            if (id.endsWith("silent")) {
                return 0;
            }
            if (id.endsWith("clipped")) {
                return 2.2;
            }
            return id.endsWith("uneven") ? begins ? 1.8 : 0.02 : id.startsWith("p") ? 1 : 0.2;
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("ids", Map.of());
        }
    }

    /** Scales by a fixed factor, and leaves the first samples out. */
    public record FixedGain(double gain, int leftOut) implements WaveformTransform {

        @Override
        public Waveform apply(Waveform waveform) {
            float[] samples = new float[waveform.length() - leftOut];
            waveform.copyTo(leftOut, samples, 0, samples.length);
            for (int i = 0; i < samples.length; i++) {
                samples[i] *= (float) gain;
            }
            return Waveform.of(samples, waveform.sampleRate());
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("fixed-gain", Map.of("gain", gain, "leftOut", leftOut));
        }
    }

    /** Scales by a factor drawn for each epoch and recording. */
    public static final class RandomGain implements Augmentation {

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            float[] samples = waveform.toArray();
            float gain = (float) (0.9 + 0.2 * random.nextDouble());
            for (int i = 0; i < samples.length; i++) {
                samples[i] *= gain;
            }
            return Waveform.of(samples, waveform.sampleRate());
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("gain", Map.of());
        }
    }

    private record Threshold(InputShape input, float level, AtomicInteger open) implements TrainedModel {

        Threshold(InputShape input, float level) {
            this(input, level, new AtomicInteger(1));
            OPEN.incrementAndGet();
        }

        @Override
        public double[] predict(List<FeatureMatrix> windows) {
            if (open.get() == 0) {
                throw new IllegalStateException("the model is closed");
            }
            return windows.stream()
                    .mapToDouble(window -> 1 / (1 + Math.exp(-50 * (window.value(0, 0) - level))))
                    .toArray();
        }

        @Override
        public Map<String, byte[]> state() {
            return Map.of("level", ByteBuffer.allocate(4).putFloat(level).array());
        }

        @Override
        public void close() {
            if (open.getAndSet(0) == 1) {
                OPEN.decrementAndGet();
            }
        }
    }

    public static final class ThresholdFactory implements ModelFactory {

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
                    return new Threshold(input, ByteBuffer.wrap(state.get("level")).getFloat());
                }
            };
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("threshold", Map.of());
        }
    }

    /** Learns the mean level, summed in the order in which recordings come, which a wrong order would change. */
    public static final class MeanTrainer implements ModelTrainer {

        @Override
        public ModelTrainer.Result train(
                UntrainedModel model,
                TrainingData training,
                EvaluationData validation,
                TrainingContext context) {
            float level = 0;
            int count = 0;
            for (int epoch = 1; epoch <= 3; epoch++) {
                try (FeatureStream stream = training.epoch(epoch, 0)) {
                    while (stream.hasNext()) {
                        RecordingFeatures next = stream.next();
                        for (FeatureMatrix window : next.windows()) {
                            level += (window.value(0, 0) - level) / ++count;
                        }
                    }
                }
            }
            return new ModelTrainer.Result(new Threshold(model.input(), level), List.of(new EpochSummary(1, 0, 0, 1)), 1);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("mean", Map.of("epochs", 3));
        }
    }

    /** A pipeline of these parts; the windows of a recording overlap by half. */
    public static TrainingPipeline.Builder pipeline(Dataset dataset, ModelRepository models) {
        return TrainingPipeline.builder()
                .recordings(() -> dataset)
                .reader(new IdReader())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500)))
                        .extract(new Loudness())
                        .build())
                .split(SubjectSplit.of(0.5, 0.25, 0.25))
                .model(new ThresholdFactory())
                .trainer(new MeanTrainer())
                .models(models)
                .modelName("loud")
                .baseline(false)
                .seed(11);
    }

    public static Components components() {
        List<ComponentProvider<?>> all = new ArrayList<>(List.of(
                new SlidingWindow.Provider(),
                new FixedLength.Provider(),
                new PartProvider<>(AudioReader.class, "ids", settings -> new IdReader()),
                new PartProvider<>(WaveformTransform.class, "fixed-gain",
                        settings -> new FixedGain(settings.number("gain"), settings.integer("leftOut")),
                        Setting.number("gain", "Factor of all samples."), Setting.integer("leftOut", "Samples that are cut.")),
                new PartProvider<>(FeatureExtractor.class, "loudness", settings -> new Loudness()),
                new PartProvider<>(ModelFactory.class, "threshold", settings -> new ThresholdFactory())));
        for (ComponentProvider<?> each : ServiceLoader.load(ComponentProvider.class)) {
            if (each.port() == Aggregation.class) {
                all.add(each);
            }
        }
        return Components.of(all);
    }
}
