package io.github.spirabr.config;

import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.storage.Storage;
import io.github.spirabr.core.storage.StorageProvider;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder or file of this machine, or an address such as {@code s3://bucket/prefix}, which needs the module with the {@link
 * StorageProvider} of its scheme. Immutable; nothing is opened before it is used.
 *
 * @param location an absolute path, or an address
 */
public record StoragePlace(String location) {

    static final String OUTCOMES = "outcomes";
    static final String FEATURES = "features";

    /** Makes paths absolute; takes the slashes from the ends of addresses. */
    public StoragePlace {
        location = Storage.isAddress(location)
                ? location.replaceFirst("(?<![:/])/+$", "") : Path.of(location).toAbsolutePath().normalize().toString();
    }

    /** Returns the place of a path; a relative one starts from the working directory. */
    public static StoragePlace at(Path path) {
        return new StoragePlace(path.toString());
    }

    /** Returns the path; empty for an address. */
    public Optional<Path> path() {
        return Storage.isAddress(location) ? Optional.empty() : Optional.of(Path.of(location));
    }

    /**
     * Checks that the place can exist.
     *
     * @throws IllegalArgumentException if no module on the class path knows it, or it cannot exist
     */
    public void check() {
        provider().check(location);
    }

    /**
     * Returns the models stored there.
     *
     * @throws IllegalArgumentException if no module on the class path knows the place, or it cannot exist
     */
    public ModelRepository models() {
        return provider().models(location);
    }

    /**
     * Returns the journal stored there.
     *
     * @throws IllegalArgumentException if no module on the class path knows the place, or it cannot exist
     */
    public Journal journal() {
        return provider().journal(location);
    }

    /**
     * Sets the place as the work store of a pipeline, where its stages leave their outcomes.
     *
     * @throws IllegalArgumentException if no module on the class path knows the place, or it cannot exist
     */
    public TrainingPipeline.Builder workOf(TrainingPipeline.Builder pipeline) {
        check();
        return pipeline.workStore(within(OUTCOMES).models(), provider().datasets(within(FEATURES).location));
    }

    /** Returns a place within this one. */
    public StoragePlace within(String name) {
        return new StoragePlace(location + "/" + name);
    }

    /** Returns the place whose location is that of this place followed by a suffix. */
    public StoragePlace beside(String suffix) {
        return new StoragePlace(location + suffix);
    }

    StorageProvider provider() {
        return Storage.of(location);
    }

    @Override
    public String toString() {
        return location;
    }
}
