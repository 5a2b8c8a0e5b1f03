package io.github.spirabr.audio.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transforms whose results can be worked out by hand. */
class SimpleTransformsTest {

    private static final int RATE = 16_000;

    @Test
    void theMeanIsRemoved() {
        assertThat(DcRemoval.wholeRecording().apply(Waveform.of(new float[] {0.5f, 0.25f, 0.75f, 0.5f}, RATE)).toArray())
                .containsExactly(0, -0.25f, 0.25f, 0);
    }

    @Test
    void preEmphasisSubtractsAShareOfTheSampleBefore() {
        assertThat(PreEmphasis.of(0.5).apply(Waveform.of(new float[] {0.5f, 1, -0.5f, 0}, RATE)).toArray())
                .containsExactly(0.5f, 0.75f, -1, 0.25f);
        assertThatThrownBy(() -> PreEmphasis.of(1.5))
                .hasMessage("coefficient must be between 0 and 1, but was 1.5; the default is 0.97");
    }

    private static double gain(RateLimit limit, double frequency, int rate) {
        float[] sine = new float[2 * rate];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) Math.sin(2 * Math.PI * frequency * i / rate);
        }
        Waveform limited = limit.apply(Waveform.of(sine, rate));
        assertThat(limited.length()).isEqualTo(sine.length);
        return 10 * Math.log10(2 * Samples.power(Samples.of(limited), rate / 2, 3 * rate / 2));
    }

    @Test
    void aLowerRateLeavesNothingAboveHalfOfIt() {
        for (int own : List.of(16_000, 22_050, 44_100, 48_000)) {
            for (double frequency : List.of(200.0, 1000.0, 3000.0, 3200.0)) {
                assertThat(gain(RateLimit.of(8000), frequency, own)).as("%s Hz at %s Hz", frequency, own).isEqualTo(0, within(0.02));
            }
            for (double frequency : List.of(4000.0, 4500.0, 6000.0, 7500.0)) {
                assertThat(gain(RateLimit.of(8000), frequency, own)).as("%s Hz at %s Hz", frequency, own).isLessThan(-60);
            }
        }
    }

    @Test
    void aRateThatIsNotHigherPassesUnchanged() {
        Waveform narrow = Waveform.of(new float[] {0.5f, -0.5f}, 8000);
        assertThat(RateLimit.of(8000).apply(narrow)).isSameAs(narrow);
        assertThat(RateLimit.of(11_025).apply(narrow)).isSameAs(narrow);
        assertThatThrownBy(() -> RateLimit.of(999))
                .hasMessage("rate must be between 1000 and 384000 Hz, but was 999 Hz; the default is 8000");
    }
}
