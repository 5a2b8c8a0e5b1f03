package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.recording.AudioSource;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A set of noises as it is described, nothing of which is loaded.
 *
 * @param name how settings refer to it
 * @param sources at least one, of different names
 * @param trainingShare of the noises that training hears, above 0 and below 1, if the set is split into {@code
 *     name/training} and {@code name/evaluation}
 * @param seed of that split
 */
public record NoiseSet(String name, List<AudioSource> sources, OptionalDouble trainingShare, long seed) {

    /** Copies the sources. */
    public NoiseSet {
        sources = List.copyOf(sources);
    }
}
