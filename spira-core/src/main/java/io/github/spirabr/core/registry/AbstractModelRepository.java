package io.github.spirabr.core.registry;

import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The common part of all registries, whatever they store in: numbers, aliases, tags, deletion. An adapter says how
 * versions are stored, and how a model's {@link ModelCatalog} is read and replaced.
 */
public abstract class AbstractModelRepository implements ModelRepository {

    private static final Duration SHORTEST_ABANDONED = Duration.ofHours(1);

    private final Clock clock;

    /**
     * Creates a repository with its clock.
     *
     * @param clock the clock for the time of an alias's move, and for the age of a draft
     */
    protected AbstractModelRepository(Clock clock) {
        this.clock = clock;
    }

    /**
     * Stores an artifact under the first number that is free and above {@link ModelCatalog#highest()}. A model's catalog is
     * stored before its first version, see {@link ModelCatalog#begin()}, so that one that is missing later is noticed.
     *
     * <p>All numbers that are taken are given to {@code same} before, the newest first, and so is one that another process
     * takes in the meantime: if a version is the same, nothing is stored.
     *
     * @param name name of the model, which was checked
     * @param same returns true for a version that is to be returned in place of a new one
     * @return the new version, or the one that is the same
     * @throws ModelRepositoryException if it could not be stored; then nothing of it is visible
     */
    protected abstract ModelVersion store(String name, ModelArtifact artifact, Predicate<ModelVersion> same);

    /** Returns the first of some versions, from the newest to the oldest, that is the same. */
    protected static Optional<ModelVersion> same(String name, SortedSet<Integer> numbers, Predicate<ModelVersion> same) {
        List<Integer> newestFirst = new ArrayList<>(numbers);
        Collections.reverse(newestFirst);
        return newestFirst.stream().map(number -> new ModelVersion(name, number)).filter(same).findFirst();
    }

    /** Returns the numbers of all versions of a model; those of deleted ones may be among them. */
    protected abstract SortedSet<Integer> numbers(String name);

    /**
     * Reads a version and checks every file.
     *
     * @throws ModelRepositoryException if there is no such version, or it differs from the saved one
     */
    protected abstract ModelArtifact read(ModelVersion version);

    /**
     * Reads the manifest of a version.
     *
     * @throws ModelRepositoryException if there is no such version, or its manifest is damaged
     */
    protected abstract VersionManifest manifest(ModelVersion version);

    /** Reads the catalog of a model; returns {@link #missingCatalog} if it is not stored. */
    protected abstract ModelCatalog catalog(String name);

    /**
     * Returns the catalog of a model without a stored one: an empty catalog.
     *
     * @param again reads the stored catalog once more: it is stored before a model's first version, so that both may have come since
     * @throws ModelRepositoryException if a version shows that there was a catalog
     */
    protected final ModelCatalog missingCatalog(String name, Supplier<Optional<ModelCatalog>> again) {
        List<Integer> numbers = new ArrayList<>(numbers(name));
        Collections.reverse(numbers);
        for (int number : numbers) {
            Optional<VersionManifest> manifest = readable(new ModelVersion(name, number));
            if (manifest.isPresent()) {
                if (manifest.get().isNamed()) {
                    return again.get().orElseThrow(() -> new LostCatalogException("the catalog of model " + name
                            + " is missing, but " + numbers.size() + " versions are there, such as "
                            + location(manifest.get().version()), null));
                }
                break;
            }
        }
        return ModelCatalog.empty(name);
    }

    /** Returns whether a model is one of {@link #names}: it has versions, or a catalog that cannot be read. */
    protected final boolean isListed(String name) {
        SortedSet<Integer> numbers = new TreeSet<>(numbers(name));
        try {
            numbers.removeAll(catalog(name).deleted());
        } catch (ModelRepositoryException e) {
            // Listed, so that one such model does not hide the others; all else that is asked of it says why.
            return true;
        }
        return !numbers.isEmpty();
    }

    private Optional<VersionManifest> readable(ModelVersion version) {
        try {
            return Optional.of(manifest(version));
        } catch (ModelRepositoryException e) {
            // A deleted version, or a damaged one: an older version tells.
            return Optional.empty();
        }
    }

    /**
     * Replaces a model's catalog by the result of the change, atomically. The change is applied again after a
     * concurrent one; when the result equals the stored catalog, nothing is written.
     *
     * @param change may throw a {@link ModelRepositoryException}, which is passed on
     * @return the catalog that is stored now
     */
    protected abstract ModelCatalog change(String name, UnaryOperator<ModelCatalog> change);

