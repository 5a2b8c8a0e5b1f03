package org.example.spira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import io.github.spirabr.testkit.WaveformTransformContract;
import net.jqwik.api.Example;

class PreEmphasisTest extends WaveformTransformContract {

    @Override
    protected WaveformTransform create() {
        return PreEmphasis.of(0.9);
    }

    @Example
    void subtractsAShareOfTheSampleBefore() {
        Waveform waveform = Waveform.of(new float[] {0.5f, 1, -0.5f, 0}, 16_000);
        assertThat(PreEmphasis.of(0.5).apply(waveform).toArray()).containsExactly(0.5f, 0.75f, -1, 0.25f);
    }

    @Example
    void refusesACoefficientAboveOne() {
        assertThatThrownBy(() -> PreEmphasis.of(1.5))
                .hasMessage("coefficient must be between 0 and 1, but was 1.5; the default is 0.97");
    }
}
