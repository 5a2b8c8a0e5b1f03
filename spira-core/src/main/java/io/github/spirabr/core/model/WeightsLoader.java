package io.github.spirabr.core.model;

import io.github.spirabr.core.component.Components;
import java.util.Map;

/**
 * Port: makes the weights of stored models known to components, so that the settings of a training name what it starts
 * from. Found by {@link java.util.ServiceLoader}. Implementations are safe for any number of threads.
 */
public interface WeightsLoader {

    /**
     * The components, with the weights bound to a name.
     *
     * @param components that do not know the name yet
     * @param files of a stored model, by name
     * @throws TrainingException if there are no weights in them, or damaged ones
     */
    Components load(Components components, String name, Map<String, byte[]> files);

    /** The same with a stand-in, so that settings can be checked where the model is not there. It fits no network. */
    Components standIn(Components components, String name);
}