    /**
     * Stores a catalog in the place of one that is missing or damaged, whose bytes are kept beside it.
     *
     * @throws ModelRepositoryException if it cannot be stored
     */
    protected abstract void replaceCatalog(String name, ModelCatalog catalog);

    /** Returns whether {@link #erase} has removed the bytes of a version. */
    protected abstract boolean isErased(ModelVersion version);

    /** Removes the bytes of a deleted version, so that its number stays taken; does nothing if that was done. */
    protected abstract void erase(ModelVersion version);

    /**
     * Removes drafts of a model.
     *
     * @param before only drafts that were not changed since then
     * @return the number of removed drafts
     */
    protected abstract int removeDrafts(String name, Instant before);

    @Override
    public final ModelVersion save(String name, ModelArtifact artifact) {
        return noted(store(ModelVersion.requireName(name), artifact, version -> false));
    }

    @Override
    public final ModelVersion save(
            String name, ModelArtifact artifact, Collection<ModelVersion> different, Predicate<ModelArtifact> same) {
        return noted(store(ModelVersion.requireName(name), artifact,
                version -> !different.contains(version) && isSame(version, same)));
    }

    private boolean isSame(ModelVersion version, Predicate<ModelArtifact> same) {
        ModelArtifact there;
        try {
            if (catalog(version.name()).deleted().contains(version.number())) {
                return false;
            }
            there = read(version);
        } catch (ModelRepositoryException e) {
            // Deleted or damaged, it cannot be used in place of the new one; a store that cannot be reached tells nothing of it.
            boolean damaged = e.getCause() == null || e.getCause() instanceof DocumentException;
            if (damaged || !versions(version.name()).contains(version)) {
                return false;
            }
            throw e;
        }
        return same.test(there);
    }

    private ModelVersion noted(ModelVersion version) {
        String name = version.name();
        try {
            change(name, catalog -> catalog.given(version.number()));
        } catch (ModelRepositoryException e) {
            throw new ModelRepositoryException(version + " was saved and can be used, but its number could not be noted"
                    + " in the catalog: " + e.getMessage(), e);
        }
        return version;
    }

    @Override
    public final ModelArtifact load(ModelVersion version) {
        return unlessDeleted(version, this::read);
    }

    /** Runs an operation on a version; a version that is deleted meanwhile is reported as deleted, not as damaged. */
    private <T> T unlessDeleted(ModelVersion version, Function<ModelVersion, T> work) {
        try {
            return work.apply(version);
        } catch (ModelRepositoryException e) {
            throw isDeleted(version, e)
                    ? new ModelRepositoryException(version + " was deleted; use another version", e)
                    : e;
        }
    }

    private boolean isDeleted(ModelVersion version, ModelRepositoryException failure) {
        try {
            return catalog(version.name()).deleted().contains(version.number());
        } catch (ModelRepositoryException e) {
            // What failed first says what is wrong.
            failure.addSuppressed(e);
            return false;
        }
    }

    @Override
    public final List<ModelVersion> versions(String name) {
        SortedSet<Integer> numbers = new TreeSet<>(numbers(ModelVersion.requireName(name)));
        numbers.removeAll(catalog(name).deleted());
        return numbers.stream().map(number -> new ModelVersion(name, number)).toList();
    }

    @Override
    public final ModelRepository.Details show(ModelVersion version) {
        SortedMap<String, FileDigest> files = requireThere(version);
        ModelCatalog catalog = catalog(version.name());
        return new ModelRepository.Details(
                version,
                files,
                catalog.tags().getOrDefault(version.number(), new TreeMap<>()),
                catalog.aliases(version.number()));
    }

    private SortedMap<String, FileDigest> requireThere(ModelVersion version) {
        return unlessDeleted(version, this::manifest).files();
    }

    @Override
    public final Optional<ModelVersion> find(String name, String alias) {
        ModelCatalog catalog = catalog(ModelVersion.requireName(name));
        Optional<AliasChange> move = catalog.newest(alias);
        move.filter(each -> each.digest().isPresent())
                .ifPresent(each -> catalog.requireSame(alias, each, digest(alias, new ModelVersion(name, each.to()))));
        return move.map(each -> new ModelVersion(name, each.to()));
    }

    private String digest(String alias, ModelVersion version) {
        try {
            return digest(version);
        } catch (ModelRepositoryException e) {
            throw new ModelRepositoryException(
                    "alias " + alias + " is at " + version + ", which could not be read: " + e.getMessage(), e);
        }
    }

    private String digest(ModelVersion version) {
        return FileDigest.ofAll(requireThere(version));
    }

