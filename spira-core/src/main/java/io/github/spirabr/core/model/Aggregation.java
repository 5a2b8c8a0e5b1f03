package io.github.spirabr.core.model;

import io.github.spirabr.core.component.Component;

/**
 * Port: aggregates a recording's window probabilities into one probability. Stored with the model, so that evaluation
 * and prediction use the same aggregation. Implementations are immutable and safe for any number of threads.
 */
public interface Aggregation extends Component {

    /**
     * Computes the recording's probability of the patient class, in [0, 1], within the range of the window
     * probabilities.
     *
     * @param windows the probability of each window, in time order, at least one; not changed
     */
    double of(double[] windows);

    /** Returns the arithmetic mean, summed in the order of the windows; the default. */
    static Aggregation mean() {
        return BuiltInAggregations.MEAN;
    }

    /**
     * Returns the median; for an even number of windows the mean of the two in the middle. A few outlying windows do
     * not change it.
     */
    static Aggregation median() {
        return BuiltInAggregations.MEDIAN;
    }

    /**
     * Returns the maximum: one window suffices to classify a recording as patient. It grows with the length of the
     * recording.
     */
    static Aggregation maximum() {
        return BuiltInAggregations.MAXIMUM;
    }

    /**
     * Returns the mean of the largest probabilities; of all, where there are fewer.
     *
     * @param windows number of windows, at least 1; 1 is the {@link #maximum}
     */
    static Aggregation topMean(int windows) {
        return new BuiltInAggregations.TopMean(windows);
    }

    /**
     * Returns the mean of the log odds, as a probability: one confident window weighs more than several uncertain ones.
     * Probabilities are clamped to [1e-7, 1 - 1e-7].
     */
    static Aggregation logOddsMean() {
        return BuiltInAggregations.LOG_ODDS_MEAN;
    }
}
