package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.recording.Recording;
import java.util.random.RandomGenerator;

/**
 * Port: a random change to the features of a training window, drawn anew for every epoch and window. Evaluation and
 * prediction never see it. Implementations are immutable and safe for any number of threads; all they draw comes from
 * the generator they receive.
 */
public interface FeatureAugmentation extends Component {

    /**
     * Returns a changed copy of the window's features, of the same shape.
     *
     * @param window the features, or the result of the augmentation before this one
     * @param recording the recording that the window belongs to
     * @param random the stream of this epoch, recording and augmentation, which its windows share in time order
     */
    FeatureMatrix augment(FeatureMatrix window, Recording recording, RandomGenerator random);
}
