package io.github.spirabr.core.model;

import io.github.spirabr.core.component.Components;
import java.util.Map;

/**
 * Port: binds the weights of stored models to names, so that the settings of a training can name its initial weights.
 * Found by {@link java.util.ServiceLoader}. Implementations are safe for any number of threads.
 */
public interface WeightsLoader {

    /**
     * Returns the components with the weights bound to a name.
     *
     * @param components the components, in which the name is not yet bound
     * @param files files of a stored model, by name
     * @throws TrainingException if the files contain no weights, or damaged ones
     */
    Components load(Components components, String name, Map<String, byte[]> files);

    /**
     * Binds a placeholder in place of the weights, so that settings can be checked without the model. No network
     * accepts it.
     */
    Components standIn(Components components, String name);
}
