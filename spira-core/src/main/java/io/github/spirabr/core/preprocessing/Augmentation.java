package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.recording.Recording;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Port: a random change to a training recording, drawn anew for every epoch. Evaluation and prediction never see it.
 * Implementations are immutable and safe for any number of threads; all they draw comes from the generator they
 * receive.
 */
public interface Augmentation extends Component {

    /**
     * Returns a changed copy of the waveform, of the same sample rate; or the waveform itself where this recording is to stay as
     * it is, such as by a draw.
     *
     * @param waveform the recording's samples, or the result of the augmentation before this one
     * @param recording the recording that the samples belong to
     * @param random the stream of this epoch, recording and augmentation
     */
    Waveform augment(Waveform waveform, Recording recording, RandomGenerator random);

    /**
     * Returns this augmentation with the recordings of the training subjects' rooms as its noises, if it was made for them; by
     * default {@code this}. Called once in a run, after the split.
     *
     * @param rooms the recordings by id, decoded when asked for; rooms of no other set are among them
     * @throws PreprocessingException if they cannot be its noises
     */
    default Augmentation inRooms(Supplier<Map<String, Waveform>> rooms) {
        return this;
    }

    /**
     * Returns the external sounds that this may mix in, by name: the SHA-256 of the samples in lower-case hexadecimal.
     * Evaluation uses them to avoid sounds that training used. Empty by default.
     */
    default Map<String, String> material() {
        return Map.of();
    }

    /**
     * Returns the external sounds themselves, by name, so that an audit can check that they are not recordings of
     * another set.
     */
    default Map<String, Waveform> sounds() {
        return Map.of();
    }
}
