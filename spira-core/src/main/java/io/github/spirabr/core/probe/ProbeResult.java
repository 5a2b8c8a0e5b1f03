package io.github.spirabr.core.probe;

import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import java.util.List;
import java.util.Set;

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

    /**
     * The name of the comparison with logistic regression on speech statistics that a run adds by itself. Its first measurement,
     * if it has any, is the network's AUROC less that of the regression.
     */
    public static final String BASELINE = "baseline";

    /** The names of the results that a run adds by itself. */
    private static final Set<String> ADDED = Set.of("training-noise", BASELINE);

    /** The verdict of a probe. */
    public enum Verdict {
        /** Nothing speaks against the model. */
        PASSED,
        /** Review needed before the model is relied on. */
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

    /**
     * Returns whether a probe of the pipeline gave any of these results. Without one it is unknown whether the model uses the
     * speech, even where a run has added {@code training-noise} or {@link #BASELINE}, for which no probe is asked.
     */
    public static boolean anyOfProbe(List<ProbeResult> results) {
        return results.stream().anyMatch(one -> !ADDED.contains(one.name()));
    }

    /**
     * A summary of several probes, for gates: a model passes if no probe has failed.
     *
     * @param failed names of the probes whose result means that the model must not be relied on
     * @param warnings names of those that found something to examine
     * @param inconclusive names of those that had too little data
     * @param passed names of those without findings
     */
    public record Summary(
            List<String> failed, List<String> warnings, List<String> inconclusive, List<String> passed) {

        /** Copies the lists. */
        public Summary {
            failed = List.copyOf(failed);
            warnings = List.copyOf(warnings);
            inconclusive = List.copyOf(inconclusive);
            passed = List.copyOf(passed);
        }

        /** Returns a summary of these results. */
        public static Summary of(List<ProbeResult> results) {
            return new Summary(named(results, Verdict.FAILED), named(results, Verdict.WARNING),
                    named(results, Verdict.INCONCLUSIVE), named(results, Verdict.PASSED));
        }

        private static List<String> named(List<ProbeResult> results, Verdict verdict) {
            return results.stream().filter(one -> one.verdict() == verdict).map(ProbeResult::name).toList();
        }

        /** Returns whether no probe has failed. Warnings and inconclusive results are reported and do not stop anything. */
        public boolean passes() {
            return failed.isEmpty();
        }

        /** Returns a text such as {@code 1 failed (noise-only), 2 passed}; {@code none} without probes. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            add(text, failed, "failed", true);
            add(text, warnings, "to be looked at", true);
            add(text, inconclusive, "inconclusive", true);
            add(text, passed, "passed", false);
            return text.isEmpty() ? "none" : text.toString();
        }

        private static void add(StringBuilder text, List<String> names, String what, boolean named) {
            if (!names.isEmpty()) {
                text.append(text.isEmpty() ? "" : ", ").append(names.size()).append(' ').append(what);
                if (named) {
                    text.append(" (").append(String.join(", ", names)).append(')');
                }
            }
        }
    }
}
