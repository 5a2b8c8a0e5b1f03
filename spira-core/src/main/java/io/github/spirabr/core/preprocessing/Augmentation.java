package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.recording.Recording;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Port: a random change to a training recording, drawn anew for every epoch. Evaluation and
 * prediction never see it. Implementations are immutable and safe for any number of threads; all they
 * draw comes from the generator they are handed.
 */
public interface Augmentation extends Component {

    /**
     * A changed copy of the waveform, of the same sample rate.
     *
     * @param waveform the recording's samples, or what the augmentation before this one made of them
     * @param recording whose samples they are
     * @param random the stream of this epoch, recording and augmentation
     */
    Waveform augment(Waveform waveform, Recording recording, RandomGenerator random);

    /**
     * The sounds from outside the recording that this may mix in, so that evaluation can avoid what
     * training has heard: name by SHA-256 of the samples, in lower-case hexadecimal. Empty by default.
     */
    default Map<String, String> material() {
        return Map.of();
    }

    /** Those sounds themselves, by name, so that an audit can look whether they are recordings of another side. */
    default Map<String, Waveform> sounds() {
        return Map.of();
    }
}
