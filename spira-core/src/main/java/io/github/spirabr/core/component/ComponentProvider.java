package io.github.spirabr.core.component;

/**
 * Gives a component a name and builds it from settings. Providers are found by {@link
 * java.util.ServiceLoader}: a jar lists its own in {@code
 * META-INF/services/io.github.spirabr.core.component.ComponentProvider}; the built-in parts use this
 * very door.
 *
 * @param <T> the port that the component implements
 */
public interface ComponentProvider<T extends Component> {

    /** The port, such as {@code FeatureExtractor.class}. */
    Class<T> port();

    /** The type's name, lower case with hyphens, unique for its port. */
    String type();

    /**
     * Builds the component.
     *
     * @param settings reads values by name and type; names that are never asked for are refused
     *     afterwards
     * @throws ComponentException if a value is missing, of the wrong type or out of range
     */
    T create(Settings settings);
}
