package io.github.spirabr.core.quality;

import io.github.spirabr.core.audio.Waveform;
import java.util.Arrays;

/**
 * Levels of a recording, which do not depend on its content. They are root mean squares in dB of full scale (an amplitude
 * of 1 is 0 dB), at least {@value #LOWEST_DB}. Frames are 20 ms long, without overlap; a remainder shorter than a frame
 * belongs to the last frame.
 *
 * @param durationSeconds length of the recording, in seconds
 * @param peak the largest magnitude, linear
 * @param clipped share of samples at or above {@value #FULL_SCALE} of full scale, in [0, 1]; an overdriven
 *     microphone causes such samples. Lossy codecs smear clipping, so the share is a lower bound for them
 * @param silent share of frames below {@value #SILENT_DB} dB, in [0, 1]
 * @param levelDb level of the whole recording
 * @param noiseFloorDb 10th percentile of the frame levels: the level in pauses, if there are any
 * @param signalToNoiseDb 95th percentile of the frame levels minus the noise floor; an estimate that treats the
 *     quietest frames as noise, and so is too low for speech without pauses
 */
public record SignalLevels(
        double durationSeconds,
        double peak,
        double clipped,
        double silent,
        double levelDb,
        double noiseFloorDb,
        double signalToNoiseDb) {

    private static final double LOWEST_DB = -120;
    private static final double FULL_SCALE = 0.99;
    private static final double SILENT_DB = -60;

    /** Measures a recording. */
    public static SignalLevels of(Waveform waveform) {
        int length = waveform.length();
        double peak = 0;
        int clipped = 0;
        for (int i = 0; i < length; i++) {
            double magnitude = Math.abs(waveform.sample(i));
            peak = Math.max(peak, magnitude);
            clipped += magnitude >= FULL_SCALE ? 1 : 0;
        }
        double[] frames = frameLevels(waveform);
        Arrays.sort(frames);
        double floor = percentile(frames, 0.1);
        double silent = (double) Arrays.stream(frames).filter(level -> level < SILENT_DB).count() / frames.length;
        return new SignalLevels(
                (double) length / waveform.sampleRate(),
                peak,
                (double) clipped / length,
                silent,
                level(waveform, 0, length),
                floor,
                percentile(frames, 0.95) - floor);
    }

    private static double[] frameLevels(Waveform waveform) {
        int frame = Math.max(1, waveform.sampleRate() / 50);
        int count = Math.max(1, waveform.length() / frame);
        double[] levels = new double[count];
        for (int f = 0; f < count; f++) {
            int end = f == count - 1 ? waveform.length() : (f + 1) * frame;
            levels[f] = level(waveform, f * frame, end);
        }
        return levels;
    }

    private static double level(Waveform waveform, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (double) waveform.sample(i) * waveform.sample(i);
        }
        return Math.max(LOWEST_DB, 10 * Math.log10(squares / (to - from)));
    }

    /** Returns a percentile of the sorted values: the smallest value that this share is at or below. */
    private static double percentile(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
