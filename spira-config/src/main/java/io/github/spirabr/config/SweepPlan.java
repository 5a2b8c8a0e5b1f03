package io.github.spirabr.config;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.sweep.SweepStrategy;
import io.github.spirabr.core.sweep.SweptSetting;
import io.github.spirabr.core.sweep.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The content of a {@link SweepFile}: an experiment, the settings that vary, and the choice among them. Paths are absolute.
 * Immutable.
 */
public final class SweepPlan {

    /** Setting of the experiment that successive halving varies. */
    static final String EPOCHS = "training.epochs";
    /** A text that needs no quotes. */
    private static final Pattern PLAIN = Pattern.compile("(?!true$|false$|null$)[A-Za-z][A-Za-z0-9_-]*");

    private final Path file;
    private final ExperimentFile experiment;
    private final List<SweptSetting> settings;
    private final SweepStrategy strategy;
    private final Metric metric;
    private final List<Long> seeds;
    private final OptionalInt folds;

    SweepPlan(
            Path file,
            ExperimentFile experiment,
            List<SweptSetting> settings,
            SweepStrategy strategy,
            Metric metric,
            List<Long> seeds,
            OptionalInt folds) {
        this.file = file;
        this.experiment = experiment;
        this.settings = List.copyOf(settings);
        this.strategy = strategy;
        this.metric = metric;
        this.seeds = List.copyOf(seeds);
        this.folds = folds;
    }

    /** A value that is a group or a list, such as a part with its settings, as YAML on one line. */
    record Flow(String text) {

        @Override
        public String toString() {
            return text;
        }
    }

    /** Returns the same sweep of an experiment with one more setting, as in {@link ExperimentFile#set}. */
    public SweepPlan set(String override) {
        return new SweepPlan(file, experiment.set(override), settings, strategy, metric, seeds, folds);
    }

    /**
     * Returns the experiment without swept settings.
     *
     * @throws InvalidExperimentException with every fault
     */
    public Experiment experiment() {
        return experiment.read();
    }

    /**
     * Returns the experiment of one training.
     *
     * @throws InvalidExperimentException with every fault, those of swept settings among them
     */
    public Experiment experiment(Trial trial) {
        return file(trial).read();
    }

    /** Returns the experiment's file with the settings of one training. */
    ExperimentFile file(Trial trial) {
        ExperimentFile with = experiment;
        for (Map.Entry<String, Object> setting : trial.settings().entrySet()) {
            with = with.set(setting.getKey() + "=" + text(setting.getValue()),
                    file + ": " + setting.getKey() + " " + setting.getValue());
        }
        if (trial.epochs().isPresent()) {
            with = with.set(EPOCHS + "=" + trial.epochs().getAsInt(), file + ": epochs of the strategy");
        }
        return with;
    }

    /** Returns a value as YAML; what is a text stays one. */
    static String text(Object value) {
        if (value instanceof Double number) {
            return ExperimentText.number(number);
        }
        return value instanceof String text && !PLAIN.matcher(text).matches()
                ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : value.toString();
    }

    /** Returns the settings that vary; their names are paths of the experiment. */
    public List<SweptSetting> settings() {
        return settings;
    }

    /** Returns the choice of the points. */
    public SweepStrategy strategy() {
        return strategy;
    }

    /** Returns the metric of the validation set, by recording, that chooses. */
    public Metric metric() {
        return metric;
    }

    /** Returns the seeds that each point is trained with; the experiment's own if empty. */
    public List<Long> seeds() {
        return seeds;
    }

    /** Returns the number of inner folds; the split's own validation set chooses if empty. */
    public OptionalInt folds() {
        return folds;
    }
}
