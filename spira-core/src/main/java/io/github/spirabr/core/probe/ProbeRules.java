package io.github.spirabr.core.probe;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import java.util.List;
import java.util.Locale;

/** The common parts of probes: estimates, and the rule that turns an AUROC into a verdict. */
public final class ProbeRules {

    /** The default bound: the class counts as visible if the AUROC is at least 0.7 or at most 0.3. */
    public static final double CLASS_SHOWS = 0.7;

    /** The setting {@code bound}: the AUROC at or above which the class counts as visible. */
    public static final Setting BOUND =
            Setting.number("bound", "AUROC at which the class counts as visible.").above(0.5).atMost(1).byDefault(CLASS_SHOWS);

    static final int REPLICATES = 2000;

    private ProbeRules() {}

    /**
     * Estimates the AUROC with its interval by bootstrap over subjects.
     *
     * @param model the model whose streams the seed is drawn from
     */
    public static MetricEstimate auroc(Evaluation evaluation, ProbedModel model) {
        return estimate(evaluation, Metric.AUROC, model);
    }

    static MetricEstimate estimate(Evaluation evaluation, Metric metric, ProbedModel model) {
        return MetricEstimates.of(evaluation, List.of(metric), REPLICATES, seed(model)).metric(metric);
    }

    static long seed(ProbedModel model) {
        return model.random().stream("probes").nextLong();
    }

    /**
     * Returns the verdict where the class must not be predictable. An AUROC far below one half counts, too:
     * a model that is always wrong has learned the class.
     *
     * <ul>
     *   <li>failed: the AUROC is at or beyond the bound, and its interval lies beyond one half;
     *   <li>a warning: either of these;
     *   <li>passed: neither, and the interval does not reach the bound;
     *   <li>inconclusive: neither, but the interval is so wide that it reaches the bound.
     * </ul>
     *
     * @param auroc auroc of answers that should be at chance
     * @param bound above 0.5 and at most 1
     */
    public static Verdict mustNotShow(MetricEstimate auroc, double bound) {
        boolean strong = Math.abs(auroc.value() - 0.5) >= bound - 0.5;
        boolean certain = auroc.lower() > 0.5 || auroc.upper() < 0.5;
        if (strong || certain) {
            return strong && certain ? Verdict.FAILED : Verdict.WARNING;
        }
        if (auroc.value() == 0.5 && Double.isNaN(auroc.lower())) {
            // All answers are the same, whatever subjects are drawn.
            return Verdict.PASSED;
        }
        return auroc.upper() < bound && auroc.lower() > 1 - bound ? Verdict.PASSED : Verdict.INCONCLUSIVE;
    }

    /** Returns a text such as {@code 0.912 (0.870 to 0.955)}. */
    public static String text(MetricEstimate estimate) {
        return text(estimate.value(), estimate.lower(), estimate.upper());
    }

    static String text(double value, double lower, double upper) {
        return Double.isNaN(lower)
                ? String.format(Locale.ROOT, "%.3f", value)
                : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", value, lower, upper);
    }

    /** Refuses an invalid bound of an AUROC: it must be above 0.5 and at most 1. */
    public static void requireBound(double bound) {
        if (!(bound > 0.5 && bound <= 1)) {
            throw new IllegalArgumentException("the bound of an AUROC must be above 0.5 and at most 1, but was " + bound);
        }
    }
}
