package io.github.spirabr.core.model;

import io.github.spirabr.core.component.Component;

/**
 * Port: makes one probability of a recording's windows. Stored with the model, so that evaluation and prediction use the
 * same. Implementations are immutable and safe for any number of threads.
 */
public interface Aggregation extends Component {

    /**
     * The recording's probability of being a patient's, in [0, 1]: within the range of its windows'.
     *
     * @param windows the probability of each window, in time order, at least one; not changed
     */
    double of(double[] windows);

    /** The arithmetic mean, summed in the order of the windows; what is used by default. */
    static Aggregation mean() {
        return BuiltInAggregations.MEAN;
    }

    /** The median, of an even number of windows the mean of both in the middle: a few odd windows change nothing. */
    static Aggregation median() {
        return BuiltInAggregations.MEDIAN;
    }

    /** The greatest: one window is enough to call a recording a patient's. The longer a recording, the higher it is. */
    static Aggregation maximum() {
        return BuiltInAggregations.MAXIMUM;
    }

    /**
     * The mean of the greatest ones; of all, where there are no more.
     *
     * @param windows how many, at least 1; 1 is the {@link #maximum}
     */
    static Aggregation topMean(int windows) {
        return new BuiltInAggregations.TopMean(windows);
    }

    /**
     * The mean of the log odds, as a probability: the windows' evidence is averaged, so that one sure window weighs more
     * than several unsure ones. Probabilities are held within [1e-7, 1 - 1e-7].
     */
    static Aggregation logOddsMean() {
        return BuiltInAggregations.LOG_ODDS_MEAN;
    }
}
