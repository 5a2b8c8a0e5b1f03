package io.github.spirabr.core.internal.adapter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The one way in which parts of other jars are looked up. */
public final class ServiceProviders {

    private ServiceProviders() {}

    /**
     * Looks the providers of a service of this library up by {@link ServiceLoader}: those that the library's class loader
     * sees, and those that the context class loader of the calling thread sees beside them, such as a command line's
     * extensions.
     *
     * @param service a port of this library whose providers are listed in {@code META-INF/services}
     * @return a new instance of each, those of the library's class loader first
     * @throws java.util.ServiceConfigurationError if a provider is listed and cannot be made
     */
    public static <S> List<S> of(Class<S> service) {
        Map<Class<?>, ServiceLoader.Provider<S>> found = new LinkedHashMap<>();
        Stream.of(ServiceProviders.class.getClassLoader(), Thread.currentThread().getContextClassLoader())
                .filter(Objects::nonNull)
                .filter(loader -> sees(loader, service))
                .flatMap(loader -> ServiceLoader.load(service, loader).stream())
                .forEach(provider -> found.putIfAbsent(provider.type(), provider));
        return found.values().stream().map(ServiceLoader.Provider::get).toList();
    }

    /**
     * Returns whether a class loader has the same copy of this library; the loader of an application server's thread
     * may have another copy, or none.
     */
    private static boolean sees(ClassLoader loader, Class<?> service) {
        try {
            return Class.forName(service.getName(), false, loader) == service;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
