package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Component;

/**
 * Port: a change to every recording, in training, evaluation and prediction alike, before anything else happens to it,
 * such as a filter or the removal of long silences. It is stored with the model. It draws nothing and knows no label:
 * what does is an {@link Augmentation}. Implementations are immutable and safe for any number of threads.
 */
public interface WaveformTransform extends Component {

    /**
     * A changed copy of the waveform, of the same sample rate; its length may be another, but at least one sample.
     *
     * @param waveform the recording's samples, or what the transform before this one made of them
     */
    Waveform apply(Waveform waveform);
}
