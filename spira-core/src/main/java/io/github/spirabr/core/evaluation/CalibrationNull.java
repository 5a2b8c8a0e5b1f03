package io.github.spirabr.core.evaluation;

import io.github.spirabr.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The calibration error of perfectly calibrated probabilities: labels are drawn anew from the probabilities (consistency
 * resampling, Bröcker and Smith 2007), one for each subject.
 */
final class CalibrationNull {

    private final int[] bins;
    private final double[] probabilities;
    private final int[] subjects;
    private final double[] chances;

    /** @param subjects the number of each score's subject */
    CalibrationNull(List<RecordingScore> scores, int[] subjects) {
        this.subjects = subjects;
        probabilities = scores.stream().mapToDouble(RecordingScore::probability).toArray();
        bins = Arrays.stream(probabilities).mapToInt(ScoreTable::bin).toArray();
        int count = Arrays.stream(subjects).max().orElse(-1) + 1;
        chances = new double[count];
        int[] recordings = new int[count];
        for (int i = 0; i < subjects.length; i++) {
            chances[subjects[i]] += probabilities[i];
            recordings[subjects[i]]++;
        }
        for (int s = 0; s < count; s++) {
            chances[s] /= Math.max(1, recordings[s]);
        }
    }

    /** Returns the value that the error of a calibrated model exceeds with this probability. */
    double quantile(double tail, int replicates, long seed) {
        RandomStreams streams = new RandomStreams(seed);
        double[] errors = new double[replicates];
        for (int r = 0; r < replicates; r++) {
            errors[r] = error(streams.stream("calibration", 0, Integer.toString(r)));
        }
        Arrays.sort(errors);
        return SubjectBootstrap.quantile(errors, 1 - tail);
    }

    private double error(RandomGenerator random) {
        boolean[] patients = new boolean[chances.length];
        for (int s = 0; s < patients.length; s++) {
            patients[s] = random.nextDouble() < chances[s];
        }
        double[] excess = new double[ScoreTable.BINS];
        for (int i = 0; i < bins.length; i++) {
            excess[bins[i]] += probabilities[i] - (patients[subjects[i]] ? 1 : 0);
        }
        return Arrays.stream(excess).map(Math::abs).sum() / bins.length;
    }
}
