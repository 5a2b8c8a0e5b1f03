package io.github.spirabr.model;

import io.github.spirabr.core.training.EpochSummary;

/** By what validation is judged. */
public enum ValidationMetric {
    /** Binary cross-entropy by recording; lower is better. */
    LOSS {
        @Override
        double badness(EpochSummary summary) {
            return summary.validationLoss();
        }
    },
    /** Share of recordings that are called right; higher is better. */
    ACCURACY {
        @Override
        double badness(EpochSummary summary) {
            return 1 - summary.validationAccuracy();
        }
    };

    /** Lower is better, whatever the metric. */
    abstract double badness(EpochSummary summary);
}
