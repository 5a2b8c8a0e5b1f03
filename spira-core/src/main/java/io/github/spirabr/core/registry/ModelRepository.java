package io.github.spirabr.core.registry;

import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Port: keeps models in numbered, immutable versions, and gives them aliases such as {@code champion}.
 * Safe for any number of threads and processes: a version is stored atomically, no number is
 * given twice, even if a version was removed by hand, and no move of an alias is lost. Adapters extend
 * {@link AbstractModelRepository}.
 */
public interface ModelRepository {

    /**
     * Saves an artifact as the next version of a model.
     *
     * @param name name of the model, see {@link ModelVersion}
     * @throws ModelRepositoryException if it could not be stored; then nothing of it is visible, unless the message says
     *     that the version was saved and only its number could not be recorded
     */
    ModelVersion save(String name, ModelArtifact artifact);

    /**
     * Saves an artifact as the next version of a model, unless an equal version exists already. If several processes save
     * equal artifacts at the same time, one saves a version, and the others return that version.
     *
     * @param name name of the model, see {@link ModelVersion}
     * @param different versions that the caller has loaded already and found different; they are not read again
     * @param same returns true for a saved artifact that the caller considers equal, such as one of the same run
     * @return the new version, or the newest equal one
     * @throws ModelRepositoryException as {@link #save(String, ModelArtifact)}
     */
    ModelVersion save(
            String name, ModelArtifact artifact, Collection<ModelVersion> different, Predicate<ModelArtifact> same);

    /**
     * Checks that versions can be saved here, before the computation whose result is to be saved. Adds no version.
     *
     * @throws ModelRepositoryException if versions cannot be saved
     */
    default void requireWritable() {}

    /**
     * Loads a version and checks every file's SHA-256.
     *
     * @throws ModelRepositoryException if there is no such version, or a file is missing or altered
     */
    ModelArtifact load(ModelVersion version);

    /** Returns the names of all models, sorted. */
    SortedSet<String> names();

    /** Returns all versions of a model that were not deleted, oldest first; may be empty. */
    List<ModelVersion> versions(String name);

