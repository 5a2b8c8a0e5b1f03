package io.github.spirabr.cli;

import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.internal.adapter.ServiceProviders;
import io.github.spirabr.core.model.WeightsLoader;
import io.github.spirabr.core.prediction.NetworkExporter;
import io.github.spirabr.core.preprocessing.NoiseLoader;
import io.github.spirabr.core.storage.ManifestFormat;
import io.github.spirabr.core.storage.StorageProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The jars in the folder {@code extensions/} beside {@code spira.jar}, or in folders in it: parts that the command line does
 * without. They are looked up like those on the class path, see {@link ServiceProviders}.
 */
final class Extensions {

    private static final String FOLDER = "extensions";

    private Extensions() {}

    /**
     * Puts the jars beside {@code spira.jar} behind the context class loader of this thread and of those that it starts.
     *
     * @throws IllegalArgumentException if the folder cannot be listed
     */
    static void load() {
        home().map(home -> home.resolve(FOLDER)).filter(Files::isDirectory).map(Extensions::loader)
                .ifPresent(Thread.currentThread()::setContextClassLoader);
    }

    /** Returns a class loader that sees the jars of a folder behind those of the command line. */
    static URLClassLoader loader(Path folder) {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return new URLClassLoader("extensions", files.filter(file -> file.toString().endsWith(".jar")).sorted()
                    .map(Extensions::address).toArray(URL[]::new), Extensions.class.getClassLoader());
        } catch (IOException e) {
            throw new IllegalArgumentException("the folder of extensions " + folder + " could not be listed: " + e.getMessage()
                    + "; make it readable, or remove it", e);
        }
    }

    /**
     * Returns the exporter of a format.
     *
     * @throws IllegalArgumentException if no jar brings it
     */
    static NetworkExporter exporter(String format, String artifact) {
        return ServiceProviders.of(NetworkExporter.class).stream().filter(one -> one.format().equals(format)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(missing("models export --" + format, artifact)));
    }

    private static String missing(String wish, String artifact) {
        return wish + " needs " + artifact + "; put its jar, and those that it needs, into the folder "
                + home().map(home -> home.resolve(FOLDER).toString()).orElse(FOLDER + "/ beside spira.jar")
                + " (docs/command-line.md says how)";
    }

    /** Returns what each jar brings that was not on the class path of the command line, by the jar's name and version. */
    static SortedMap<String, List<String>> found() {
        SortedMap<String, List<String>> found = new TreeMap<>();
        note(found, ComponentProvider.class, one -> one.port().getSimpleName() + " " + one.type());
        note(found, StorageProvider.class, one -> one.scheme() + "://");
        note(found, ManifestFormat.class, one -> "manifests");
        note(found, NetworkExporter.class, one -> "models export --" + one.format());
        note(found, NoiseLoader.class, one -> "noises");
        note(found, WeightsLoader.class, one -> "pretrained weights");
        found.values().forEach(parts -> parts.sort(null));
        return found;
    }

    private static <S> void note(Map<String, List<String>> found, Class<S> service, Function<S, String> part) {
        for (S provider : ServiceProviders.of(service)) {
            if (provider.getClass().getClassLoader() != Extensions.class.getClassLoader()) {
                found.computeIfAbsent(jar(provider.getClass()), any -> new ArrayList<>()).add(part.apply(provider));
            }
        }
    }

    /** Named by its file, as Maven names it after artifact and version. */
    private static String jar(Class<?> type) {
        return location(type).map(file -> file.getFileName().toString().replaceFirst("\\.jar$", "")).orElse(type.getName());
    }

    /** The folder of spira.jar; empty where classes lie in no jar. */
    private static Optional<Path> home() {
        return location(Extensions.class).filter(Files::isRegularFile).map(Path::getParent);
    }

    private static Optional<Path> location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || !source.getLocation().getProtocol().equals("file")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class loader names " + source.getLocation() + " as a jar", e);
        }
    }

    private static URL address(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("the file " + jar + " has no address", e);
        }
    }
}
