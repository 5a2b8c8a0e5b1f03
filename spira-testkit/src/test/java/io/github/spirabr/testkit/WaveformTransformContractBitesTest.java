package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Each fault that the contract is there for is found by it. */
class WaveformTransformContractBitesTest {

    private interface Part extends WaveformTransform, Verdicts.Faulty {}

    private abstract static class Contract extends WaveformTransformContract {

        @Override
        protected Components components() {
            return Verdicts.registered(WaveformTransform.class, this::create);
        }
    }

    static class Faultless extends Contract {
        @Override
        protected Part create() {
            return waveform -> Waveform.of(new float[] {waveform.sample(0) / 2}, waveform.sampleRate());
        }
    }

    @Test
    void aFaultlessPartPasses() {
        assertThat(Verdicts.failures(Faultless.class)).isEmpty();
    }

    static class RemembersTheLastSample extends Contract {
        @Override
        protected Part create() {
            float[] last = {0};
            return waveform -> {
                Waveform changed = Waveform.of(new float[] {waveform.sample(0) - last[0]}, waveform.sampleRate());
                last[0] = waveform.sample(waveform.length() - 1) + 1;
                return changed;
            };
        }
    }

    @Test
    void aFilterThatRemembersTheRecordingBefore() {
        assertThat(Verdicts.failures(RemembersTheLastSample.class)).contains("theSameSamplesGiveTheSameBits");
    }

    static class DropsSilence extends Contract {
        @Override
        protected Part create() {
            return waveform -> {
                float[] samples = waveform.toArray();
                int heard = 0;
                for (float sample : samples) {
                    if (sample != 0) {
                        samples[heard++] = sample;
                    }
                }
                return Waveform.of(Arrays.copyOf(samples, heard), waveform.sampleRate());
            };
        }
    }

    @Test
    void nothingLeftOfSilence() {
        assertThat(Verdicts.failures(DropsSilence.class)).contains("theSampleRateIsKept");
    }

    static class HalvesTheRate extends Contract {
        @Override
        protected Part create() {
            return waveform -> Waveform.of(waveform.toArray(), waveform.sampleRate() / 2);
        }
    }

    @Test
    void anotherSampleRate() {
        assertThat(Verdicts.failures(HalvesTheRate.class)).containsExactly("theSampleRateIsKept");
    }

    static class DependsOnThread extends Contract {
        @Override
        protected Part create() {
            return waveform -> Waveform.of(
                    new float[] {Thread.currentThread().getName().hashCode()}, waveform.sampleRate());
        }
    }

    @Test
    void aResultThatDependsOnTheThread() {
        assertThat(Verdicts.failures(DependsOnThread.class)).containsExactly("eightThreadsGetTheBitsOfOne");
    }
}
