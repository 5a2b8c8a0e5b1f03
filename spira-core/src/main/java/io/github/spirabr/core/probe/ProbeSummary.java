package io.github.spirabr.core.probe;

import io.github.spirabr.core.probe.ProbeResult.Verdict;
import java.util.List;

/**
 * What several probes say together, for gates: a model passes if no probe has failed.
 *
 * @param failed names of the probes that say that the model must not be relied on
 * @param warnings names of those that found something to be looked at
 * @param inconclusive names of those that had too little to go by
 * @param passed names of those that found nothing
 */
public record ProbeSummary(
        List<String> failed, List<String> warnings, List<String> inconclusive, List<String> passed) {

    /** Copies the lists. */
    public ProbeSummary {
        failed = List.copyOf(failed);
        warnings = List.copyOf(warnings);
        inconclusive = List.copyOf(inconclusive);
        passed = List.copyOf(passed);
    }

    /** Of these results. */
    public static ProbeSummary of(List<ProbeResult> results) {
        return new ProbeSummary(named(results, Verdict.FAILED), named(results, Verdict.WARNING),
                named(results, Verdict.INCONCLUSIVE), named(results, Verdict.PASSED));
    }

    private static List<String> named(List<ProbeResult> results, Verdict verdict) {
        return results.stream().filter(one -> one.verdict() == verdict).map(ProbeResult::name).toList();
    }

    /** Whether no probe has failed. A warning, or too little to go by, is told and does not stop anything. */
    public boolean passes() {
        return failed.isEmpty();
    }

    /** Such as {@code 1 failed (noise-only), 2 passed}; {@code none} without probes. */
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
