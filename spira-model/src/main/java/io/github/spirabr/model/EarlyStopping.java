package io.github.spirabr.model;

import io.github.spirabr.core.training.EpochSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends a training whose validation has not improved for some epochs.
 *
 * @param metric what must improve
 * @param patience how many epochs without improvement are borne, at least 1
 * @param leastImprovement by how much the metric must improve to count, 0 or more
 */
public record EarlyStopping(ValidationMetric metric, int patience, double leastImprovement) {

    /** Refuses settings out of range. */
    public EarlyStopping {
        if (patience < 1) {
            throw new IllegalArgumentException("the patience must be at least 1 epoch, but was " + patience);
        }
        if (!(leastImprovement >= 0)) {
            throw new IllegalArgumentException("the least improvement must be 0 or more, but was " + leastImprovement);
        }
    }

    /** Any improvement of the loss counts. */
    public static EarlyStopping patience(int epochs) {
        return new EarlyStopping(ValidationMetric.LOSS, epochs, 0);
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("earlyStopping.metric", metric.name().toLowerCase(java.util.Locale.ROOT));
        settings.put("earlyStopping.patience", patience);
        settings.put("earlyStopping.leastImprovement", leastImprovement);
        return settings;
    }

    /** Whether the epochs so far are enough; depends on nothing else, so that a resumed run stops where it would have. */
    boolean endsAfter(List<EpochSummary> epochs) {
        double best = Double.POSITIVE_INFINITY;
        int since = 0;
        for (EpochSummary epoch : epochs) {
            double badness = metric.badness(epoch);
            if (badness < best - leastImprovement || best == Double.POSITIVE_INFINITY) {
                best = badness;
                since = 0;
            } else {
                since++;
            }
        }
        return since >= patience;
    }
}
