package io.github.spirabr.core.quality;

import io.github.spirabr.core.quality.InputStatistics.OfSubject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums over recordings, relative to a centre so that no digits are lost; the sums of a subject can be subtracted. */
final class FeatureSums {

    private final double[] centre;
    private final double[] sums;
    private final double[] squares;
    private int count;

    private FeatureSums(double[] centre) {
        this.centre = centre;
        this.sums = new double[centre.length];
        this.squares = new double[centre.length];
    }

    /** Computes the distance of each recording from those of all other subjects, in the order of the recordings. */
    static double[] leftOutDistances(List<OfSubject> recordings) {
        InputMeasures first = recordings.get(0).measures();
        double[] centre = new double[2 * first.features()];
        for (int d = 0; d < centre.length; d++) {
            centre[d] = first.value(InputMeasures.levelCount() + d);
        }
        FeatureSums all = new FeatureSums(centre);
        Map<String, FeatureSums> ofSubjects = new HashMap<>();
        for (OfSubject one : recordings) {
            all.add(one.measures());
            ofSubjects.computeIfAbsent(one.subject(), subject -> new FeatureSums(centre)).add(one.measures());
        }
        Map<String, FeatureSpread> ofOthers = new HashMap<>();
        ofSubjects.forEach((subject, sums) -> ofOthers.put(subject, all.spreadWithout(sums)));
        return recordings.stream()
                .mapToDouble(one -> ofOthers.get(one.subject()).distance(one.measures()))
                .toArray();
    }

    private void add(InputMeasures recording) {
        for (int d = 0; d < centre.length; d++) {
            double rest = recording.value(InputMeasures.levelCount() + d) - centre[d];
            sums[d] += rest;
            squares[d] += rest * rest;
        }
        count++;
    }

    private FeatureSpread spreadWithout(FeatureSums others) {
        int left = count - others.count;
        double[] means = new double[centre.length];
        double[] deviations = new double[centre.length];
        for (int d = 0; d < centre.length; d++) {
            double mean = (sums[d] - others.sums[d]) / left;
            double spread = squares[d] - others.squares[d] - left * mean * mean;
            means[d] = centre[d] + mean;
            deviations[d] = Math.sqrt(Math.max(0, spread / (left - 1)));
        }
        return new FeatureSpread(means, deviations);
    }
}
