package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.internal.MemoryBudget;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A pipeline that is trained once for each of several tasks, such as a phrase and a rhyme, on one split of the subjects; the
 * answers of the models are fused late, for each session and each subject. Each model is saved under a name of its own, such
 * as {@code spira-phrase}, and names the others. Immutable; each {@link #run} is a run of its own.
 *
 * <pre>{@code
 * // given: TrainingPipeline pipeline
 * TaskFindings findings = TaskTraining.of(pipeline, List.of("phrase", "rhyme")).run();
 * System.out.println(findings.subjects().metric(Metric.AUROC));
 * }</pre>
 */
public final class TaskTraining {

    /** The rule that makes one answer of those of all tasks. */
    public enum Fusion {
        /** The mean of the tasks' log odds; a session without a task is answered by the others. */
        MEAN_LOG_ODDS,
        /**
         * A logistic regression on the tasks' log odds, fitted on the validation set alone; a missing task counts as the mean
         * of the others.
         */
        LOGISTIC
    }

    private final TrainingPipeline pipeline;
    private final List<String> tasks;
    private final Fusion fusion;

    private TaskTraining(TrainingPipeline pipeline, List<String> tasks, Fusion fusion) {
        this.pipeline = pipeline;
        this.tasks = tasks;
        this.fusion = fusion;
    }

    /**
     * Returns a training that fuses by the mean of log odds.
     *
     * @param pipeline pipeline with everything but the task; its split is of the subjects of all tasks
     * @param tasks values of the column of tasks, at least two; recordings of other tasks are not used
     * @throws IllegalArgumentException if a task is named twice, is that of rooms, or cannot be part of a model's name
     */
    public static TaskTraining of(TrainingPipeline pipeline, List<String> tasks) {
        if (tasks.size() < 2) {
            throw new IllegalArgumentException("tasks must name at least two tasks, but were " + tasks
                    + "; leave tasks out to train one model on all recordings");
        }
        Set<String> names = new TreeSet<>();
        for (String task : tasks) {
            if (!names.add(inName(task))) {
                throw new IllegalArgumentException(
                        "tasks must differ in more than signs, but were " + tasks + "; rename one of them");
            }
            if (inName(task).equals("ambient-noise")) {
                throw new IllegalArgumentException("tasks must be of speakers, but one was " + task + ", which is the room"
                        + " without a speaker; it is never trained on");
            }
            ModelVersion.requireName(pipeline.parts().modelName() + "-" + inName(task));
        }
        return new TaskTraining(pipeline, List.copyOf(tasks), Fusion.MEAN_LOG_ODDS);
    }

    /** Returns a copy that fuses by this rule. */
    public TaskTraining fusion(Fusion rule) {
        return new TaskTraining(pipeline, tasks, rule);
    }

    private static String inName(String task) {
        return task.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** A split that was made of the subjects of all tasks. */
    private record Shared(Splitter splitter, long seed, List<String> tasks, Map<String, Side> sides) implements Splitter {

        @Override
        public Map<String, Side> assign(Dataset dataset, long ofRun) {
            Map<String, Side> here = new HashMap<>(sides);
            here.keySet().retainAll(dataset.subjects());
            return here;
        }

        @Override
        public ComponentDescription description() {
            Map<String, Object> settings = new LinkedHashMap<>(splitter.description().settings());
            settings.put("seed", seed);
            settings.put("tasks", tasks);
            return new ComponentDescription(splitter.description().type(), settings);
        }

        @Override
        public String toString() {
            return SplitAuditing.name(splitter) + " of the subjects of " + tasks;
        }
    }

    /**
     * Trains a model for each task, and fuses their answers.
     *
     * @throws io.github.spirabr.core.SpiraException if the recordings, a training or a repository fail; the models of completed
     *     trainings are saved
     */
    public TaskFindings run() {
        PipelineParts parts = pipeline.parts();
        parts.requireWritable(EnumSet.allOf(Stage.class));
        Dataset loaded = parts.recordings().load();
        Dataset dataset = ofTasks(loaded, tasks);
        List<String> faults = dataset.labelFaults(parts.labelsBySession());
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(dataset.name(), faults);
        }
        DatasetSplit split = dataset.split(parts.split(), parts.seed());
        if (!split.sharedSubjects().isEmpty()) {
            throw new InvalidDatasetException(dataset.name(), List.of("tasks are fused by subject, so that the split must be by"
                    + " subject, but it has " + split.sharedSubjects() + " in two sets; choose another split"));
        }
        Optional<SplitCertificate> certificate = Optional.ofNullable(parts.audit())
                .map(audit -> audited(audit, parts, dataset, split));
        Shared shared = new Shared(parts.split(), parts.seed(), tasks, sides(split));
        List<TrainingRun> runs = new ArrayList<>();
        for (String task : tasks) {
            Dataset ofTask = ofTasks(loaded, List.of(task));
            runs.add(pipeline.toBuilder()
                    .recordings(() -> ofTask)
                    .split(shared)
                    .modelName(modelName(task))
                    .furtherProvenance(provenance(task))
                    .build()
                    .run());
        }
        return TaskFusion.of(tasks, fusion, runs, certificate, parts.operatingPoint());
    }

    private String modelName(String task) {
        return pipeline.parts().modelName() + "-" + inName(task);
    }

    private SortedMap<String, String> provenance(String task) {
        SortedMap<String, String> text = new TreeMap<>();
        text.put("task", task);
        text.put("task.fusion", Settings.nameOf(fusion));
        text.put("task.models", tasks.stream().map(this::modelName).collect(Collectors.joining(",")));
        return text;
    }

    /** Returns the recordings of some tasks, and all rooms. */
    private static Dataset ofTasks(Dataset dataset, Collection<String> tasks) {
        List<Recording> chosen = dataset.recordings().stream()
                .filter(one -> one.isAmbient() || one.task().filter(tasks::contains).isPresent()).toList();
        Set<String> found = new TreeSet<>();
        dataset.recordings().forEach(one -> one.task().ifPresent(found::add));
        List<String> faults = tasks.stream().filter(task -> !found.contains(task))
                .map(task -> "the task " + task + " must have recordings, but has none; tasks of the recordings are " + found)
                .toList();
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(dataset.name(), faults);
        }
        return Dataset.of(dataset.name() + ", task" + (tasks.size() == 1 ? " " : "s ") + String.join(", ", tasks), chosen,
                dataset.notes());
    }

    private static Map<String, Side> sides(DatasetSplit split) {
        Map<String, Side> sides = new HashMap<>();
        split.training().subjects().forEach(subject -> sides.put(subject, Side.TRAINING));
        split.validation().subjects().forEach(subject -> sides.put(subject, Side.VALIDATION));
        split.test().subjects().forEach(subject -> sides.put(subject, Side.TEST));
        return sides;
    }

    /** Audits the split of all tasks together: a recording of one task may be found in another one. */
    private static SplitCertificate audited(SplitAudit audit, PipelineParts parts, Dataset dataset, DatasetSplit split) {
        try (WorkThreads threads = new WorkThreads(parts.threads(), "spira-features")) {
            List<Recording> recordings = RunContext.recordings(split);
            if (recordings.stream().anyMatch(one -> !one.audio().part().isWhole())) {
                SplitAudit.searchParts(dataset.name(), split, RecordingContents.of(recordings, threads)::ifReadable);
            }
            SplitAuditing auditing = new SplitAuditing(audit, parts, threads,
                    new Waveforms(parts.reader(), new MemoryBudget(parts.cacheBytes())),
                    (done, total) -> parts.listener().onPipeline(new PipelineEvent.Compared(done, total)));
            return SplitCertificate.of(split, SplitAuditing.name(parts.split()), parts.seed(),
                    auditing.search(dataset.name(), split).result(), Optional.empty());
        }
    }
}
