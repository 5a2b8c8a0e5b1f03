package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.recording.AudioSource;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A description of a set of noises; no audio is loaded.
 *
 * @param name the name that settings refer to
 * @param sources the noises, at least one, with different names
 * @param trainingShare the share of the noises for training, above 0 and below 1, if the set is split into {@code
 *     name/training} and {@code name/evaluation}
 * @param seed the seed of that split
 */
public record NoiseSet(String name, List<AudioSource> sources, OptionalDouble trainingShare, long seed) {

    /** Copies the sources. */
    public NoiseSet {
        sources = List.copyOf(sources);
    }
}
