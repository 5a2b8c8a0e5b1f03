package io.github.spirabr.audio.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs of speech in a recording, found by their energy. Nothing else tells speech from noise here: a steady hum is silence, and
 * a loud door is speech.
 *
 * <ul>
 *   <li>The level is the mean square, in dB of full scale, of frames of 20 ms, every 5 ms, after the mean of the recording is
 *       subtracted; at least -100 dB.
 *   <li>The level of speech, S, is the 95th percentile of all levels.
 *   <li>The noise floor, N(t), is the 5th percentile of the levels within 2.5 s before and after, sampled every 500 ms. Levels
 *       below -90 dB are no noise of a room but digital silence, and do not count.
 *   <li>The threshold is 7 dB above the noise floor, but at least S - 35 dB and at most S - 12 dB. So a recording whose level
 *       hardly changes is one run of speech. Below S = -75 dB there is no speech at all.
 *   <li>Neighbouring frames above the threshold are speech if one of them exceeds it by 3 dB. The hangover: speech goes on
 *       through gaps of less than 60 ms, such as the closure of a plosive; where nothing follows it ends with its last frame above the
 *       threshold.
 *   <li>Then runs shorter than the least length of speech are silence, and after that gaps shorter than the least length of a
 *       pause are speech.
 * </ul>
 *
 * <p>At a signal-to-noise ratio of 20 dB or more the edges of speech that begins and ends abruptly lie within 10 ms of the truth.
 */
public final class VoiceActivity {

    /** Length of the blocks of {@link #energies}, in seconds. */
    public static final double BLOCK_SECONDS = 0.005;

    private static final int FRAME_BLOCKS = 4;
    private static final int HANGOVER_BLOCKS = 12;
    private static final int FLOOR_STEP_BLOCKS = 100;
    private static final int FLOOR_REACH_BLOCKS = 500;
    private static final double SPEECH_SHARE = 0.95;
    private static final double FLOOR_SHARE = 0.05;
    private static final double LOWEST_DB = -100;
    private static final double AUDIBLE_DB = -90;
    private static final double LEAST_SPEECH_DB = -75;
    private static final double ABOVE_FLOOR_DB = 7;
    private static final double ONSET_DB = 3;
    private static final double DEEPEST_DB = 35;
    private static final double SHALLOWEST_DB = 12;

    private final int length;
    private final double blockLength;
    private final double[] energies;
    private final List<Run> runs;

    /**
     * A stretch of speech.
     *
     * @param start first sample
     * @param end sample after the last one
     */
    public record Run(int start, int end) {

        /** Returns the number of samples. */
        public int length() {
            return end - start;
        }
    }

    private VoiceActivity(float[] samples, int sampleRate, double minimumPause, double minimumSpeech) {
        this.length = samples.length;
        this.blockLength = BLOCK_SECONDS * sampleRate;
        this.energies = energies(samples);
        this.runs = runs((int) Math.round(minimumPause * sampleRate), (int) Math.round(minimumSpeech * sampleRate));
    }

    /**
     * Finds the speech of a recording.
     *
     * @param samples at least one
     * @param sampleRate in hertz
     * @param minimumPause length from which silence between two runs parts them, in seconds
     * @param minimumSpeech length from which sound is speech, in seconds
     */
    public static VoiceActivity of(float[] samples, int sampleRate, double minimumPause, double minimumSpeech) {
        return new VoiceActivity(samples, sampleRate, minimumPause, minimumSpeech);
    }

    /** Returns the runs of speech, in order. */
    public List<Run> runs() {
        return runs;
    }

    /** Returns the mean square of each block of 5 ms, without the recording's mean. */
    public double[] energies() {
        return energies.clone();
    }

    private double[] energies(float[] samples) {
        double mean = 0;
        for (float sample : samples) {
            mean += sample;
        }
        mean /= length;
        double[] blocks = new double[Math.max(1, (int) (length / blockLength))];
        for (int block = 0; block < blocks.length; block++) {
            int start = sample(block);
            int end = block == blocks.length - 1 ? length : sample(block + 1);
            double sum = 0;
            for (int i = start; i < end; i++) {
                double value = samples[i] - mean;
                sum += value * value;
            }
            blocks[block] = sum / Math.max(1, end - start);
        }
        return blocks;
    }

