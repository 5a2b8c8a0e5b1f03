package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Component;

/**
 * Port: a change to every recording, in training, evaluation and prediction alike, before all other steps, such as a
 * filter or the removal of long silences. It is stored with the model. It draws nothing at random and does not depend
 * on the label; a change that does is an {@link Augmentation}. Implementations are immutable and safe for any number of
 * threads.
 */
public interface WaveformTransform extends Component {

    /**
     * Returns a changed copy of the waveform, of the same sample rate and at least one sample; its length may differ.
     *
     * @param waveform the recording's samples, or the result of the transform before this one
     */
    Waveform apply(Waveform waveform);
}
