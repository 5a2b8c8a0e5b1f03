package io.github.spirabr.pytorch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.MelSpectrogram;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.pytorch.ComputeDevice;
import io.github.spirabr.pytorch.Panns;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.MemoryCheckpoints;
import io.github.spirabr.training.PretrainedWeights;
import io.github.spirabr.training.SmallData;
import io.github.spirabr.training.Trainer;
import io.github.spirabr.training.engine.Safetensors;
import io.github.spirabr.training.engine.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** CNN10 from a safetensors file on recorded speech, where that is at hand: a few recordings of it. */
@Tag("slow")
class FineTuningTest {

    private static final Path SPEECH = Path.of("../../../shared/data/pause-speech");
    private static final int RATE = 16_000;
    private static final InputShape SHAPE = new InputShape(51, 64);
    private static final String[] FROZEN = {"bn0", "conv_block1", "conv_block2", "conv_block3"};

    /** Returns the arrays of a file as a published checkpoint has them: those of another head, and its weights by the formula. */
    private static byte[] checkpoint() {
        try (BlockNetwork network = PytorchNetworks.CNN10.build(SHAPE, "cpu", new SplittableRandom(1))) {
            List<Segment> layout = new ArrayList<>();
            int offset = 0;
            for (Segment one : network.layout()) {
                boolean head = one.layer().equals("fc_transfer");
                offset = Segment.add(layout, head ? one.name().replace("fc_transfer", "fc_audioset") : one.name(), offset, one.shape());
            }
            for (Segment one : network.statisticsLayout()) {
                offset = Segment.add(layout, one.name(), offset, one.shape());
            }
            return Safetensors.write(Map.of(), layout, Formula.values(layout));
        }
    }

    private static SmallData data(int... lines) throws IOException {
        List<String> rows = Files.readAllLines(SPEECH.resolve("metadata.csv"));
        FfmpegAudioReader reader = FfmpegAudioReader.builder().sampleRate(RATE).build();
        List<RecordingFeatures> recordings = new ArrayList<>();
        for (int line : lines) {
            String[] cells = rows.get(line).split(",");
            Path file = SPEECH.resolve(cells[0]);
            Label label = cells[1].equals("1") ? Label.PATIENT : Label.CONTROL;
            AudioSource source = AudioSource.ofBytes(cells[0], Files.readAllBytes(file));
            float[] samples = Arrays.copyOf(reader.read(cells[0], source).toArray(), RATE / 2);
            FeatureMatrix window = MelSpectrogram.panns16kHz().extract(Waveform.of(samples, RATE));
            recordings.add(new RecordingFeatures(new Recording(cells[0], cells[2], label, Map.of(), source), List.of(window)));
        }
        return new SmallData(recordings);
    }

    private static Map<String, byte[]> trained(CheckpointStore store, List<TrainingEvent> events) throws IOException {
        int count = Files.readAllLines(SPEECH.resolve("metadata.csv")).size() - 1;
        RandomStreams random = new RandomStreams(17);
        Trainer trainer = Trainer.builder().optimizer(Adam.of(1e-4)).layerRate("fc_transfer", 10).freeze(FROZEN)
                .pretrained(PretrainedWeights.of("panns", Map.of("Cnn10.safetensors", checkpoint())))
                .epochs(2).batchSize(3).checkpointEverySteps(1).build();
        try (TrainedModel model = trainer.train(Panns.cnn10().on(ComputeDevice.CPU).create(SHAPE, random),
                data(1, count, 3, count - 2, 5, count - 4), data(7, count - 6),
                TrainingContext.of(random, new TrainingListener() {
                    @Override
                    public void onTraining(TrainingEvent event) {
                        events.add(event);
                    }
                }).withCheckpoints(store, "run").withParallelism(Parallelism.of(1))).model()) {
            return model.state();
        }
    }

    @Test
    void frozenBlocksKeepTheirBytesAndAResumedTrainingEqualsAnUninterruptedOne() throws IOException {
        assumeTrue(Files.isDirectory(SPEECH), "needs the data set pause-speech in " + SPEECH.toAbsolutePath().normalize()
                + ", which is not part of this project; ask its maintainers for it");
        MemoryCheckpoints all = new MemoryCheckpoints();
        List<TrainingEvent> events = new ArrayList<>();
        Map<String, byte[]> whole = trained(all, events);
        TrainingEvent.WeightsLoaded loaded = events.stream().filter(TrainingEvent.WeightsLoaded.class::isInstance)
                .map(TrainingEvent.WeightsLoaded.class::cast).findFirst().orElseThrow();
        assertThat(loaded.drawn()).containsExactlyInAnyOrder("fc_transfer.weight: not stored", "fc_transfer.bias: not stored");
        String file = whole.keySet().stream().filter(name -> name.endsWith(".safetensors")).findFirst().orElseThrow();
        Safetensors before = Safetensors.read("before", checkpoint());
        Safetensors after = Safetensors.read(file, whole.get(file));
        for (String name : after.names()) {
            boolean frozen = Arrays.stream(FROZEN).anyMatch(layer -> name.startsWith(layer + "."));
            if (frozen && !name.contains("running_")) {
                assertThat(after.floats(name)).as(name).isEqualTo(before.floats(name));
            } else if (before.names().contains(name)) {
                assertThat(after.floats(name)).as(name).isNotEqualTo(before.floats(name));
            }
        }
        assertThat(all.saved).hasSizeGreaterThanOrEqualTo(3);
        assertThat(trained(all.upTo(1), new ArrayList<>())).containsAllEntriesOf(whole);
    }

    @Test
    void layersThatAreNotThereAreRefused() {
        RandomStreams random = new RandomStreams(1);
        Trainer trainer = Trainer.builder().freeze("conv_block9").build();
        assertThatThrownBy(() -> trainer.train(Panns.cnn6().on(ComputeDevice.CPU).create(SHAPE, random), new SmallData(2, 1),
                new SmallData(2, 2), TrainingContext.of(random, new TrainingListener() {})))
                .hasMessageStartingWith("freeze: must name layers of the network, which are [bn0, conv_block1.conv1, ")
                .hasMessageEndingWith("or the beginnings of these up to a dot, but was 'conv_block9'");
    }
}
