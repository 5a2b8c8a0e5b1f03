package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.random.RandomStreams;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * All metrics of the test side with their confidence intervals.
 *
 * @param byRecording of one answer for each recording
 * @param bySubject of one answer for each subject
 */
record TestFigures(List<MetricEstimate> byRecording, List<MetricEstimate> bySubject) {

    private static final int REPLICATES = 2000;

    static TestFigures of(Evaluation test, RandomStreams random) {
        long seed = random.stream("confidence intervals").nextLong();
        return new TestFigures(
                MetricEstimates.of(test, REPLICATES, seed), MetricEstimates.of(test.bySubject(), REPLICATES, seed));
    }

    void describe(SortedMap<String, String> text) {
        describe(text, "figures.recording.", byRecording);
        describe(text, "figures.subject.", bySubject);
        text.put("figures.imprecise", Boolean.toString(byRecording.get(0).imprecise()));
    }

    private static void describe(SortedMap<String, String> text, String path, List<MetricEstimate> estimates) {
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
