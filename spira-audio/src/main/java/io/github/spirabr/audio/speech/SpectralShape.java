package io.github.spirabr.audio.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Centroid and tilt of the power spectra of frames. The centroid is the mean of the frequencies, weighted with their power. The
 * tilt is the slope of the least-squares line through the levels of third-octave bands from 100 Hz to 5000 Hz, or to half the
 * sample rate, over their place in octaves; the level of a band is its mean power per bin, in dB, at least 120 dB below the
 * power of the frame. For one thread.
 */
final class SpectralShape {

    private static final double LOWEST = 100;
    private static final double HIGHEST = 5000;
    private static final double BANDS_PER_OCTAVE = 3;
    private static final double LEAST_POWER = 1e-12;

    private final double binWidth;
    private final int bins;
    private final List<Band> bands;
    private final float[] power = new float[PitchAnalysis.LANES];
    private final float[] moment = new float[PitchAnalysis.LANES];
    private final float[] inBand = new float[PitchAnalysis.LANES];
    private double[] centroids = new double[0];
    private double[] tilts = new double[0];

    /**
     * A band.
     *
     * @param weight share of its level in the slope
     */
    private record Band(int from, int to, double weight) {}

    /**
     * Creates a measurement.
     *
     * @param binWidth distance between bins, in hertz
     * @param bins number of bins from 0 to half the sample rate
     */
    SpectralShape(double binWidth, int bins) {
        this.binWidth = binWidth;
        this.bins = bins;
        this.bands = bands(binWidth, Math.min(HIGHEST, binWidth * (bins - 1)));
    }

    private static List<Band> bands(double binWidth, double highest) {
        List<int[]> spans = new ArrayList<>();
        List<Double> places = new ArrayList<>();
        for (int band = 0; LOWEST * Math.pow(2, (band + 1) / BANDS_PER_OCTAVE) <= highest; band++) {
            int from = (int) Math.ceil(LOWEST * Math.pow(2, band / BANDS_PER_OCTAVE) / binWidth);
            int to = (int) Math.ceil(LOWEST * Math.pow(2, (band + 1) / BANDS_PER_OCTAVE) / binWidth);
            if (to > from) {
                spans.add(new int[] {from, to});
                places.add((band + 0.5) / BANDS_PER_OCTAVE);
            }
        }
        double mean = places.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares = places.stream().mapToDouble(place -> (place - mean) * (place - mean)).sum();
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            bands.add(new Band(spans.get(i)[0], spans.get(i)[1], squares == 0 ? 0 : (places.get(i) - mean) / squares));
        }
        return List.copyOf(bands);
    }

    /**
     * Adds frames.
     *
     * @param even power of every other frame, row by bin, lane by frame
     * @param odd power of the frames between them
     * @param count number of frames
     */
    void add(float[][] even, float[][] odd, int from, int count) {
        centroids = Arrays.copyOf(centroids, from + count);
        tilts = Arrays.copyOf(tilts, from + count);
        add(even, from, (count + 1) / 2);
        add(odd, from + 1, count / 2);
    }

    private void add(float[][] rows, int first, int lanes) {
        Arrays.fill(power, 0);
        Arrays.fill(moment, 0);
        for (int bin = 0; bin < bins; bin++) {
            float[] row = rows[bin];
            for (int lane = 0; lane < lanes; lane++) {
                power[lane] += row[lane];
                moment[lane] += bin * row[lane];
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            centroids[first + 2 * lane] = power[lane] > 0 ? binWidth * moment[lane] / power[lane] : 0;
        }
        for (Band band : bands) {
            Arrays.fill(inBand, 0);
            for (int bin = band.from(); bin < band.to(); bin++) {
                for (int lane = 0; lane < lanes; lane++) {
                    inBand[lane] += rows[bin][lane];
                }
            }
            for (int lane = 0; lane < lanes; lane++) {
                double mean = Math.max(inBand[lane] / (band.to() - band.from()), LEAST_POWER * power[lane]);
                tilts[first + 2 * lane] += mean > 0 ? band.weight() * 10 * Math.log10(mean) : 0;
            }
        }
    }

    /** Returns the centroid of each frame, in hertz; 0 for silence. */
    double[] centroids() {
        return centroids;
    }

    /** Returns the tilt of each frame, in dB per octave; 0 for silence. */
    double[] tilts() {
        return tilts;
    }
}
