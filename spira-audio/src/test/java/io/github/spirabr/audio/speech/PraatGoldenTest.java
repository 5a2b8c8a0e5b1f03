package io.github.spirabr.audio.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Voice is measured as by Praat; make_praat_golden.py wrote its values. */
class PraatGoldenTest {

    private static final double SECONDS = 1.5;
    private static final double[][] FORMANTS = {{650, 80}, {1080, 90}, {2650, 120}};
    private static final SpeechStatistics STATISTICS = SpeechStatistics.builder().build();

    private long state = 1;

    private double random() {
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
        return (state >> 12 & 0xFFFF) / 32768.0 - 1;
    }

    private Waveform signal(int rate, double f0, double slope, double jitter, double shimmer, double noise) {
        double[] source = new double[(int) (SECONDS * rate)];
        double time = 0.01;
        while (time * rate < source.length - 1) {
            int place = (int) (time * rate);
            double part = time * rate - place;
            double height = 1 + shimmer * random();
            source[place] += height * (1 - part);
            source[place + 1] += height * part;
            time += (1 + jitter * random()) / (f0 * Math.pow(2, slope * time / 12));
        }
        for (double[] formant : FORMANTS) {
            resonate(source, Math.exp(-Math.PI * formant[1] / rate), 2 * Math.PI * formant[0] / rate);
        }
        double greatest = 0;
        for (double value : source) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        float[] samples = new float[source.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (source[i] * (0.5 / greatest) + noise * random());
        }
        return Waveform.of(samples, rate);
    }

    private static void resonate(double[] source, double radius, double angle) {
        double first = 2 * radius * Math.cos(angle);
        double second = -radius * radius;
        double last = 0;
        double before = 0;
        for (int i = 0; i < source.length; i++) {
            double value = source[i] + first * last + second * before;
            before = last;
            last = value;
            source[i] = value;
        }
    }

    private static double value(FeatureMatrix features, String name) {
        return features.value(0, STATISTICS.featureNames().indexOf(name));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "praat-golden.csv", numLinesToSkip = 1)
    void voiceIsMeasuredAsByPraat(
            int rate, double f0, double slope, double jitter, double shimmer, double noise,
            int voiced, double mean, double deviation, double jitterLocal, double shimmerLocal, double hnr) {
        Waveform waveform = signal(rate, f0, slope, jitter, shimmer, noise);
        PitchAnalysis analysis = new PitchAnalysis(rate, 75, 600);
        PitchTrack track = analysis.track(waveform.toArray(), new SpectralShape(analysis.binWidth(), analysis.bins()));
        int found = 0;
        for (int frame = 0; frame < track.frames(); frame++) {
            found += track.isVoiced(frame) ? 1 : 0;
        }
        assertThat(found).as("voiced frames").isEqualTo(voiced);
        FeatureMatrix features = STATISTICS.extract(waveform);
        assertThat(value(features, "F0 mean (Hz)")).isEqualTo(mean, share(mean, 1e-4));
        assertThat(value(features, "F0 deviation (Hz)")).isEqualTo(deviation, within(0.01 + 1e-3 * deviation));
        assertThat(value(features, "jitter (%)")).isEqualTo(jitterLocal, within(0.002 + 0.01 * jitterLocal));
        assertThat(value(features, "shimmer (%)")).isEqualTo(shimmerLocal, share(shimmerLocal, 0.02));
        assertThat(value(features, "HNR (dB)")).isEqualTo(hnr, within(0.5));
    }

    private static Offset<Double> share(double value, double share) {
        return within(share * value);
    }

    /** The mean difference of numbers that lie evenly between -x and x is 2 x / 3. */
    @Test
    void knownJitterContourAndHeightsAreFound() {
        FeatureMatrix steady = STATISTICS.extract(signal(16_000, 120, 0, 0.015, 0, 0));
        assertThat(value(steady, "F0 mean (Hz)")).isEqualTo(120, within(0.5));
        assertThat(value(steady, "jitter (%)")).isEqualTo(1.0, within(0.15));
        FeatureMatrix rising = STATISTICS.extract(signal(16_000, 120, 5, 0, 0, 0));
        assertThat(value(rising, "F0 slope (semitones/s)")).isEqualTo(5, within(0.05));
        assertThat(value(rising, "F0 range (semitones)")).isEqualTo(0.9 * 5 * 1.46, within(0.1));
        assertThat(value(rising, "voiced share")).isEqualTo(1);
    }
}
