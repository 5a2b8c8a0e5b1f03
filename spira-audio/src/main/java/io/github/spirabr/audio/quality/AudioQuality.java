package io.github.spirabr.audio.quality;

import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.quality.SignalLevels;
import java.util.Arrays;

/**
 * Measures of a recording that do not depend on its content. Levels are in dB of full scale
 * (an amplitude of 1 is 0 dB), of the root mean square, and at least -120. Frames are
 * of 20 ms, without overlap; a rest shorter than a frame counts with the last one.
 *
 * @param peak the largest magnitude, linear
 * @param clipped share of samples at or above 0.99 of full scale, in [0, 1], as an
 *     overdriven microphone leaves them. Lossy codecs smear clipping, so that it is a lower bound for them
 * @param silent share of frames below -60 dB, in [0, 1]
 * @param levelDb of the whole recording
 * @param noiseFloorDb level that 10 % of the frames are at or below: the sound in pauses, if there are any
 * @param signalToNoiseDb level that 95 % of the frames are at or below, less the noise floor; an
 *     estimate that takes the quietest frames for noise, and so too low for speech without pauses
 * @param bandwidthHertz the highest frequency whose mean power is within {@value #BANDWIDTH_DB} dB of the
 *     strongest one's, to the width of a bin (a 512th of the sample rate, or more for recordings shorter
 *     than 256 samples); 0 for digital silence. Far below half the sample rate: the recording was
 *     resampled, or came through a telephone
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
