package io.github.spirabr.audio.quality;

import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The sound of a room and a microphone: the mean power in octave bands of the quietest tenth of the frames (of 64 ms,
 * every 32 ms, in steps of 1 / 64 ms of frequency). Levels are in dB of full scale, at least -120 dB.
 */
final class NoiseSpectrum {

    private static final int[] CENTRES = {63, 125, 250, 500, 1000, 2000, 4000};
    private static final double QUIET = 0.1;
    private static final double LOWEST_DB = -120;

    private NoiseSpectrum() {}

    /** Returns the level of each band below half the sample rate, by the band's centre in hertz. */
    static Map<Integer, Double> of(Waveform waveform) {
        int frame = (int) Math.round(0.064 * waveform.sampleRate());
        if (frame < 2 || waveform.length() < frame) {
            return Map.of();
        }
        FeatureMatrix power = Spectrogram.builder().fftSize(frame).windowLength(frame).hopLength(Math.max(1, frame / 2))
                .build().extract(waveform);
        int[] quiet = quietest(power);
        double[] mean = new double[power.features()];
        for (int t : quiet) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += power.value(t, k) / quiet.length;
            }
        }
        // A sine of amplitude A has a mean square of A² / 2, and a Hann window's mean square is 3 / 8 of its peak's.
        double fullScale = 3.0 / 8 * frame * (double) frame / 2;
        Map<Integer, Double> levels = new LinkedHashMap<>();
        for (int centre : CENTRES) {
            double high = centre * Math.sqrt(2);
            if (high <= waveform.sampleRate() / 2.0) {
                double sum = 0;
                for (int k = 0; k < mean.length; k++) {
                    double frequency = (double) k * waveform.sampleRate() / frame;
                    sum += frequency >= centre / Math.sqrt(2) && frequency < high ? mean[k] : 0;
                }
                levels.put(centre, Math.max(LOWEST_DB, 10 * Math.log10(sum / fullScale)));
            }
        }
        return levels;
    }

    /** Returns the quietest frames; the first and the last hold reflected samples, and do not count where there are others. */
    private static int[] quietest(FeatureMatrix power) {
        int edge = power.frames() > 2 ? 1 : 0;
        double[] energy = IntStream.range(0, power.frames())
                .mapToDouble(t -> IntStream.range(0, power.features()).mapToDouble(k -> power.value(t, k)).sum())
                .toArray();
        int[] order = IntStream.range(edge, power.frames() - edge)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer t) -> energy[t]))
                .mapToInt(Integer::intValue)
                .toArray();
        return Arrays.copyOf(order, (int) Math.max(1, Math.ceil(QUIET * order.length)));
    }
}
