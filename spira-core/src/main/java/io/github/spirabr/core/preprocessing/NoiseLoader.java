package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.component.Components;

/**
 * Port: makes sets of noises known to components, which settings then name. Found by {@link
 * java.util.ServiceLoader}. Implementations are safe for any number of threads.
 */
public interface NoiseLoader {

    /**
     * The components, with the set bound to its name and, if it is split, its sides to theirs.
     *
     * @param components that do not know the set yet
     * @param reader the one that reads the recordings, so that the sample rates fit
     * @throws PreprocessingException if noises cannot be read or used; names all of them
     */
    Components load(Components components, NoiseSet set, AudioReader reader);

    /**
     * The same, with stand-ins for the noises: as many, of the same names, so that settings can be checked before any
     * audio is read. The same source gets the same stand-in in every set. Nothing must be trained on them.
     *
     * @param sampleRate of the recordings, in hertz
     */
    Components standIn(Components components, NoiseSet set, int sampleRate);
}
