package io.github.spirabr.training;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule that ends training when a metric of the validation set has not improved for some epochs. The model of the
 * epoch with the best value of the metric is kept, of equal values the first.
 *
 * @param metric recording-level metric that must improve; metrics of decisions use the threshold 0.5
 * @param patience number of epochs without improvement after which training ends, at least 1
 * @param leastImprovement smallest improvement that counts, 0 or more
 */
public record EarlyStopping(Metric metric, int patience, double leastImprovement) {

    static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    Setting.choice("metric", Metric.class, "Metric of the validation set that must improve.")
                            .byDefault(Metric.LOG_LOSS),
                    Setting.integer("patience", "Number of epochs without improvement after which training ends.").atLeast(1),
                    Setting.number("leastImprovement", "Smallest improvement that counts.").atLeast(0).byDefault(0))
            .asOptionalGroup("earlyStopping");

    /** Checks the ranges. */
    public EarlyStopping {
        if (patience < 1) {
            throw new IllegalArgumentException("the patience must be at least 1 epoch, but was " + patience);
        }
        if (!(leastImprovement >= 0)) {
            throw new IllegalArgumentException("the least improvement must be 0 or more, but was " + leastImprovement);
        }
    }

    /** Returns a rule for the validation loss in which any improvement counts. */
    public static EarlyStopping patience(int epochs) {
        return new EarlyStopping(Metric.LOG_LOSS, epochs, 0);
    }

    /** Returns a rule for a metric in which any improvement counts. */
    public static EarlyStopping on(Metric metric, int patience) {
        return new EarlyStopping(metric, patience, 0);
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("metric", Settings.nameOf(metric));
        settings.put("patience", patience);
        settings.put("leastImprovement", leastImprovement);
        return settings;
    }

    static EarlyStopping from(Settings settings) {
        return new EarlyStopping(
                settings.choice("earlyStopping.metric", Metric.class),
                settings.integer("earlyStopping.patience"),
                settings.number("earlyStopping.leastImprovement"));
    }

    /** Returns the reason of the end, for people. */
    String reason() {
        return Settings.nameOf(metric) + " has not improved" + (leastImprovement > 0 ? " by " + leastImprovement : "") + " for "
                + patience + (patience == 1 ? " epoch" : " epochs");
    }

    /** The metric of these answers, less being better; the largest number if it has no value. */
    double badness(Evaluation answers) {
        if (metric == Metric.LOG_LOSS) {
            return answers.logLoss();
        }
        double value = answers.value(metric);
        return Double.isNaN(value) ? Double.MAX_VALUE : metric.moreIsBetter() ? -value : value;
    }

    /**
     * Returns true if training ends after these epochs. The answer depends on the values alone, so that a resumed run
     * stops at the same epoch. NaN is no improvement.
     *
     * @param values metric of each epoch
     */
    boolean endsAfter(List<Double> values) {
        double best = Double.POSITIVE_INFINITY;
        int since = 0;
        for (double value : values) {
            double badness = metric.moreIsBetter() ? -value : value;
            if (badness < best - leastImprovement || best == Double.POSITIVE_INFINITY && !Double.isNaN(badness)) {
                best = badness;
                since = 0;
            } else {
                since++;
            }
        }
        return since >= patience;
    }
}
