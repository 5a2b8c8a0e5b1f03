package io.github.spirabr.audio.speech;

import io.github.spirabr.audio.internal.RowFft;

/**
 * The fundamental frequency by autocorrelation, as Praat's "To Pitch (ac)" computes it (P. Boersma 1993, see {@link PitchPath}):
 * every 0.75 / floor seconds a Hann window of three of the longest periods, whose autocorrelation is divided by that of the
 * window; its maxima, interpolated, are the candidates. Two frames share one complex transform. Immutable.
 */
final class PitchAnalysis {

    /** Transforms beside each other, of two frames each. */
    static final int LANES = 32;
    private static final int PERIODS = 3;
    private static final double STEPS_PER_PERIOD = 4.0 / PERIODS;

    private final int sampleRate;
    private final double floor;
    private final double ceiling;
    private final int period;
    private final int half;
    private final int lags;
    private final int size;
    private final RowFft fft;
    private final float[] window;
    /** 1 / autocorrelation of the window, relative to that at lag 0. */
    private final float[] correction;
    private final SincTable sinc = new SincTable();

    /**
     * Creates an analysis.
     *
     * @param sampleRate in hertz
     * @param floor lowest pitch, in hertz
     * @param ceiling highest pitch, in hertz; half the sample rate if that is lower
     */
    PitchAnalysis(int sampleRate, double floor, double ceiling) {
        this.sampleRate = sampleRate;
        this.floor = floor;
        this.ceiling = Math.min(ceiling, sampleRate / 2.0);
        this.period = (int) (sampleRate / floor);
        this.half = Math.max(1, (int) (PERIODS * sampleRate / floor) / 2 - 1);
        this.lags = Math.min(2 * half - 1, period + 2 + SincTable.DEPTH + 1);
        this.size = friendly(2 * half + lags);
        this.fft = new RowFft(size, size);
        this.window = new float[2 * half];
        double[] exact = new double[2 * half];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (exact.length + 1));
            window[i] = (float) exact[i];
        }
        this.correction = new float[lags + 1];
        double whole = correlation(exact, 0);
        for (int lag = 0; lag <= lags; lag++) {
            correction[lag] = (float) (whole / correlation(exact, lag));
        }
    }

    private static double correlation(double[] values, int lag) {
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += values[i] * values[i - lag];
        }
        return sum;
    }

    /** Returns the least number from this one on without prime factors above 5. */
    private static int friendly(int least) {
        int size = least;
        while (true) {
            int rest = size;
            for (int factor : new int[] {2, 3, 5}) {
                while (rest % factor == 0) {
                    rest /= factor;
                }
            }
            if (rest == 1) {
                return size;
            }
            size++;
        }
    }

    /** Returns the bins of the spectra that are handed out, from 0 to half the sample rate. */
    int bins() {
        return size / 2 + 1;
    }

    /** Returns the distance between bins, in hertz. */
    double binWidth() {
        return (double) sampleRate / size;
    }

    /**
     * Computes the track of a recording.
     *
     * @param shape receives the power spectrum of each frame
     */
    PitchTrack track(float[] samples, SpectralShape shape) {
        double step = 1 / (floor * STEPS_PER_PERIOD);
        double duration = (double) samples.length / sampleRate;
        int frames = frames(samples.length, step);
        double first = duration / 2 - (frames - 1) * step / 2;
        PitchPath path = new PitchPath(frames, step, ceiling);
        new Pass(samples, first, step, frames).run(path, shape);
        return path.best(first);
    }

    private int frames(int length, double step) {
        double spare = (double) length / sampleRate - PERIODS / floor;
        return spare < 0 || 2 * half < 8 ? 0 : (int) (spare / step) + 1;
    }

    /** One recording on its way through the analysis, with the work space of its blocks. */
    private final class Pass {

        private final float[] samples;
        private final int frames;
        private final int[] starts;
        private final float[] means;
        private final double peak;
        private final float[][] re = new float[size][LANES];
        private final float[][] im = new float[size][LANES];
        private final float[][] evenPower = new float[size][LANES];
        private final float[][] oddPower = new float[size][LANES];
        /** The normalised autocorrelation around lag 0, which stands at SincTable.DEPTH. */
        private final float[] correlation = new float[SincTable.DEPTH + lags + 1];
        private final double[] maximum = new double[2];

        Pass(float[] samples, double first, double step, int frames) {
            this.samples = samples;
            this.frames = frames;
            this.starts = new int[frames];
            this.means = new float[frames];
            double[] sums = new double[samples.length + 1];
            for (int i = 0; i < samples.length; i++) {
                sums[i + 1] = sums[i] + samples[i];
            }
            for (int frame = 0; frame < frames; frame++) {
                int right = (int) Math.floor((first + frame * step) * sampleRate - 0.5) + 1;
                starts[frame] = Math.max(0, Math.min(samples.length - 2 * half, right - half));
                int from = Math.max(0, right - period);
                int to = Math.min(samples.length, right + period);
                means[frame] = (float) ((sums[to] - sums[from]) / (to - from));
            }
            this.peak = peak(sums[samples.length] / samples.length);
        }

        private double peak(double mean) {
            double greatest = 0;
            for (float sample : samples) {
                greatest = Math.max(greatest, Math.abs(sample - mean));
            }
            return greatest;
        }

        void run(PitchPath path, SpectralShape shape) {
            for (int from = 0; from < frames; from += 2 * LANES) {
                int count = Math.min(2 * LANES, frames - from);
                gather(from, count);
                fft.transform(re, im, LANES);
                split();
                shape.add(evenPower, oddPower, from, count);
                fft.transform(evenPower, oddPower, LANES);
                for (int frame = from; frame < from + count; frame++) {
                    double intensity = peak == 0 ? 0 : Math.min(1, localPeak(frame) / peak);
                    if (path.begin(frame, intensity)) {
                        candidates(frame, (frame - from) % 2 == 0 ? evenPower : oddPower, (frame - from) / 2, path);
                    }
                }
            }
        }

        /** Puts the even frames into the real parts and the odd ones into the imaginary parts. */
        private void gather(int from, int count) {
            for (int n = 0; n < size; n++) {
                for (int lane = 0; lane < LANES; lane++) {
                    int frame = from + 2 * lane;
                    re[n][lane] = n < 2 * half && 2 * lane < count ? value(frame, n) : 0;
                    im[n][lane] = n < 2 * half && 2 * lane + 1 < count ? value(frame + 1, n) : 0;
                }
            }
        }

        private float value(int frame, int n) {
            return (samples[starts[frame] + n] - means[frame]) * window[n];
        }

        /** With Z = A + i B for real a and b: 2 A[k] = Z[k] + Z*[-k], 2 i B[k] = Z[k] - Z*[-k]. */
        private void split() {
            for (int k = 0; k <= size / 2; k++) {
                int mirrored = (size - k) % size;
                split(re[fft.row(k)], im[fft.row(k)], re[fft.row(mirrored)], im[fft.row(mirrored)], evenPower[k], oddPower[k]);
                if (mirrored != k) {
                    System.arraycopy(evenPower[k], 0, evenPower[mirrored], 0, LANES);
                    System.arraycopy(oddPower[k], 0, oddPower[mirrored], 0, LANES);
                }
            }
        }

        private static void split(float[] ar, float[] ai, float[] br, float[] bi, float[] even, float[] odd) {
            for (int lane = 0; lane < LANES; lane++) {
                float sumRe = ar[lane] + br[lane];
                float differenceIm = ai[lane] - bi[lane];
                even[lane] = 0.25f * (sumRe * sumRe + differenceIm * differenceIm);
            }
            for (int lane = 0; lane < LANES; lane++) {
                float sumIm = ai[lane] + bi[lane];
                float differenceRe = br[lane] - ar[lane];
                odd[lane] = 0.25f * (sumIm * sumIm + differenceRe * differenceRe);
            }
        }

        /** Returns the greatest magnitude within half of the longest period of the frame's centre, in its window. */
        private double localPeak(int frame) {
            int reach = period / 2 + 1;
            double greatest = 0;
            for (int n = Math.max(0, half - reach); n < Math.min(2 * half, half + reach); n++) {
                greatest = Math.max(greatest, Math.abs(value(frame, n)));
            }
            return greatest;
        }

        private void candidates(int frame, float[][] autocorrelation, int lane, PitchPath path) {
            float whole = autocorrelation[fft.row(0)][lane];
            if (!(whole > 0)) {
                return;
            }
            int zero = SincTable.DEPTH;
            for (int lag = 0; lag <= lags; lag++) {
                correlation[zero + lag] = autocorrelation[fft.row(lag)][lane] * correction[lag] / whole;
            }
            for (int lag = 1; lag <= Math.min(lags, zero); lag++) {
                correlation[zero - lag] = correlation[zero + lag];
            }
            int last = Math.min(lags - SincTable.DEPTH - 1, period + 2);
            for (int lag = Math.max(2, (int) (sampleRate / ceiling) - 1); lag < last; lag++) {
                float centre = correlation[zero + lag];
                float left = correlation[zero + lag - 1];
                float right = correlation[zero + lag + 1];
                if (centre > 0.5 * PitchPath.VOICING && centre > left && centre >= right) {
                    sinc.maximum(correlation, zero, lag + 0.5 * (right - left) / (2 * centre - left - right), maximum);
                    candidate(frame, path);
                }
            }
        }

        private void candidate(int frame, PitchPath path) {
            double hertz = sampleRate / maximum[0];
            if (hertz < ceiling) {
                // Short windows give values above 1, which are reflected at it.
                path.add(frame, hertz, maximum[1] > 1 ? 1 / maximum[1] : maximum[1]);
            }
        }
    }
}
