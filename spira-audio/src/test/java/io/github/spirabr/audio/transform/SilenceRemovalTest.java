package io.github.spirabr.audio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SilenceRemovalTest {

    private static final int RATE = 8000;
    private static final Duration MARGIN = Duration.ofMillis(100);

    /** A tone from 0.5 to 1 s and from 1.7 to 2 s, in 3 s with a little hum. */
    private static Waveform spoken() {
        float[] samples = new float[3 * RATE];
        for (int i = 0; i < samples.length; i++) {
            double time = (double) i / RATE;
            boolean tone = time >= 0.5 && time < 1 || time >= 1.7 && time < 2;
            samples[i] = (float) ((tone ? 0.3 : 0.001) * Math.sin(2 * Math.PI * 200 * time));
        }
        return Waveform.of(samples, RATE);
    }

    private static double seconds(SilenceRemoval removal) {
        return (double) removal.apply(spoken()).length() / RATE;
    }

    @Test
    void trimmingKeepsThePause() {
        assertThat(seconds(SilenceRemoval.atEnds(Duration.ZERO))).isEqualTo(1.5, within(0.01));
        assertThat(seconds(SilenceRemoval.atEnds(MARGIN))).isEqualTo(1.7, within(0.01));
        assertThat(isPartOf(SilenceRemoval.atEnds(MARGIN).apply(spoken()).toArray(), spoken().toArray())).isTrue();
    }

    private static boolean isPartOf(float[] part, float[] whole) {
        return IntStream.rangeClosed(0, whole.length - part.length)
                .anyMatch(from -> Arrays.equals(whole, from, from + part.length, part, 0, part.length));
    }

    @Test
    void speechOnlyLeavesThePauseOut() {
        assertThat(seconds(SilenceRemoval.everywhere(Duration.ZERO, Duration.ofMillis(200)))).isEqualTo(0.8, within(0.02));
        assertThat(seconds(SilenceRemoval.everywhere(MARGIN, Duration.ofMillis(200)))).isEqualTo(1.2, within(0.02));
        assertThat(seconds(SilenceRemoval.everywhere(MARGIN, Duration.ofSeconds(1)))).isEqualTo(1.7, within(0.01));
    }

    /** Margins of 400 ms meet in the middle of the pause, and no sample is there twice. */
    @Test
    void marginsDoNotOverlap() {
        assertThat(seconds(SilenceRemoval.everywhere(Duration.ofMillis(400), Duration.ofMillis(200)))).isEqualTo(2.3, within(0.01));
    }

    @Test
    void whatHoldsNoSpeechPassesUnchanged() {
        Waveform silence = Waveform.of(new float[RATE], RATE);
        assertThat(SilenceRemoval.atEnds(MARGIN).apply(silence)).isSameAs(silence);
        assertThat(SilenceRemoval.everywhere(MARGIN, Duration.ofMillis(200)).apply(silence)).isSameAs(silence);
    }
}
