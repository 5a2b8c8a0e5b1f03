package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * All metrics of the test set with their confidence intervals.
 *
 * @param byRecording metrics of one answer for each recording
 * @param bySubject metrics of one answer for each subject
 * @param bySession metrics of one answer for each session of a subject; empty if no recording tells its session
 * @param decided metrics of the answers outside of the inconclusive band; empty if there are none, or no band
 * @param groups metrics of every group of every column
 */
record TestMetrics(
        MetricEstimates byRecording,
        MetricEstimates bySubject,
        MetricEstimates bySession,
        MetricEstimates decided,
        List<GroupMetrics> groups) {

    static final int REPLICATES = 2000;

    static TestMetrics of(Evaluation test, List<Recording> recordings, DecisionRule decision, RandomStreams random) {
        long seed = seed(random);
        return new TestMetrics(
                MetricEstimates.of(test, REPLICATES, seed),
                MetricEstimates.of(test.bySubject(), REPLICATES, seed),
                Sessions.areKnown(recordings)
                        ? MetricEstimates.of(Sessions.of(test, recordings), REPLICATES, seed) : MetricEstimates.none(),
                decision.abstains()
                        ? decision.decided(test).map(one -> MetricEstimates.of(one, REPLICATES, seed)).orElse(MetricEstimates.none())
                        : MetricEstimates.none(),
                GroupMetrics.of(test, recordings, REPLICATES, seed));
    }

    /** Returns the seed of the draws of confidence intervals. */
    static long seed(RandomStreams random) {
        return random.stream("confidence intervals").nextLong();
    }

    void describe(SortedMap<String, String> text) {
        describe(text, "figures.recording.", byRecording);
        describe(text, "figures.subject.", bySubject);
        describe(text, "figures.session.", bySession);
        describe(text, "figures.decided.", decided);
        groups.forEach(one -> describe(text, "figures.group." + one.column() + "." + one.group() + ".", one.metrics()));
        text.put("figures.imprecise", Boolean.toString(byRecording.imprecise()));
    }

    private static void describe(SortedMap<String, String> text, String path, MetricEstimates estimates) {
        for (MetricEstimate estimate : estimates) {
            String name = path + estimate.metric().name().toLowerCase(Locale.ROOT);
            text.put(name, Double.toString(estimate.value()));
            text.put(name + ".lower", Double.toString(estimate.lower()));
            text.put(name + ".upper", Double.toString(estimate.upper()));
            text.put(name + ".answers", Integer.toString(estimate.answers()));
            text.put(name + ".subjects", Integer.toString(estimate.subjects()));
        }
    }
}
