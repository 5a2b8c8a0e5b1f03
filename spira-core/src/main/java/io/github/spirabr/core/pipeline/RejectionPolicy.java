package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The number of unusable recordings that a run tolerates. Beyond the limits it stops before anything is trained; within
 * them it continues without these recordings, and reports them.
 *
 * <p>The second limit is needed since a class that loses more recordings than the other changes what the model learns:
 * the cause of the damage may itself separate the classes.
 *
 * @param largestShare largest share of all recordings, in [0, 1]
 * @param largestClassGap largest difference between the shares that the two classes lose, in [0, 1]
 */
public record RejectionPolicy(double largestShare, double largestClassGap) {

    private static final RejectionPolicy DEFAULT = new RejectionPolicy(0.05, 0.02);
    private static final RejectionPolicy STRICT = new RejectionPolicy(0, 0);

    /** Refuses values that are not a share. */
    public RejectionPolicy {
        requireShare("largest share of rejected recordings", largestShare);
        requireShare("largest gap between the classes", largestClassGap);
    }

    /**
     * Returns a policy that tolerates 5 % of the recordings, and 2 percentage points more of one class than of the
     * other.
     */
    public static RejectionPolicy standard() {
        return DEFAULT;
    }

    /** Returns a policy that tolerates no unusable recording. */
    public static RejectionPolicy strict() {
        return STRICT;
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("the " + name + " must be in [0, 1], but was " + value);
        }
    }

    /**
     * Checks that the rejected recordings are within the limits. One recording is tolerated in any case, unless the
     * tolerated share is 0: of 48 recordings of a class, one alone is more than 2 points.
     *
     * @throws InvalidDatasetException that lists all rejected recordings, if there are too many
     */
    void check(String dataset, List<Recording> all, List<RejectedRecording> rejected) {
        boolean oneIsTolerated = largestShare > 0 && rejected.size() == 1;
        if (rejected.isEmpty() || oneIsTolerated) {
            return;
        }
        double share = (double) rejected.size() / all.size();
        double controls = share(Label.CONTROL, all, rejected);
        double patients = share(Label.PATIENT, all, rejected);
        double gap = Math.abs(controls - patients);
        String setting = share > largestShare ? "rejections.largestShare" : "rejections.largestClassGap";
        List<String> faults = new ArrayList<>(inOrder(all, rejected));
        if (share > largestShare) {
            faults.add(String.format(Locale.ROOT, "%d of %d recordings (%.1f %%) are unusable, more than the limit of %.1f %%",
                    rejected.size(), all.size(), 100 * share, 100 * largestShare));
        } else if (gap > largestClassGap) {
            faults.add(String.format(Locale.ROOT, "%.1f %% of the controls and %.1f %% of the patients are unusable, "
                            + "a difference above the limit of %.1f percentage points",
                    100 * controls, 100 * patients, 100 * largestClassGap));
        } else {
            return;
        }
        faults.add("repair these recordings, take them out of the data set, or raise " + setting);
        throw new InvalidDatasetException(dataset, faults);
    }

    private static List<String> inOrder(List<Recording> all, List<RejectedRecording> rejected) {
        Map<String, String> details = new HashMap<>();
        rejected.forEach(one -> details.put(one.recording().id(), one.detail()));
        return all.stream().filter(one -> details.containsKey(one.id())).map(one -> details.get(one.id())).toList();
    }

    private static double share(Label label, List<Recording> all, List<RejectedRecording> rejected) {
        double lost = rejected.stream().filter(one -> one.recording().label() == label).count();
        return lost / all.stream().filter(one -> one.label() == label).count();
    }
}
