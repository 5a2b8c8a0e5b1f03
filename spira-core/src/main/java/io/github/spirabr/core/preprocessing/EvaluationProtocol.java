package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.recording.Recording;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Port: a change to evaluation recordings that is part of the measurement of a metric, such as noise that is added to
 * every test recording. Evaluation changes nothing unless a protocol is requested by name, and every report of a metric
 * that was measured under a protocol states its {@link #disclosure()}. Prediction never uses a protocol.
 *
 * <p>A protocol has its own seed: its change to a recording does not depend on the run's seed, the epoch, the order of
 * work or the number of threads, so that all experiments evaluate the same samples. Implementations are immutable and
 * safe for any number of threads.
 */
public interface EvaluationProtocol extends Component {

    /** Returns the recording as this protocol evaluates it: a changed copy of the same sample rate. */
    Waveform apply(Waveform waveform, Recording recording);

    /** Returns whether the change depends on the label, so that it cannot be applied to an unlabelled recording. */
    boolean readsLabel();

    /** Returns the sentence that a report must print beside every metric measured under this protocol. */
    String disclosure();

    /** Returns the external sounds that this may mix in, by name: the SHA-256 of the samples. */
    Map<String, String> material();

    /** Returns the external sounds themselves, by name, so that an audit can compare them with the training set. */
    default Map<String, Waveform> sounds() {
        return Map.of();
    }

    /** Returns whether the user allows evaluation to use the same material as training. */
    boolean mayShareMaterial();

    /**
     * Refuses a protocol that mixes in material used in training, unless {@link #mayShareMaterial()}.
     *
     * @param training the augmentations of the training recordings
     * @throws PreprocessingException if there is such material; the message names it
     */
    default void refuseMaterialOf(Collection<? extends Augmentation> training) {
        if (mayShareMaterial()) {
            return;
        }
        Set<String> shared = new TreeSet<>();
        for (Augmentation augmentation : training) {
            augmentation.material().forEach((hash, name) -> {
                if (material().containsKey(hash)) {
                    shared.add(name);
                }
            });
        }
        if (!shared.isEmpty()) {
            throw new PreprocessingException("the evaluation protocol " + description().type() + " mixes in " + shared
                    + ", which training uses too, so its metrics would be too good; split the noises, or allow"
                    + " them to be shared (shareNoises)");
        }
    }
}
