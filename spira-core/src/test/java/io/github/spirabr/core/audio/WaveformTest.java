package io.github.spirabr.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaveformTest {

    @Test
    void cannotBeChangedFromOutside() {
        float[] samples = {0.1f, 0.2f};
        Waveform waveform = Waveform.of(samples, 2);
        samples[0] = 9;
        waveform.toArray()[1] = 9;
        assertThat(waveform.toArray()).containsExactly(0.1f, 0.2f);
        assertThat(waveform.duration()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatLiesPastTheEndIsSilence() {
        float[] target = {7, 7, 7, 7, 7};
        Waveform.of(new float[] {1, 2, 3}, 8000).copyTo(2, target, 1, 3);
        assertThat(target).containsExactly(7, 3, 0, 0, 7);
        Waveform.of(new float[] {1, 2, 3}, 8000).copyTo(10, target, 0, 2);
        assertThat(target).containsExactly(0, 0, 0, 0, 7);
    }

    @Test
    void nothingAndNoNumbersAreRefused() {
        assertThatThrownBy(() -> Waveform.of(new float[0], 8000)).hasMessageContaining("at least one sample");
        assertThatThrownBy(() -> Waveform.of(new float[] {0, Float.NaN}, 8000)).hasMessageContaining("sample 1 of 2 is NaN");
        assertThatThrownBy(() -> Waveform.of(new float[1], 0)).hasMessageContaining("0 Hz");
    }

    @Test
    void aMessageShowsItsLengthAndRate() {
        assertThat(Waveform.of(new float[3], 8000)).hasToString("Waveform[3 samples at 8000 Hz]");
    }
}