    private int sample(int block) {
        return (int) Math.min(length, Math.round(block * blockLength));
    }

    private List<Run> runs(int minimumPause, int minimumSpeech) {
        double[] levels = levels();
        double speech = percentile(levels.clone(), SPEECH_SHARE);
        if (speech < LEAST_SPEECH_DB) {
            return List.of();
        }
        List<Run> loud = joined(loudRuns(levels, thresholds(levels, speech)), sample(HANGOVER_BLOCKS));
        return joined(longEnough(loud, minimumSpeech), minimumPause);
    }

    private double[] levels() {
        int width = Math.min(FRAME_BLOCKS, energies.length);
        double[] levels = new double[energies.length - width + 1];
        for (int frame = 0; frame < levels.length; frame++) {
            double sum = 0;
            for (int block = frame; block < frame + width; block++) {
                sum += energies[block];
            }
            levels[frame] = Math.max(LOWEST_DB, 10 * Math.log10(sum / width));
        }
        return levels;
    }

    private static double[] thresholds(double[] levels, double speech) {
        double[] floors = new double[(levels.length - 1) / FLOOR_STEP_BLOCKS + 2];
        for (int i = 0; i < floors.length; i++) {
            int centre = i * FLOOR_STEP_BLOCKS;
            int from = Math.max(0, Math.min(centre, levels.length) - FLOOR_REACH_BLOCKS);
            double[] near = Arrays.stream(levels, from, Math.min(levels.length, centre + FLOOR_REACH_BLOCKS))
                    .filter(level -> level > AUDIBLE_DB)
                    .toArray();
            floors[i] = near.length == 0 ? AUDIBLE_DB : percentile(near, FLOOR_SHARE);
        }
        double[] thresholds = new double[levels.length];
        for (int frame = 0; frame < thresholds.length; frame++) {
            int before = frame / FLOOR_STEP_BLOCKS;
            double part = (double) (frame % FLOOR_STEP_BLOCKS) / FLOOR_STEP_BLOCKS;
            double floor = floors[before] + part * (floors[before + 1] - floors[before]);
            thresholds[frame] = Math.min(speech - SHALLOWEST_DB, Math.max(speech - DEEPEST_DB, floor + ABOVE_FLOOR_DB));
        }
        return thresholds;
    }

    /** Sorts the values. */
    private static double percentile(double[] values, double share) {
        Arrays.sort(values);
        return values[(int) (share * (values.length - 1))];
    }

    /** Returns stretches of frames above the threshold, one of which is clearly above it. */
    private List<Run> loudRuns(double[] levels, double[] thresholds) {
        List<Run> loud = new ArrayList<>();
        for (int frame = 0; frame < levels.length; frame++) {
            int first = frame;
            boolean clear = false;
            while (frame < levels.length && levels[frame] > thresholds[frame]) {
                clear |= levels[frame] > thresholds[frame] + ONSET_DB;
                frame++;
            }
            if (clear) {
                loud.add(new Run(start(first), end(frame - 1, levels.length)));
            }
        }
        return loud;
    }

    /** Returns the beginning of the frame's last block: what made this frame louder than the one before it came in there. */
    private int start(int frame) {
        return frame == 0 ? 0 : sample(frame + FRAME_BLOCKS - 1);
    }

    /** Returns the end of the frame's first block, with which the energy left that the next frame lacks. */
    private int end(int frame, int frames) {
        return frame == frames - 1 ? length : sample(frame + 1);
    }

    private static List<Run> longEnough(List<Run> runs, int least) {
        return runs.stream().filter(run -> run.length() >= least).toList();
    }

    /** Joins runs with less silence between them than the shortest that parts them. */
    private static List<Run> joined(List<Run> runs, int shortest) {
        List<Run> joined = new ArrayList<>();
        for (Run run : runs) {
            int last = joined.size() - 1;
            if (last >= 0 && run.start() - joined.get(last).end() < shortest) {
                joined.set(last, new Run(joined.get(last).start(), run.end()));
            } else {
                joined.add(run);
            }
        }
        return List.copyOf(joined);
    }
}
