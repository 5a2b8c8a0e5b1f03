package io.github.spirabr.config;

import io.github.spirabr.core.component.ServiceProviders;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.storage.StorageProvider;
import io.github.spirabr.storage.fs.dataset.FileSystemPreparedDatasets;
import io.github.spirabr.storage.fs.journal.FileSystemJournal;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where something is kept: in a folder, or at an address such as {@code s3://bucket/prefix}, which the module with the
 * {@link StorageProvider} of its scheme knows. Immutable; nothing is opened before it is used.
 *
 * @param location an absolute path, or an address
 */
public record StoragePlace(String location) {

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");
    private static final String OUTCOMES = "outcomes";
    private static final String FEATURES = "features";

    /** Makes paths absolute; takes the slashes from the ends of addresses. */
    public StoragePlace {
        location = isAddress(location)
                ? location.replaceFirst("(?<![:/])/+$", "") : Path.of(location).toAbsolutePath().normalize().toString();
    }

    /** A folder; a relative one starts from the working directory. */
    public static StoragePlace folder(Path folder) {
        return new StoragePlace(folder.toString());
    }

    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** The folder; empty for an address. */
    public Optional<Path> folder() {
        return isAddress(location) ? Optional.empty() : Optional.of(Path.of(location));
    }

    /**
     * Looks whether there can be such a place.
     *
     * @throws IllegalArgumentException if no module on the class path knows such addresses, or it can be none
     */
    public void check() {
        if (isAddress(location)) {
            provider().check(location);
        }
    }

    /**
     * The models that are kept there.
     *
     * @throws IllegalArgumentException if there can be no such place
     */
    public ModelRepository models() {
        return folder().<ModelRepository>map(FileSystemModelRepository::at).orElseGet(() -> provider().models(location));
    }

    /**
     * The journal that is kept there.
     *
     * @throws IllegalArgumentException if there can be no such place
     */
    public Journal journal() {
        return folder().<Journal>map(FileSystemJournal::at).orElseGet(() -> provider().journal(location));
    }

    /**
     * Lets the stages of a pipeline leave there what comes after them.
     *
     * @throws IllegalArgumentException if there can be no such place
     */
    public TrainingPipeline.Builder workOf(TrainingPipeline.Builder pipeline) {
        check();
        StoragePlace features = within(FEATURES);
        return pipeline.work(within(OUTCOMES).models(), features.folder().isPresent()
                ? FileSystemPreparedDatasets.at(features.folder().get()) : provider().datasets(features.location));
    }

    /** A place within this one. */
    public StoragePlace within(String name) {
        return new StoragePlace(location + "/" + name);
    }

    /** A place whose name begins with this one's. */
    public StoragePlace beside(String suffix) {
        return new StoragePlace(location + suffix);
    }

    private StorageProvider provider() {
        String scheme = location.substring(0, location.indexOf(':'));
        List<StorageProvider> known = ServiceProviders.of(StorageProvider.class);
        for (StorageProvider one : known) {
            if (one.scheme().equals(scheme)) {
                return one;
            }
        }
        TreeSet<String> schemes = known.stream().map(one -> one.scheme() + "://")
                .collect(Collectors.toCollection(TreeSet::new));
        throw new IllegalArgumentException("'" + location + "' is at no place that can be reached: " + (schemes.isEmpty()
                ? "no addresses are known; give a folder, or add a module that knows some, such as spira-storage-s3"
                : "known are folders and addresses that begin with " + String.join(" or ", schemes)
                        + "; give one of these, or add the module that knows such addresses"));
    }

    @Override
    public String toString() {
        return location;
    }
}
