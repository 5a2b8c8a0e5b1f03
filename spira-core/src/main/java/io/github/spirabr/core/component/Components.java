package io.github.spirabr.core.component;

import io.github.spirabr.core.internal.adapter.ServiceProviders;
import io.github.spirabr.core.internal.adapter.Spelling;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** All component providers of the class path, by port and type. Immutable and thread-safe. */
public final class Components {

    /** Artifacts of the types that are not among those of the command line. */
    private static final Map<String, String> EXTENSIONS =
            Map.of("panns", "spira-pytorch", "djl", "spira-pytorch", "pytorch", "spira-pytorch", "onnx-encoder", "spira-encoder");

    private record Key(Class<?> port, String type) {}

    private final Map<Key, ComponentProvider<?>> providers;
    private final Bindings bindings;

    private Components(Map<Key, ComponentProvider<?>> providers, Bindings bindings) {
        this.providers = providers;
        this.bindings = bindings;
    }

    /**
     * Looks all providers up, as {@link ServiceProviders} does.
     *
     * @throws ComponentException if two providers claim the same type of the same port
     */
    public static Components discover() {
        return of(ServiceProviders.of(ComponentProvider.class).stream().<ComponentProvider<?>>map(one -> one).toList());
    }

    /**
     * Returns components with exactly these providers.
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
        return new Components(Map.copyOf(byKey), Bindings.NONE);
    }

    /**
     * Returns the same providers with a value that settings may name: a value that is too large for settings, or is
     * loaded by the application, such as a set of noises. Providers read it by {@link Settings#bound}.
     *
     * @param kind the type of the value, such as {@code Noises.class}
     * @param name the name that settings use
     * @param value safe for any number of threads
     * @throws ComponentException if there already is one of this kind and name
     */
    public <T> Components bind(Class<T> kind, String name, T value) {
        return new Components(providers, bindings.with(kind, name, value));
    }

    /**
     * Builds the component that a description names.
     *
     * @param port the interface that the component must implement
     * @param path the location of the description, such as {@code preprocessing.augment[1]}; part of messages
     * @param description type and settings
     * @throws ComponentException if the type is unknown or a setting is wrong
     */
    public <T extends Component> T create(Class<T> port, String path, ComponentDescription description) {
        ComponentProvider<?> provider = provider(port, path, description);
        return provider.settings().read(
                path, description.settings(), bindings, this, settings -> port.cast(provider.create(settings)));
    }

    /**
     * Checks kinds, ranges and names of settings as {@link #create} does, without building the component: its files need not
     * exist.
     *
     * @throws ComponentException if the type is unknown or a setting is wrong
     */
    public void check(Class<? extends Component> port, String path, ComponentDescription description) {
        new GivenSettings(
                provider(port, path, description).settings(), path, description.settings(), bindings, this).settings();
    }

    private ComponentProvider<?> provider(Class<?> port, String path, ComponentDescription description) {
        ComponentProvider<?> provider = providers.get(new Key(port, description.type()));
        if (provider == null) {
            Set<String> known = types(port);
            String sentence = path + ".type: no " + port.getSimpleName() + " is called '" + description.type()
                    + "'; known are " + known
                    + Spelling.nearest(description.type(), known).map(near -> "; did you mean '" + near + "'?").orElse("")
                    + (EXTENSIONS.containsKey(description.type())
                            ? " (it needs " + EXTENSIONS.get(description.type())
                                    + "; put its jar, and those that it needs, on the class path, or into the folder"
                                    + " extensions/ beside spira.jar)"
                            : " (is the module that brings it on the class path?)");
            throw ComponentException.of(List.of(new ComponentException.Fault(path + ".type", sentence)), null);
        }
        return provider;
    }

    /**
     * Returns the declared settings of a type.
     *
     * @throws ComponentException if the type is unknown
     */
    public SettingsDeclaration settings(Class<?> port, String type) {
        ComponentProvider<?> provider = providers.get(new Key(port, type));
        if (provider == null) {
            throw new ComponentException("no " + port.getSimpleName() + " is called '" + type + "'; known are " + types(port));
        }
        return provider.settings();
    }

    /** Returns the names of the types that are registered for a port, sorted. */
    public SortedSet<String> types(Class<?> port) {
        SortedSet<String> types = new TreeSet<>();
        providers.keySet().stream().filter(key -> key.port() == port).forEach(key -> types.add(key.type()));
        return types;
    }

    /** Returns the ports for which types are registered, sorted by their simple names. */
    public List<Class<?>> ports() {
        return providers.keySet().stream().<Class<?>>map(Key::port).distinct()
                .sorted(Comparator.comparing(Class::getSimpleName)).toList();
    }

    private static String origin(ComponentProvider<?> provider) {
        var source = provider.getClass().getProtectionDomain().getCodeSource();
        return provider.getClass().getName() + (source == null ? "" : " in " + source.getLocation());
    }
}
