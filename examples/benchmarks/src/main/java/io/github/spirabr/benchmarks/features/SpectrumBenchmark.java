package io.github.spirabr.benchmarks.features;

import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jtransforms.fft.FloatFFT_1D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Our Fourier transform, which takes many frames at once and knows that 800 of 1200 samples are zero, against that of
 * JTransforms, frame by frame: the power spectra of all frames that lie within 20 s. One thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SpectrumBenchmark {

    private static final int FFT_SIZE = 1200;
    private static final int WINDOW = 400;
    private static final int HOP = 160;

    private final Waveform waveform = BenchmarkSignal.waveform();
    private final Spectrogram spectrogram =
            Spectrogram.builder().fftSize(FFT_SIZE).windowLength(WINDOW).hopLength(HOP).build();
    private final FloatFFT_1D fft = new FloatFFT_1D(FFT_SIZE);
    private final float[] hann = hann();

    private static float[] hann() {
        float[] window = new float[WINDOW];
        for (int n = 0; n < WINDOW; n++) {
            window[n] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * n / WINDOW));
        }
        return window;
    }

    /** Computes the library's spectrogram, with the reflected frames at the ends. */
    @Benchmark
    public FeatureMatrix ours() {
        return spectrogram.extract(waveform);
    }

    /** Computes these spectra with JTransforms, without the frames at the ends. */
    @Benchmark
    public FeatureMatrix jtransforms() {
        int bins = FFT_SIZE / 2 + 1;
        int frames = 1 + (waveform.length() - WINDOW) / HOP;
        float[] samples = waveform.toArray();
        float[] powers = new float[frames * bins];
        float[] frame = new float[FFT_SIZE];
        for (int t = 0; t < frames; t++) {
            Arrays.fill(frame, WINDOW, FFT_SIZE, 0f);
            for (int n = 0; n < WINDOW; n++) {
                frame[n] = samples[t * HOP + n] * hann[n];
            }
            fft.realForward(frame);
            // Re[0], Re[size / 2], Re[1], Im[1], Re[2], Im[2] and so on.
            powers[t * bins] = frame[0] * frame[0];
            powers[t * bins + bins - 1] = frame[1] * frame[1];
            for (int k = 1; k < bins - 1; k++) {
                powers[t * bins + k] = frame[2 * k] * frame[2 * k] + frame[2 * k + 1] * frame[2 * k + 1];
            }
        }
        return FeatureMatrix.of(frames, bins, powers);
    }
}
