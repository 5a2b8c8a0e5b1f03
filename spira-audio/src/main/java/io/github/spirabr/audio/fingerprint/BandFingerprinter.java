package io.github.spirabr.audio.fingerprint;

import io.github.spirabr.audio.features.Spectrogram;
import io.github.spirabr.audio.internal.SincResampler;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.audit.Fingerprint;
import io.github.spirabr.core.audit.Fingerprinter;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Signs of energy differences between neighbouring bands and frames (Haitsma and Kalker: "A highly robust audio
 * fingerprinting system", ISMIR 2002): with E(n, m) the energy of band m in frame n, bit m of frame n is 1 if
 * E(n, m) - E(n, m + 1) - (E(n - 1, m) - E(n - 1, m + 1)) is above 0. 33 bands, logarithmically spaced from 300 to 2000 Hz,
 * give 32 bits every 11.6 ms.
 *
 * <p>Frames have 0.2 s in place of the paper's 0.37 s, since utterances are shorter than songs. A frame counts as
 * audible if its energy in the bands is within 25 dB of the 95th percentile over the frames; codecs fill pauses with
 * arbitrary noise. The waveform is first brought to a rate near 5.3 kHz. Memory follows the waveform. Stateless.
 */
public final class BandFingerprinter implements Fingerprinter {

    private static final int BANDS = Integer.SIZE + 1;
    private static final double LOWEST_HERTZ = 300;
    private static final double HIGHEST_HERTZ = 2000;
    private static final double LEAST_RATE = 5000;
    private static final double FRAME_SECONDS = 0.2;
    private static final double HOP_SECONDS = 0.0116;
    private static final double HEARD_DB = 25;
    /** Frames whose spectra are held at a time. */
    private static final int CHUNK = 512;

    @Override
    public String method() {
        return "signs of band energy differences (Haitsma and Kalker 2002), 0.2 s frames, version 1";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the sample rate is below 5000 Hz
     */
    @Override
    public Fingerprint fingerprint(Waveform waveform) {
        if (waveform.sampleRate() < LEAST_RATE) {
            throw new IllegalArgumentException("fingerprints need a sample rate of at least 5000 Hz, but it is "
                    + waveform.sampleRate() + " Hz; read the recordings at a higher rate");
        }
        int factor = (int) (waveform.sampleRate() / LEAST_RATE);
        float[] samples = decimated(waveform.toArray(), factor);
        double[][] energies = energies(samples, (double) waveform.sampleRate() / factor);
        return bits(energies);
    }

    private static float[] decimated(float[] samples, int factor) {
        return factor == 1
                ? samples
                : SincResampler.decimating(factor).resample(samples, (samples.length + factor - 1) / factor);
    }

    /** Returns the energies of the bands in all frames that lie within the waveform. */
    private static double[][] energies(float[] samples, double rate) {
        int frame = (int) Math.round(FRAME_SECONDS * rate);
        int hop = (int) Math.round(HOP_SECONDS * rate);
        if (samples.length < frame) {
            return new double[0][];
        }
        int fft = Integer.highestOneBit(frame - 1) << 1;
        Spectrogram spectrogram = Spectrogram.builder().fftSize(fft).windowLength(frame).hopLength(hop).build();
        List<Band> bands = bands(rate, fft);
        int frames = (samples.length - frame) / hop + 1;
        double[][] energies = new double[frames][];
        for (int first = 0; first < frames; first += CHUNK) {
            int count = Math.min(CHUNK, frames - first);
            // The spectrogram centres its frames on multiples of the hop; half a transform on either side is cut off again.
            int margin = (fft / 2 + hop - 1) / hop;
            int start = first * hop + frame / 2 - margin * hop;
            float[] stretch = new float[(count - 1 + 2 * margin) * hop + 1];
            int from = Math.max(0, start);
            int until = Math.min(samples.length, start + stretch.length);
            System.arraycopy(samples, from, stretch, from - start, until - from);
            FeatureMatrix power = spectrogram.extract(Waveform.of(stretch, (int) Math.round(rate)));
            for (int t = 0; t < count; t++) {
                energies[first + t] = energy(power, margin + t, bands);
            }
        }
        return energies;
    }

    /** A band's share of each bin from the first that it touches. */
    private record Band(int first, double[] shares) {

        static Band of(int number, double width) {
            double low = LOWEST_HERTZ * Math.pow(HIGHEST_HERTZ / LOWEST_HERTZ, (double) number / BANDS);
            double high = LOWEST_HERTZ * Math.pow(HIGHEST_HERTZ / LOWEST_HERTZ, (number + 1.0) / BANDS);
            int first = (int) Math.round(low / width);
            double[] shares = new double[(int) Math.round(high / width) - first + 1];
            for (int i = 0; i < shares.length; i++) {
                int k = first + i;
                shares[i] = Math.max(0, Math.min(high, (k + 0.5) * width) - Math.max(low, (k - 0.5) * width)) / width;
            }
            return new Band(first, shares);
        }
    }

    private static List<Band> bands(double rate, int fft) {
        return IntStream.range(0, BANDS).mapToObj(band -> Band.of(band, rate / fft)).toList();
    }

    private static double[] energy(FeatureMatrix power, int frame, List<Band> bands) {
        double[] energy = new double[BANDS];
        for (int m = 0; m < BANDS; m++) {
            Band band = bands.get(m);
            for (int i = 0; i < band.shares.length; i++) {
                energy[m] += band.shares[i] * power.value(frame, band.first + i);
            }
        }
        return energy;
    }

    /** Returns the signs of the differences; the first frame has no other before it, and gives no bits. */
    private static Fingerprint bits(double[][] energies) {
        int frames = Math.max(0, energies.length - 1);
        int[] words = new int[frames];
        double[] levels = new double[frames];
        for (int t = 0; t < frames; t++) {
            double[] before = energies[t];
            double[] now = energies[t + 1];
            for (int m = 0; m < Integer.SIZE; m++) {
                if (now[m] - now[m + 1] - (before[m] - before[m + 1]) > 0) {
                    words[t] |= 1 << m;
                }
            }
            levels[t] = Arrays.stream(now).sum();
        }
        return Fingerprint.of(words, heard(levels));
    }

    private static boolean[] heard(double[] levels) {
        boolean[] heard = new boolean[levels.length];
        if (levels.length > 0) {
            double[] sorted = levels.clone();
            Arrays.sort(sorted);
            double loud = sorted[Math.max(0, (int) Math.ceil(0.95 * sorted.length) - 1)];
            for (int t = 0; t < heard.length; t++) {
                heard[t] = levels[t] > 0 && levels[t] >= loud * Math.pow(10, -HEARD_DB / 10);
            }
        }
        return heard;
    }
}