    @Override
    public final SortedMap<String, ModelVersion> aliases(String name) {
        ModelCatalog catalog = catalog(ModelVersion.requireName(name));
        SortedMap<String, ModelVersion> aliases = new TreeMap<>();
        catalog.histories().keySet().forEach(alias -> catalog.current(alias)
                .ifPresent(number -> aliases.put(alias, new ModelVersion(name, number))));
        return aliases;
    }

    @Override
    public final List<AliasChange> history(String name, String alias) {
        return catalog(ModelVersion.requireName(name)).history(alias);
    }

    @Override
    public final AliasChange promote(String alias, ModelVersion version, Optional<ModelVersion> expected, String by) {
        if (expected.isPresent() && !expected.get().name().equals(version.name())) {
            throw new IllegalArgumentException("the expected version of alias " + alias + " must be one of model "
                    + version.name() + ", but was " + expected.get());
        }
        Optional<Integer> from = expected.map(ModelVersion::number);
        return move(alias, version, by, (catalog, digest, id) ->
                catalog.promote(alias, version.number(), digest, from, by, now(), id));
    }

    @Override
    public final AliasChange promote(String alias, ModelVersion version, String by) {
        return move(alias, version, by, (catalog, digest, id) ->
                catalog.promote(alias, version.number(), digest, by, now(), id));
    }

    private AliasChange move(String alias, ModelVersion version, String by, Promotion promotion) {
        requireSound(version.name(), alias, by);
        String digest = digest(version);
        return move(version.name(), alias, (catalog, id) -> promotion.apply(catalog, digest, id));
    }

    @Override
    public final AliasChange rollBack(String name, String alias, String by) {
        requireSound(ModelVersion.requireName(name), alias, by);
        return move(name, alias, (catalog, id) -> catalog.rollBack(
                alias, by, now(), id, number -> digest(new ModelVersion(name, number))));
    }

    /** Refuses invalid names before the store is accessed. */
    private static void requireSound(String name, String alias, String by) {
        ModelCatalog.empty(name).promote(alias, 1, "0".repeat(64), by, Instant.EPOCH, "check");
    }

    private AliasChange move(String name, String alias, Move move) {
        String id = UUID.randomUUID().toString();
        List<AliasChange> history = change(name, catalog -> move.apply(catalog, id)).history(alias);
        for (AliasChange change : history) {
            if (change.id().equals(id)) {
                return change;
            }
        }
        return history.get(history.size() - 1);
    }

    private interface Promotion {
        ModelCatalog apply(ModelCatalog catalog, String digest, String id);
    }

    private interface Move {
        ModelCatalog apply(ModelCatalog catalog, String id);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public final void tag(ModelVersion version, String key, String value) {
        ModelCatalog.empty(version.name()).tag(version.number(), key, value);
        requireThere(version);
        change(version.name(), catalog -> catalog.tag(version.number(), key, value));
    }

    @Override
    public final void delete(ModelVersion version) {
        ModelCatalog current = catalog(version.name());
        // A version that was removed by hand may still be in the catalog.
        if (version.number() > current.highest() || current.deleted().contains(version.number())) {
            requireThere(version);
        }
        change(version.name(), catalog -> catalog.delete(version.number()));
        erase(version);
    }

    @Override
    public final List<ModelVersion> prune(String name, int keepNewest) {
        if (keepNewest < 1) {
            throw new IllegalArgumentException("the number of newest versions to keep must be at least 1, but was " + keepNewest);
        }
        SortedSet<Integer> numbers = numbers(ModelVersion.requireName(name));
        SortedSet<Integer> deleted = new TreeSet<>();
        ModelCatalog changed = change(name, catalog -> {
            ModelCatalog pruned = catalog.prune(numbers, keepNewest);
            SortedSet<Integer> old = new TreeSet<>(pruned.deleted());
            old.removeAll(catalog.deleted());
            deleted.addAll(old);
            return pruned;
        });
        // The change may have been made more than once, and the first time after all.
        deleted.retainAll(changed.deleted());
        List<ModelVersion> versions = deleted.stream().map(number -> new ModelVersion(name, number)).toList();
        versions.forEach(this::erase);
        return versions;
    }

    @Override
    public final ModelRepository.Check verify(String name) {
        return new ModelVerification(this, name).check();
    }

    @Override
    public final ModelRepository.Check mend(String name) {
        new ModelVerification(this, name).mend();
        return verify(name);
    }

    @Override
    public final int clean(String name, Duration abandoned) {
        if (abandoned.compareTo(SHORTEST_ABANDONED) < 0) {
            throw new IllegalArgumentException(
                    "abandoned must be at least 1 hour, but was " + abandoned);
        }
        for (int number : catalog(ModelVersion.requireName(name)).deleted()) {
            erase(new ModelVersion(name, number));
        }
        return removeDrafts(name, clock.instant().minus(abandoned));
    }
}
