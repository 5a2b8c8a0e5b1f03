package io.github.spirabr.core.probe;

import io.github.spirabr.core.evaluation.MetricEstimate;
import java.util.List;

/**
 * The result of one probe: whether the model depends on the speech, or on something that comes with it.
 *
 * @param name short and stable, such as {@code noise-only}
 * @param question the question of the probe, in one sentence
 * @param verdict the verdict
 * @param finding the finding in one sentence, with the deciding value
 * @param measurements all measured values, in the order of display
 */
public record ProbeResult(String name, String question, Verdict verdict, String finding, List<Measurement> measurements) {

    /** The verdict of a probe. */
    public enum Verdict {
        /** Nothing speaks against the model. */
        PASSED,
        /** To be looked at before the model is relied on. */
        WARNING,
        /** The model must not be relied on. */
        FAILED,
        /** There are too few recordings or subjects to tell. */
        INCONCLUSIVE
    }

    /**
     * One measured value.
     *
     * @param name name of the value and the data it was measured on
     * @param value the number, NaN if it has no denominator
     * @param lower end of its 95 % confidence interval, NaN if undefined
     * @param upper end of its 95 % confidence interval, NaN if undefined
     * @param recordings number of recordings
     * @param subjects number of their subjects
     */
    public record Measurement(String name, double value, double lower, double upper, int recordings, int subjects) {

        /**
         * Returns a measurement of an estimate.
         *
         * @param name name of the value and the data it was measured on
         */
        public static Measurement of(String name, MetricEstimate estimate) {
            return new Measurement(name, estimate.value(), estimate.lower(), estimate.upper(), estimate.answers(),
                    estimate.subjects());
        }
    }

    /** Copies the list. */
    public ProbeResult {
        measurements = List.copyOf(measurements);
    }
}
