package io.github.spirabr.core.probe;

import io.github.spirabr.core.evaluation.MetricEstimate;
import java.util.List;

/**
 * What one look behind a model's figures has found: whether it answers by the speech, or by what came with it.
 *
 * @param name short and stable, such as {@code noise-only}
 * @param question what was asked, in a sentence for people
 * @param verdict what to make of it
 * @param finding what was found, in a sentence for people, with the figure that decides
 * @param measurements all that was measured, in the order of display
 */
public record ProbeResult(String name, String question, Verdict verdict, String finding, List<Measurement> measurements) {

    /** What to make of a finding. */
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
     * One measured number.
     *
     * @param name what was measured, and on what
     * @param value the number, NaN if it has no denominator
     * @param lower end of its 95 % confidence interval, NaN where there is none
     * @param upper end of its 95 % confidence interval, NaN where there is none
     * @param recordings from how many recordings
     * @param subjects of how many subjects
     */
    public record Measurement(String name, double value, double lower, double upper, int recordings, int subjects) {

        /**
         * Returns a measurement of an estimate.
         *
         * @param name what was measured, and on what
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
