package io.github.spirabr.core.component;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** All component providers of the class path, by port and type. Immutable and thread-safe. */
public final class Components {

    private record Key(Class<?> port, String type) {}

    private final Map<Key, ComponentProvider<?>> providers;

    private Components(Map<Key, ComponentProvider<?>> providers) {
        this.providers = providers;
    }

    /**
     * Looks all providers up by {@link ServiceLoader}, with the class loader of this library.
     *
     * @throws ComponentException if two providers claim the same type of the same port
     */
    public static Components discover() {
        return of(ServiceLoader.load(ComponentProvider.class, Components.class.getClassLoader()).stream()
                .<ComponentProvider<?>>map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * Exactly these providers.
     *
     * @throws ComponentException if two of them claim the same type of the same port
     */
    public static Components of(List<ComponentProvider<?>> providers) {
        Map<Key, ComponentProvider<?>> byKey = new HashMap<>();
        for (ComponentProvider<?> provider : providers) {
            ComponentProvider<?> other = byKey.put(new Key(provider.port(), provider.type()), provider);
            if (other != null) {
                throw new ComponentException("the type '" + provider.type() + "' of " + provider.port().getSimpleName()
                        + " is registered twice: by " + origin(other) + " and by " + origin(provider)
                        + "; remove one of them from the class path");
            }
        }
        return new Components(Map.copyOf(byKey));
    }

    /**
     * Builds the component that a description names.
     *
     * @param port what the component must implement
     * @param path where the description stands; part of messages
     * @param description type and settings
     * @throws ComponentException if the type is unknown or a setting is wrong
     */
    public <T extends Component> T create(Class<T> port, String path, ComponentDescription description) {
        ComponentProvider<?> provider = providers.get(new Key(port, description.type()));
        if (provider == null) {
            throw new ComponentException(path + ".type: no " + port.getSimpleName() + " is called '" + description.type()
                    + "'; known are " + types(port) + " (is the module that brings it on the class path?)");
        }
        Settings settings = new Settings(path, description.settings());
        T component;
        try {
            component = port.cast(provider.create(settings));
        } catch (IllegalArgumentException e) {
            throw new ComponentException(path + ": " + e.getMessage(), e);
        }
        settings.refuseUnknown();
        return component;
    }

    private TreeSet<String> types(Class<?> port) {
        TreeSet<String> types = new TreeSet<>();
        providers.keySet().stream().filter(key -> key.port() == port).forEach(key -> types.add(key.type()));
        return types;
    }

    private static String origin(ComponentProvider<?> provider) {
        var source = provider.getClass().getProtectionDomain().getCodeSource();
        return provider.getClass().getName() + (source == null ? "" : " in " + source.getLocation());
    }
}
