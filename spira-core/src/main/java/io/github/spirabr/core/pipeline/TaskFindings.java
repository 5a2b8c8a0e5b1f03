package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.evaluation.Evaluation;
import java.util.List;
import java.util.Optional;

/**
 * The results of a {@link TaskTraining}.
 *
 * @param tasks tasks, in their order
 * @param fusion the rule that made one answer of those of all tasks
 * @param runs one for each task
 * @param certificate certificate of the split of all tasks together; empty without an audit
 * @param sessions the fused answers to the sessions of the test set, with their metrics; empty if no recording tells its session
 * @param subjects the fused answers to the subjects of the test set, with their metrics
 */
public record TaskFindings(
        List<String> tasks,
        TaskTraining.Fusion fusion,
        List<TrainingRun> runs,
        Optional<SplitCertificate> certificate,
        Optional<Evaluation> sessions,
        Evaluation subjects) {

    /** Copies the lists. */
    public TaskFindings {
        tasks = List.copyOf(tasks);
        runs = List.copyOf(runs);
        if (tasks.size() != runs.size()) {
            throw new IllegalArgumentException(
                    "there must be a run for each of the tasks " + tasks + ", but were " + runs.size());
        }
    }
}
