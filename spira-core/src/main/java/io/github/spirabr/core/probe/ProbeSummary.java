package io.github.spirabr.core.probe;

import io.github.spirabr.core.probe.ProbeResult.Verdict;
import java.util.List;

/**
 * A summary of several probes, for gates: a model passes if no probe has failed.
 *
 * @param failed names of the probes whose result means that the model must not be relied on
 * @param warnings names of those that found something to examine
 * @param inconclusive names of those that had too little data
 * @param passed names of those without findings
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

    /** Returns a summary of these results. */
    public static ProbeSummary of(List<ProbeResult> results) {
        return new ProbeSummary(named(results, Verdict.FAILED), named(results, Verdict.WARNING),
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
