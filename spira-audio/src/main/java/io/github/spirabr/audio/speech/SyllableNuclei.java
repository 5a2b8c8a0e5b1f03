package io.github.spirabr.audio.speech;

import io.github.spirabr.audio.internal.VoiceActivity;

/**
 * Syllable nuclei by energy and voicing (N. H. de Jong and T. Wempe, "Praat script to detect syllable nuclei and measure speech
 * rate automatically", 2009): peaks of the level, smoothed over 64 ms, that lie at most 25 dB below its 99th percentile, are
 * parted from the nucleus before by a dip of at least 2 dB, and are voiced.
 */
final class SyllableNuclei {

    /** Reach of the smoothing Hann window, in blocks of 5 ms. */
    private static final int REACH = 6;
    private static final double LOWEST_POWER = 1e-10;
    private static final double TOP_SHARE = 0.99;
    private static final double RANGE_DB = 25;
    private static final double DIP_DB = 2;

    private SyllableNuclei() {}

    /**
     * Counts the nuclei.
     *
     * @param energies mean squares of blocks of 5 ms
     */
    static int count(double[] energies, PitchTrack track) {
        double[] levels = levels(energies);
        double threshold = Series.quantile(levels, TOP_SHARE) - RANGE_DB;
        int nuclei = 0;
        int peak = -1;
        double dip = Double.NEGATIVE_INFINITY;
        for (int block = 0; block < levels.length; block++) {
            dip = Math.min(dip, levels[block]);
            if (peak >= 0 && levels[peak] - levels[block] >= DIP_DB) {
                nuclei += isNucleus(levels[peak], threshold, peak, track) ? 1 : 0;
                peak = -1;
                dip = levels[block];
            } else if (peak >= 0 ? levels[block] > levels[peak] : levels[block] - dip >= DIP_DB) {
                peak = block;
            }
        }
        return nuclei + (peak >= 0 && isNucleus(levels[peak], threshold, peak, track) ? 1 : 0);
    }

    private static boolean isNucleus(double level, double threshold, int block, PitchTrack track) {
        return level >= threshold && track.isVoiced(track.nearest((block + 0.5) * VoiceActivity.BLOCK_SECONDS));
    }

    private static double[] levels(double[] energies) {
        double[] levels = new double[energies.length];
        for (int block = 0; block < levels.length; block++) {
            double sum = 0;
            double weights = 0;
            for (int i = Math.max(0, block - REACH); i <= Math.min(levels.length - 1, block + REACH); i++) {
                double weight = 1 + Math.cos(Math.PI * (i - block) / (REACH + 1));
                sum += weight * energies[i];
                weights += weight;
            }
            levels[block] = 10 * Math.log10(Math.max(LOWEST_POWER, sum / weights));
        }
        return levels;
    }
}
