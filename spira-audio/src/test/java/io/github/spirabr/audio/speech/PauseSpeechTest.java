package io.github.spirabr.audio.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.AudioSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real speech, in which patients make long pauses and controls short ones. */
class PauseSpeechTest {

    private static final Path FOLDER = Path.of("../../shared/data/pause-speech");
    private static final int STEP = 3;
    private static final double BETWEEN_SECONDS = 0.5;

    @Test
    void theMeanPauseTellsTheClassesApart() throws IOException {
        assumeTrue(Files.exists(FOLDER), "needs the data set pause-speech in " + FOLDER.toAbsolutePath().normalize()
                + ", which is not part of this project; ask its maintainers for it");
        SpeechStatistics statistics = SpeechStatistics.builder().build();
        int meanPause = statistics.featureNames().indexOf("mean pause (s)");
        FfmpegAudioReader reader = FfmpegAudioReader.builder().sampleRate(8000).build();
        List<String> lines = Files.readAllLines(FOLDER.resolve("metadata.csv"));
        int asked = 0;
        int right = 0;
        for (int i = 1; i < lines.size(); i += STEP) {
            String[] cells = lines.get(i).split(",");
            Waveform waveform = reader.read(cells[0], AudioSource.ofBytes(cells[0], Files.readAllBytes(FOLDER.resolve(cells[0]))));
            FeatureMatrix features = statistics.extract(waveform);
            asked++;
            right += features.value(0, meanPause) > BETWEEN_SECONDS == cells[1].equals("1") ? 1 : 0;
        }
        assertThat((double) right / asked).as("share of %d recordings", asked).isGreaterThanOrEqualTo(0.95);
    }
}
