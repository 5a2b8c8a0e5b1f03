package io.github.spirabr.core.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A registry in memory: for tests of what uses one, and the shortest adapter there is. */
public class InMemoryModelRepository extends AbstractModelRepository {

    /** What several handles share. */
    public static final class Memory {
        private final SortedMap<String, SortedMap<Integer, ModelArtifact>> models = new TreeMap<>();
        private final SortedMap<String, ModelCatalog> catalogs = new TreeMap<>();
    }

    private final Memory memory;

    /** An empty registry. */
    public InMemoryModelRepository() {
        this(new Memory(), Clock.systemUTC());
    }

    public InMemoryModelRepository(Memory memory, Clock clock) {
        super(clock);
        this.memory = memory;
    }

    @Override
    protected ModelVersion store(String name, ModelArtifact artifact) {
        synchronized (memory) {
            SortedSet<Integer> taken = numbers(name);
            int number = Math.max(change(name, ModelCatalog::begin).highest(), taken.isEmpty() ? 0 : taken.last()) + 1;
            memory.models.computeIfAbsent(name, any -> new TreeMap<>()).put(number, artifact);
            return new ModelVersion(name, number);
        }
    }

    @Override
    protected ModelArtifact read(ModelVersion version) {
        synchronized (memory) {
            ModelArtifact artifact = versionsOf(version.name()).get(version.number());
            if (artifact == null) {
                throw new ModelRepositoryException("there is no " + version + " among " + versions(version.name()));
            }
            return artifact;
        }
    }

    private SortedMap<Integer, ModelArtifact> versionsOf(String name) {
        return memory.models.getOrDefault(name, Collections.emptySortedMap());
    }

    @Override
    protected VersionManifest manifest(ModelVersion version) {
        return VersionManifest.of(version, read(version));
    }

    @Override
    public SortedSet<String> names() {
        synchronized (memory) {
            SortedSet<String> names = new TreeSet<>(memory.models.keySet());
            names.removeIf(name -> versions(name).isEmpty());
            return names;
        }
    }

    @Override
    protected SortedSet<Integer> numbers(String name) {
        synchronized (memory) {
            SortedSet<Integer> numbers = new TreeSet<>(versionsOf(name).keySet());
            Optional.ofNullable(memory.catalogs.get(name)).ifPresent(catalog -> numbers.addAll(catalog.deleted()));
            return numbers;
        }
    }

    @Override
    public ModelCatalog catalog(String name) {
        synchronized (memory) {
            ModelCatalog catalog = memory.catalogs.get(name);
            return catalog == null ? missingCatalog(name, () -> Optional.ofNullable(memory.catalogs.get(name))) : catalog;
        }
    }

    @Override
    protected ModelCatalog change(String name, UnaryOperator<ModelCatalog> change) {
        synchronized (memory) {
            ModelCatalog changed = change.apply(catalog(name));
            if (!changed.equals(ModelCatalog.empty(name))) {
                memory.catalogs.put(name, changed);
            }
            return changed;
        }
    }

    @Override
    protected void replaceCatalog(String name, ModelCatalog catalog) {
        synchronized (memory) {
            memory.catalogs.put(name, catalog);
        }
    }

    @Override
    protected boolean isErased(ModelVersion version) {
        synchronized (memory) {
            return !versionsOf(version.name()).containsKey(version.number());
        }
    }

    @Override
    protected void erase(ModelVersion version) {
        synchronized (memory) {
            versionsOf(version.name()).remove(version.number());
        }
    }

    /** Removes a version as whoever deletes a folder by hand does. */
    public void removeByHand(ModelVersion version) {
        erase(version);
    }

    @Override
    protected int removeDrafts(String name, Instant before) {
        return 0;
    }

    @Override
    public String location(ModelVersion version) {
        return String.format(Locale.ROOT, "memory:%s/%06d", version.name(), version.number());
    }
}
