package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.recording.Recording;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Port: a change to evaluation recordings that is part of how a figure is measured, such as noise
 * that is added to every test recording. Evaluation changes nothing unless a protocol is asked for by
 * name, and every report of a figure that was measured under one states its {@link #disclosure()}.
 * Prediction never uses one.
 *
 * <p>A protocol has its own seed: a recording sounds the same whatever the run's seed, the epoch, the
 * order of work and the number of threads, so that all experiments hear the same. Implementations are
 * immutable and safe for any number of threads.
 */
public interface EvaluationProtocol extends Component {

    /** The recording as this protocol evaluates it: a changed copy of the same sample rate. */
    Waveform apply(Waveform waveform, Recording recording);

    /** Whether the change depends on the label, so that nobody can do the same to an unlabelled recording. */
    boolean readsLabel();

    /** What a report must say wherever a figure of this protocol stands, in one sentence. */
    String disclosure();

    /** The sounds from outside the recording that this may mix in: name by SHA-256 of the samples. */
    Map<String, String> material();

    /** Those sounds themselves, by name, so that an audit can compare them with what training hears. */
    default Map<String, Waveform> sounds() {
        return Map.of();
    }

    /** Whether the user has said that evaluation may hear the same material as training. */
    boolean mayShareMaterial();

    /**
     * Refuses a protocol that mixes in what training has heard, unless {@link #mayShareMaterial()}.
     *
     * @param training the augmentations of the training recordings
     * @throws PreprocessingException if there is such material; names it
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
                    + ", which training hears too, so that its figures would be too good; split the noises, or say"
                    + " that they may be shared (shareNoises)");
        }
    }
}
