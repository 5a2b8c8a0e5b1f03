package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.quality.AudioInspector;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.pipeline.InspectedDataset;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.storage.fs.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real speech to which a faint hum is added, of patients only. */
class MisleadingSpeechTest {

    private static final Path SPEECH = Path.of("../shared/data/pause-speech/metadata.csv");
    private static final int RATE = 8000;
    private static final double HUM = 0.002;

    /** Adds the hum where the source's name asks for it. */
    private record Humming(AudioReader reader) implements AudioReader {

        @Override
        public int sampleRate() {
            return reader.sampleRate();
        }

        @Override
        public Waveform read(String recording, AudioSource source) {
            Waveform waveform = reader.read(recording, source);
            if (!source.name().equals("humming")) {
                return waveform;
            }
            float[] samples = waveform.toArray();
            for (int i = 0; i < samples.length; i++) {
                samples[i] += (float) (HUM * Math.sin(2 * Math.PI * 60 * i / RATE));
            }
            return Waveform.of(samples, RATE);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("humming", Map.of());
        }
    }

    private static List<String> suspects(List<Recording> recordings) {
        AudioInspector inspector = AudioInspector.of(
                new Humming(FfmpegAudioReader.builder().sampleRate(RATE).build()));
        InspectedDataset inspected =
                InspectedDataset.of(Dataset.of("speech", recordings), inspector, Parallelism.of(2), done -> { });
        return DatasetInspection.of(inspected.facts()).suspects().stream().map(DatasetInspection.Property::name).collect(Collectors.toList());
    }

    @Test
    void theHumIsNamedAndWithoutItNone() {
        Assumptions.assumeTrue(Files.isRegularFile(SPEECH),
                "needs the data set pause-speech with " + SPEECH.toAbsolutePath().normalize()
                + ", which is not part of this project; ask its maintainers for it");
        List<Recording> recordings = Manifest.at(SPEECH).load().recordings();
        assertThat(suspects(recordings)).doesNotContain("noise63HzDb");
        List<Recording> misleading = recordings.stream()
                .map(one -> one.label() == Label.CONTROL ? one : new Recording(one.id(), one.subject(), one.label(),
                        one.metadata(), AudioSource.of("humming", one.audio()::open)))
                .toList();
        assertThat(suspects(misleading)).contains("noise63HzDb");
    }
}
