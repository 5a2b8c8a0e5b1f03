package io.github.spirabr.core.registry;

import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A verification of all that is stored of one model: compares files with manifests, and versions with the catalog. Used
 * once.
 */
final class ModelVerification {

    private final AbstractModelRepository repository;
    private final String name;
    private final List<ModelRepository.Check.Fault> faults = new ArrayList<>();
    private final SortedSet<Integer> erased = new TreeSet<>();
    private final SortedMap<Integer, String> digests = new TreeMap<>();
    private int highest;
    private @Nullable ModelCatalog catalog;

    ModelVerification(AbstractModelRepository repository, String name) {
        this.repository = repository;
        this.name = ModelVersion.requireName(name);
    }

    ModelRepository.Check check() {
        readCatalog();
        SortedSet<Integer> deleted = catalog == null ? new TreeSet<>() : catalog.deleted();
        for (int number : repository.numbers(name)) {
            ModelVersion version = new ModelVersion(name, number);
            highest = number;
            if (repository.isErased(version)) {
                erased.add(number);
            } else if (!deleted.contains(number)) {
                read(version);
            }
        }
        if (catalog != null) {
            compare(catalog);
        }
        return new ModelRepository.Check(name, digests.size(), faults);
    }

    private void readCatalog() {
        try {
            catalog = repository.catalog(name);
        } catch (LostCatalogException e) {
            fault(e.getMessage(), true);
        } catch (ModelRepositoryException e) {
            if (!(e.getCause() instanceof DocumentException)) {
                throw e;
            }
            fault(e.getMessage(), false);
        }
    }

    private void read(ModelVersion version) {
        try {
            digests.put(version.number(), FileDigest.ofAll(repository.read(version).digests()));
        } catch (ModelRepositoryException e) {
            fault(e.getMessage(), false);
        }
    }

    private void compare(ModelCatalog stored) {
        for (String alias : stored.histories().keySet()) {
            stored.newest(alias).ifPresent(move -> compare(alias, move));
        }
        SortedSet<Integer> unknown = new TreeSet<>(erased);
        unknown.removeAll(stored.deleted());
        unknown.forEach(number -> fault(new ModelVersion(name, number) + " was deleted, but the catalog does not say so", true));
        if (!digests.isEmpty() && highest > stored.highest() && stored.highest() > 0) {
            fault("the catalog of model " + name + " says that version " + stored.highest() + " is the newest, but version "
                    + highest + " is there", true);
        }
    }

    private void compare(String alias, AliasChange move) {
        Optional<String> found = Optional.ofNullable(digests.get(move.to()));
        if (found.isEmpty()) {
            fault("alias " + alias + " of model " + name + " is at version " + move.to()
                    + ", which is missing or damaged; restore it from a backup, or promote another version", false);
        } else if (!found.equals(move.digest().or(() -> found))) {
            fault("alias " + alias + " of model " + name + " was given to version " + move.to() + " with the digest "
                    + move.digest().orElseThrow() + ", but this version now has the digest " + found.get()
                    + "; restore its files from a backup, or promote a version", false);
        }
    }

    private void fault(@Nullable String finding, boolean mendable) {
        faults.add(new ModelRepository.Check.Fault(String.valueOf(finding), mendable));
    }

    /** Mends the catalog, if it has a fault that can be mended. */
    void mend() {
        check();
        if (faults.stream().noneMatch(ModelRepository.Check.Fault::mendable)) {
            return;
        }
        if (catalog == null) {
            repository.replaceCatalog(name, ModelCatalog.empty(name).completed(highest, erased));
        } else {
            repository.change(name, stored -> stored.completed(highest, erased));
        }
    }
}