    /** Returns the newest version of a model; empty if there is none. */
    default Optional<ModelVersion> latest(String name) {
        List<ModelVersion> versions = versions(name);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    /**
     * Returns the details of a version: its files, tags and aliases. Reads no file of it.
     *
     * @throws ModelRepositoryException if there is no such version
     */
    Details show(ModelVersion version);

    /**
     * Returns the time at which a version was saved, or copied to its location; empty if it is not known.
     *
     * @throws ModelRepositoryException if there is no such version
     */
    default Optional<Instant> savedAt(ModelVersion version) {
        return Optional.empty();
    }

    /** Returns the location of a version, for messages: a path or an address without credentials. */
    String location(ModelVersion version);

    /**
     * Returns the version that has an alias; empty if there is none.
     *
     * @throws ModelRepositoryException if that version does not exist any more, or its files differ from those that the
     *     alias was given to
     */
    Optional<ModelVersion> find(String name, String alias);

    /** Returns all aliases of a model, sorted, with the version that has each; the versions are not checked. */
    SortedMap<String, ModelVersion> aliases(String name);

    /** Returns all moves of an alias, oldest first; may be empty. */
    List<AliasChange> history(String name, String alias);

    /**
     * Gives an alias to a version if its current version is the expected one, so that a caller that compared a
     * challenger with a champion does not replace a newer champion.
     *
     * @param alias such as {@code champion}; a name like a model's
     * @param expected the version that has the alias; empty if there is none
     * @param by the person or program that promotes, for the history
     * @return the alias's newest move; the one before, if the version has the alias already
     * @throws AliasMovedException if another version has the alias; nothing was changed
     * @throws ModelRepositoryException if there is no such version, or it cannot be stored
     */
    AliasChange promote(String alias, ModelVersion version, Optional<ModelVersion> expected, String by);

    /** Gives an alias to a version, wherever the alias is. */
    AliasChange promote(String alias, ModelVersion version, String by);

    /**
     * Gives an alias back to the version that had it before. Each further roll-back undoes one more move.
     *
     * @param by the person or program that rolls back, for the history
     * @throws ModelRepositoryException if no version had it before, that version was deleted, or its files have changed
     */
    AliasChange rollBack(String name, String alias, String by);

    /**
     * Sets a tag of a version.
     *
     * @param key a name like a model's
     * @param value up to 1000 characters, without control characters
     * @throws ModelRepositoryException if there is no such version
     */
    void tag(ModelVersion version, String key, String value);

    /**
     * Deletes a version, or removes the entry of one whose files were deleted by hand. Its number is never used again.
     *
     * @throws ModelRepositoryException if an alias has it or would roll back to it, or it does not exist
     */
    void delete(ModelVersion version);

    /**
     * Deletes all versions of a model, except the newest, those that an alias has, and those that an alias would roll
     * back to. Their numbers are never used again.
     *
     * @param keepNewest number of newest versions to keep, at least 1
     * @return the deleted versions, oldest first
     */
    List<ModelVersion> prune(String name, int keepNewest);

    /**
     * Reads and compares all that is stored of a model: every version's files with its manifest, the versions with the
     * catalog, the digests of aliases with the versions. Changes nothing.
     *
     * @param name name of the model
     * @throws ModelRepositoryException if the store cannot be accessed
     */
    Check verify(String name);

    /**
     * Rebuilds a missing or damaged catalog from the versions, and completes a catalog that lacks some of them.
     * Aliases, histories and tags of a catalog that cannot be read are lost; its bytes are kept beside the new one.
     *
     * @param name name of the model
     * @return the check of the mended model
     * @throws ModelRepositoryException if the store cannot be read or written
     */
    Check mend(String name);

    /**
     * Removes the remains of interrupted saves and deletions. A concurrent save is not affected if it takes less than
     * {@code abandoned}.
     *
     * @param abandoned minimum time since a draft was last changed, at least an hour
     * @return the number of removed drafts
     */
    int clean(String name, Duration abandoned);

    /**
     * The result of checking all that a registry stores of a model.
     *
     * @param name name of the model
     * @param versions number of versions whose files were all read
     * @param faults faults, in the order in which they were found; empty if there are none
     */
    record Check(String name, int versions, List<Fault> faults) {

        /** Copies the list. */
        public Check {
            faults = List.copyOf(faults);
        }

        /**
         * A fault.
         *
         * @param finding a sentence that names the place
         * @param mendable whether {@link ModelRepository#mend} removes it
         */
        public record Fault(String finding, boolean mendable) {}

        /** Returns whether there is no fault. */
        public boolean isSound() {
            return faults.isEmpty();
        }
    }

    /**
     * The details of a version in a registry, which are read without loading it.
     *
     * @param version the version
     * @param files files, by name
     * @param tags values by key
     * @param aliases aliases of the version at present
     */
    record Details(
            ModelVersion version,
            SortedMap<String, FileDigest> files,
            SortedMap<String, String> tags,
            SortedSet<String> aliases) {

        /** Copies the collections. */
        public Details {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
            aliases = Collections.unmodifiableSortedSet(new TreeSet<>(aliases));
        }

        /** Returns the SHA-256 of the names, sizes and SHA-256s of all files: equal artifacts have equal digests. */
        public String digest() {
            return FileDigest.ofAll(files);
        }
    }

    /**
     * One move of an alias in its history.
     *
     * @param id unique identifier of the move; a repeated request with the same id does not move the alias again
     * @param at time of the move, to the millisecond, by the client's clock
     * @param by person or program that moved it: 1 to 100 characters, without control characters
     * @param from the number of the version that had the alias before; empty for the first move
     * @param to the number of the version that has it now
     * @param rollBack whether this move undid an earlier one
     * @param digest the digest of the version that has the alias now, see {@link Details#digest()}; empty in moves that
     *     an earlier release wrote
     */
    record AliasChange(
            String id, Instant at, String by, Optional<Integer> from, int to, boolean rollBack, Optional<String> digest) {

        private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

        /** Refuses invalid values. */
        public AliasChange {
            if (!id.matches("[0-9a-zA-Z-]{1,100}")) {
                throw new IllegalArgumentException(
                        "the id of an alias's move must have 1 to 100 letters, digits or '-', but was '" + id + "'");
            }
            if (by.isBlank() || by.length() > 100 || by.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("the name of the person or program that moves an alias must have 1 to 100"
                        + " characters, none of them a control character, but was '" + by + "'");
            }
            if (digest.isPresent() && !DIGEST.matcher(digest.get()).matches()) {
                throw new IllegalArgumentException("the digest of an alias's version must be 64 lower-case hexadecimal digits,"
                        + " but was '" + digest.get() + "'");
            }
        }
    }
}
