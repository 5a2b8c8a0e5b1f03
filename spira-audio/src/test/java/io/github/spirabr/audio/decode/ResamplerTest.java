package io.github.spirabr.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The quality that the reader's documentation promises, measured with tones, tones above Nyquist and impulses. */
class ResamplerTest {

    private static float[] tone(double hertz, int rate, int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) Math.sin(2 * Math.PI * hertz * i / rate);
        }
        return samples;
    }

    private static float[] resample(float[] samples, int length, int from, int to) {
        return inBlocks(samples, length, from, to, length);
    }

    private static float[] inBlocks(float[] samples, int length, int from, int to, int block) {
        try (Resampler resampler = new Resampler(from, to)) {
            for (int at = 0; at < length; at += block) {
                int count = Math.min(block, length - at);
                assertThat(resampler.put(Arrays.copyOfRange(samples, at, at + count), count)).isTrue();
            }
            return resampler.finish(0, (int) Math.max(1, Math.round((double) length * to / from)));
        }
    }

    /** Amplitude at one frequency, and the root mean square of all else, away from the ends. */
    private record Response(double amplitude, double phase, double rest) {

        static Response of(float[] samples, double hertz, int rate) {
            int from = samples.length / 4;
            int to = from + samples.length / 2;
            double ss = 0;
            double cc = 0;
            double sc = 0;
            double xs = 0;
            double xc = 0;
            for (int i = from; i < to; i++) {
                double s = Math.sin(2 * Math.PI * hertz * i / rate);
                double c = Math.cos(2 * Math.PI * hertz * i / rate);
                ss += s * s;
                cc += c * c;
                sc += s * c;
                xs += samples[i] * s;
                xc += samples[i] * c;
            }
            double det = ss * cc - sc * sc;
            double a = (xs * cc - xc * sc) / det;
            double b = (xc * ss - xs * sc) / det;
            double rest = 0;
            for (int i = from; i < to; i++) {
                double turn = 2 * Math.PI * hertz * i / rate;
                double fitted = a * Math.sin(turn) + b * Math.cos(turn);
                rest += (samples[i] - fitted) * (samples[i] - fitted);
            }
            return new Response(Math.hypot(a, b), Math.atan2(b, a), Math.sqrt(rest / (to - from)));
        }
    }

    private static double decibels(double ratio) {
        return 20 * Math.log10(Math.max(ratio, 1e-12));
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "11025,16000", "22050,16000", "24000,16000", "32000,16000", "44100,16000", "48000,16000",
        "96000,16000", "44100,8000", "16000,22050", "16000,44100", "7999,16000", "16001,16000", "44099,16000"})
    void isFlatUpTo90PercentAndSilentAbove(int from, int to) {
        double nyquist = Math.min(from, to) / 2.0;
        for (double share : new double[] {0.01, 0.1, 0.3, 0.5, 0.7, 0.8, 0.85, 0.88, 0.9}) {
            double hertz = share * nyquist;
            Response response = Response.of(resample(tone(hertz, from, from), from, from, to), hertz, to);
            assertThat(decibels(response.amplitude())).as("%s of Nyquist", share).isCloseTo(0, within(0.1));
            // No delay: a tone keeps its phase. And nothing is added to it, neither images nor aliases.
            assertThat(response.phase()).as("phase at %s of Nyquist", share).isCloseTo(0, within(1e-3));
            assertThat(decibels(response.rest() * Math.sqrt(2))).as("rest at %s of Nyquist", share).isLessThan(-80);
        }
        // Between the two the amplitude falls; of images above the source's own Nyquist frequency nothing is heard.
        for (double share : new double[] {0.95, 0.99}) {
            double hertz = share * nyquist;
            Response response = Response.of(resample(tone(hertz, from, from), from, from, to), hertz, to);
            assertThat(decibels(response.rest() * Math.sqrt(2))).as("rest at %s of Nyquist", share).isLessThan(-80);
        }
        for (double share = 1.0; share * nyquist < from / 2.0; share += 0.13) {
            float[] out = resample(tone(share * nyquist, from, from), from, from, to);
            double sum = 0;
            for (int i = out.length / 4; i < out.length * 3 / 4; i++) {
                sum += out[i] * out[i];
            }
            assertThat(decibels(Math.sqrt(2 * sum / (out.length / 2)))).as("%s of Nyquist", share).isLessThan(-80);
        }
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "44100,16000", "48000,16000", "16000,48000"})
    void anImpulseStaysWhereItIs(int from, int to) {
        float[] samples = new float[4 * from];
        samples[from] = 1;
        float[] out = resample(samples, samples.length, from, to);
        int peak = 0;
        for (int i = 0; i < out.length; i++) {
            peak = out[i] > out[peak] ? i : peak;
        }
        assertThat(peak).isEqualTo(to);
        for (int k = 1; k < 200; k++) {
            assertThat(out[peak - k]).isCloseTo(out[peak + k], within(1e-5f));
        }
    }

    @Property(tries = 60)
    void theLengthIsRightToTheSample(
            @ForAll @IntRange(min = 1, max = 50_000) int length,
            @ForAll @IntRange(min = 1000, max = 100_000) int from,
            @ForAll @IntRange(min = 4000, max = 48_000) int to) {
        Assume.that(from != to);
        float[] out = resample(tone(100, from, length), length, from, to);
        assertThat(out).hasSize((int) Math.max(1, Math.round((double) length * to / from)));
        for (float sample : out) {
            assertThat(Math.abs(sample)).isLessThan(1.5f);
        }
    }

    @Property(tries = 60)
    void theSizeOfTheBlocksDoesNotMatter(
            @ForAll @IntRange(min = 1, max = 30_000) int length,
            @ForAll @IntRange(min = 1, max = 20_000) int block,
            @ForAll @IntRange(min = 7000, max = 50_000) int from) {
        int to = from == 16_000 ? 8000 : 16_000;
        float[] samples = tone(777, from, length);
        assertThat(inBlocks(samples, length, from, to, block)).isEqualTo(resample(samples, length, from, to));
    }

    /** Also what is shorter than the filter, down to one sample, and both ends. */
    @Property(tries = 100)
    void aConstantStaysConstant(
            @ForAll @IntRange(min = 1, max = 1500) int length,
            @ForAll @IntRange(min = 1000, max = 100_000) int from,
            @ForAll @IntRange(min = 4000, max = 48_000) int to) {
        Assume.that(from != to);
        float[] samples = new float[length];
        Arrays.fill(samples, 0.5f);
        for (float sample : resample(samples, length, from, to)) {
            assertThat(sample).isCloseTo(0.5f, within(1e-3f));
        }
    }

    @Test
    void aShortSignalKeepsItsShape() {
        float[] click = new float[60];
        click[30] = 1;
        float[] out = resample(click, click.length, 8000, 16_000);
        assertThat(out).hasSize(120);
        assertThat(out[60]).isCloseTo(0.95f, within(0.01f));
        for (int k = 1; k < 20; k++) {
            assertThat(out[60 - k]).isCloseTo(out[60 + k], within(1e-2f));
        }
    }

    /** Every pair of rates that the reader lets through. */
    @Property(tries = 25)
    void anyPairOfRatesWorks(
            @ForAll @IntRange(min = 1000, max = 384_000) int from,
            @ForAll @IntRange(min = 1000, max = 384_000) int to) {
        Assume.that(from != to);
        assertThat(resample(tone(100, from, 500), 500, from, to))
                .hasSize((int) Math.max(1, Math.round(500.0 * to / from)));
    }

    @Test
    void nothingGivesOneSampleOfSilence() {
        try (Resampler resampler = new Resampler(8000, 16_000)) {
            assertThat(resampler.finish(0, 1)).containsExactly(0f);
        }
    }
}
