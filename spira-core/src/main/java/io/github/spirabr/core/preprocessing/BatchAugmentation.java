package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.Component;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Port: a random change to a whole batch of training windows, such as mixing them with each other. Evaluation and
 * prediction never see it. Implementations are immutable and safe for any number of threads; all they draw comes from
 * the generator they receive.
 */
public interface BatchAugmentation extends Component {

    /**
     * Returns the windows that the network learns from in place of the batch; their number may differ.
     *
     * @param batch the windows in the order of the epoch, at least one, all of one shape
     * @param random the stream of this epoch and batch
     * @return at least one window, of the same shape
     */
    List<LabelledWindow> augment(List<LabelledWindow> batch, RandomGenerator random);

    /**
     * A training window and its target.
     *
     * @param features the window's features
     * @param target the target probability of the patient class: 0 for a control's window, 1 for a patient's, between them
     *     for a mixture
     */
    record LabelledWindow(FeatureMatrix features, double target) {

        /** Refuses a target that is not a probability. */
        public LabelledWindow {
            if (!(target >= 0 && target <= 1)) {
                throw new IllegalArgumentException("a window's target must be a probability, in [0, 1], but was " + target);
            }
        }
    }
}
