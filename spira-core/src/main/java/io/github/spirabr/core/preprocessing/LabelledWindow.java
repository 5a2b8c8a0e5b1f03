package io.github.spirabr.core.preprocessing;

/**
 * A training window and its target.
 *
 * @param features the window's features
 * @param target the target probability of the patient class: 0 for a control's window, 1 for a patient's, between them
 *     for a mixture
 */
public record LabelledWindow(FeatureMatrix features, double target) {

    /** Refuses a target that is not a probability. */
    public LabelledWindow {
        if (!(target >= 0 && target <= 1)) {
            throw new IllegalArgumentException("a window's target must be a probability, in [0, 1], but was " + target);
        }
    }
}
