package io.github.spirabr.audio.quality;

import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.quality.SignalLevels;
import java.util.Arrays;

/**
 * Measures of a recording that do not depend on its content. Levels are root mean squares in dB of full scale
 * (an amplitude of 1 is 0 dB), at least -120. Frames are 20 ms long, without overlap; a remainder shorter than a frame
 * belongs to the last frame.
 *
 * @param peak the largest magnitude, linear
 * @param clipped share of samples at or above 0.99 of full scale, in [0, 1]; an overdriven microphone causes such
 *     samples. Lossy codecs smear clipping, so the share is a lower bound for them
 * @param silent share of frames below -60 dB, in [0, 1]
 * @param levelDb level of the whole recording
 * @param noiseFloorDb 10th percentile of the frame levels: the level in pauses, if there are any
 * @param signalToNoiseDb 95th percentile of the frame levels minus the noise floor; an estimate that treats the
 *     quietest frames as noise, and so is too low for speech without pauses
 * @param bandwidthHertz the highest frequency whose mean power is within {@value #BANDWIDTH_DB} dB of that of the
 *     strongest one, with a resolution of one bin (1/512 of the sample rate, or more for recordings shorter
 *     than 256 samples); 0 for digital silence. A value far below half the sample rate indicates that the
 *     recording was resampled, or came through a telephone
 */
public record AudioQuality(
        double peak,
        double clipped,
        double silent,
        double levelDb,
        double noiseFloorDb,
        double signalToNoiseDb,
        double bandwidthHertz) {

    private static final double BANDWIDTH_DB = 60;
    private static final int FFT = 512;

    /** Measures a recording. */
    public static AudioQuality of(Waveform waveform) {
        SignalLevels levels = SignalLevels.of(waveform);
        return new AudioQuality(
                levels.peak(),
                levels.clipped(),
                levels.silent(),
                levels.levelDb(),
                levels.noiseFloorDb(),
                levels.signalToNoiseDb(),
                bandwidth(waveform));
    }

    private static double bandwidth(Waveform waveform) {
        // The transform continues its input by reflection, and so takes no more than twice its length.
        int fft = Math.min(FFT, 2 * Math.max(1, waveform.length() - 1));
        if (waveform.length() < 2) {
            return 0;
        }
        Spectrogram spectrogram =
                Spectrogram.builder().fftSize(fft).windowLength(fft).hopLength(fft / 2).build();
        FeatureMatrix power = spectrogram.extract(waveform);
        double[] means = new double[power.features()];
        // The first and the last frame hold reflected samples, whose corners spread over all frequencies.
        int edge = power.frames() > 2 ? 1 : 0;
        for (int t = edge; t < power.frames() - edge; t++) {
            for (int k = 0; k < means.length; k++) {
                means[k] += power.value(t, k);
            }
        }
        double threshold = Arrays.stream(means).max().orElse(0) * Math.pow(10, -BANDWIDTH_DB / 10);
        int highest = means.length - 1;
        while (highest > 0 && means[highest] <= threshold) {
            highest--;
        }
        return (double) highest * waveform.sampleRate() / fft;
    }
}
