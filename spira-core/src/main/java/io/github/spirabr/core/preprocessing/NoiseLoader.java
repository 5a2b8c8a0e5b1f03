package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.recording.AudioSource;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Port: loads sets of noises and binds them to names that settings can refer to. Found by {@link
 * java.util.ServiceLoader}. Implementations are safe for any number of threads.
 */
public interface NoiseLoader {

    /**
     * Returns the components with the set bound to its name and, if it is split, its two parts bound to theirs.
     *
     * @param components the components, in which the set is not yet bound
     * @param reader the reader of the recordings, so that the sample rates agree
     * @throws PreprocessingException if noises cannot be read or used; names all of them
     */
    Components load(Components components, NoiseSet set, AudioReader reader);

    /**
     * Binds placeholders in place of the noises, in the same number and with the same names, so that settings can be
     * checked before any audio is read. A source gets the same placeholder in every set. Placeholders must not be used
     * for training.
     *
     * @param sampleRate rate of the recordings, in hertz
     */
    Components standIn(Components components, NoiseSet set, int sampleRate);

    /**
     * A description of a set of noises; no audio is loaded.
     *
     * @param name the name that settings refer to
     * @param sources the noises, at least one, with different names; none if they are ambient
     * @param trainingShare the share of the noises for training, above 0 and below 1, if the set is split into {@code
     *     name/training} and {@code name/evaluation}
     * @param seed the seed of that split
     * @param ambient whether each run takes the recordings of its training subjects' rooms as the noises
     */
    record NoiseSet(String name, List<AudioSource> sources, OptionalDouble trainingShare, long seed, boolean ambient) {

        /** Copies the sources. */
        public NoiseSet {
            sources = List.copyOf(sources);
        }

        /** Describes a set of files. */
        public NoiseSet(String name, List<AudioSource> sources, OptionalDouble trainingShare, long seed) {
            this(name, sources, trainingShare, seed, false);
        }
    }
}
