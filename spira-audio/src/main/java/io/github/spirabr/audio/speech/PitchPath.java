package io.github.spirabr.audio.speech;

/**
 * The candidates for the pitch of each frame, and the cheapest path through them (P. Boersma, "Accurate short-term analysis of the
 * fundamental frequency and the harmonics-to-noise ratio of a sampled sound", 1993, with the costs that Praat has by default).
 * Candidate 0 of each frame is the lack of voice. For one thread.
 */
final class PitchPath {

    static final double SILENCE = 0.03;
    static final double VOICING = 0.45;
    private static final double OCTAVE_COST = 0.01;
    private static final double JUMP_COST = 0.35;
    private static final double VOICING_CHANGE_COST = 0.14;
    /** Frame distance for which the costs of changes are meant, in seconds. */
    private static final double USUAL_STEP = 0.01;
    private static final int CANDIDATES = 16;

    private final double step;
    private final double highest;
    private final double changeCost;
    private final int[] counts;
    private final double[][] logs;
    private final double[][] hertz;
    private final double[][] strengths;
    private final double[] unvoiced;

    /**
     * Creates a path without candidates.
     *
     * @param step distance between frames, in seconds
     * @param ceiling highest pitch, in hertz
     */
    PitchPath(int frames, double step, double ceiling) {
        this.step = step;
        this.highest = log2(ceiling);
        this.changeCost = VOICING_CHANGE_COST * USUAL_STEP / step;
        this.counts = new int[frames];
        this.logs = new double[frames][CANDIDATES];
        this.hertz = new double[frames][CANDIDATES];
        this.strengths = new double[frames][CANDIDATES];
        this.unvoiced = new double[frames];
    }

    /**
     * Begins a frame with the lack of voice as its only candidate.
     *
     * @param intensity peak of the frame relative to that of the recording, in [0, 1]
     * @return false if no candidate could win against the lack of voice
     */
    boolean begin(int frame, double intensity) {
        counts[frame] = 1;
        unvoiced[frame] = VOICING + Math.max(0, 2 - intensity * (1 + VOICING) / SILENCE);
        return unvoiced[frame] < 1 + 2 * changeCost;
    }

    /** Adds a candidate; a full frame loses its weakest one, where high frequencies count a little more. */
    void add(int frame, double frequency, double strength) {
        double log = log2(frequency);
        int place = counts[frame];
        if (place == CANDIDATES) {
            place = weakest(frame);
            if (strength + OCTAVE_COST * log <= strengths[frame][place] + OCTAVE_COST * logs[frame][place]) {
                return;
            }
        } else {
            counts[frame]++;
        }
        hertz[frame][place] = frequency;
        logs[frame][place] = log;
        strengths[frame][place] = strength;
    }

    private int weakest(int frame) {
        int weakest = 1;
        for (int i = 2; i < CANDIDATES; i++) {
            if (strengths[frame][i] + OCTAVE_COST * logs[frame][i]
                    < strengths[frame][weakest] + OCTAVE_COST * logs[frame][weakest]) {
                weakest = i;
            }
        }
        return weakest;
    }

    /**
     * Returns the track of the cheapest path.
     *
     * @param first time of the first frame, in seconds
     */
    PitchTrack best(double first) {
        int frames = counts.length;
        double jumpCost = JUMP_COST * USUAL_STEP / step;
        int[][] from = new int[frames][CANDIDATES];
        double[] before = new double[CANDIDATES];
        double[] now = new double[CANDIDATES];
        for (int frame = 0; frame < frames; frame++) {
            for (int next = 0; next < counts[frame]; next++) {
                double best = frame == 0 ? 0 : Double.NEGATIVE_INFINITY;
                for (int last = 0; frame > 0 && last < counts[frame - 1]; last++) {
                    double cost = last == 0 || next == 0
                            ? (last == next ? 0 : changeCost)
                            : jumpCost * Math.abs(logs[frame - 1][last] - logs[frame][next]);
                    if (before[last] - cost > best) {
                        best = before[last] - cost;
                        from[frame][next] = last;
                    }
                }
                now[next] = best + value(frame, next);
            }
            double[] swap = before;
            before = now;
            now = swap;
        }
        return track(first, from, before);
    }

    private double value(int frame, int candidate) {
        return candidate == 0
                ? unvoiced[frame]
                : strengths[frame][candidate] - OCTAVE_COST * (highest - logs[frame][candidate]);
    }

    private PitchTrack track(double first, int[][] from, double[] sums) {
        int frames = counts.length;
        double[] chosen = new double[frames];
        double[] strength = new double[frames];
        int candidate = 0;
        for (int i = 1; frames > 0 && i < counts[frames - 1]; i++) {
            candidate = sums[i] > sums[candidate] ? i : candidate;
        }
        for (int frame = frames - 1; frame >= 0; frame--) {
            chosen[frame] = candidate == 0 ? 0 : hertz[frame][candidate];
            strength[frame] = candidate == 0 ? 0 : strengths[frame][candidate];
            candidate = from[frame][candidate];
        }
        return new PitchTrack(first, step, chosen, strength);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
