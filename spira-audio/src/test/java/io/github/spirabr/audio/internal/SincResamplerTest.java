package io.github.spirabr.audio.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Golden values of the three designs as released in 0.1.0: models, probe results and fingerprints depend on them. */
class SincResamplerTest {

    private static float[] signal() {
        float[] samples = new float[2000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (i * 7919L % 2003 / 2003.0 - 0.5);
        }
        return samples;
    }

    /** Compares the first sample, the eighth, the middle one and the last; the platform's sine may differ in its last bit. */
    private static void assertGolden(float[] actual, int length, float... expected) {
        assertThat(actual).hasSize(length);
        int[] places = {0, 7, length / 2, length - 1};
        for (int i = 0; i < places.length; i++) {
            assertThat(actual[places[i]]).as("sample %d", places[i]).isCloseTo(expected[i], within(1e-7f));
        }
    }

    @Test
    void betweenTwoRates() {
        assertGolden(SincResampler.between(16_000, 8000, 3800).resample(signal()), 1000,
                -0.10865868f, -0.15285644f, 0.08761956f, -0.2999647f);
        assertGolden(SincResampler.between(8000, 11_025, 3800).resample(signal()), 2756,
                -0.46275747f, 0.24323262f, 0.09369981f, -0.28385007f);
        assertGolden(SincResampler.between(16_000, 16_000, 3000).resample(signal()), 2000,
                -0.030201284f, 0.14724879f, 0.055343386f, -0.20022495f);
    }

    @Test
    void decimation() {
        assertGolden(SincResampler.decimating(3).resample(signal(), 667), 667,
                0.012290347f, -0.13361076f, 0.13575539f, -0.22851056f);
    }

    @Test
    void anotherSpeed() {
        assertGolden(SincResampler.atSpeed(signal(), 0.9), 2222, -0.5f, 0.1864208f, 0.07576773f, -0.33068162f);
        assertGolden(SincResampler.atSpeed(signal(), 1.25), 1600, -0.3524131f, 0.098671034f, 0.07118861f, -0.31546953f);
    }
}
