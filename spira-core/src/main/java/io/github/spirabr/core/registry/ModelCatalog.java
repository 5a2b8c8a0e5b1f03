package io.github.spirabr.core.registry;

import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.internal.adapter.SafeNames;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The part of a model that changes while its versions do not: its aliases with their histories, its versions'
 * tags, the deleted versions, and the highest number that was given to a version. Immutable; each change gives a new
 * catalog or refuses. An adapter stores it as one file or object, so that each change is seen whole or not at all; users
 * have {@link ModelRepository}.
 */
public final class ModelCatalog {

    private final String name;
    private final SortedMap<String, List<AliasChange>> histories;
    private final SortedMap<Integer, SortedMap<String, String>> tags;
    private final SortedSet<Integer> deleted;
    private final int highest;
    private final boolean begun;

    private ModelCatalog(
            String name,
            SortedMap<String, List<AliasChange>> histories,
            SortedMap<Integer, SortedMap<String, String>> tags,
            SortedSet<Integer> deleted,
            int highest,
            boolean begun) {
        this.name = name;
        this.histories = histories;
        this.tags = tags;
        this.deleted = deleted;
        this.highest = highest;
        this.begun = begun;
    }

    /** Returns an empty catalog of a model. */
    public static ModelCatalog empty(String name) {
        return new ModelCatalog(ModelVersion.requireName(name), Collections.emptySortedMap(), Collections.emptySortedMap(),
                Collections.emptySortedSet(), 0, false);
    }

    /**
     * Reads a stored catalog.
     *
     * @param name name of the model
     * @param location location for messages
     * @throws ModelRepositoryException if it is damaged, another model's, or of a newer format
     */
    public static ModelCatalog read(String name, String location, byte[] content) {
        try {
            return CatalogJson.read(document(name, location), name, content);
        } catch (DocumentException e) {
            throw e.isNewer()
                    ? new ModelRepositoryException(String.valueOf(e.getMessage()), e)
                    : new LostCatalogException(document(name, location) + " is damaged: " + e.fault(), e);
        }
    }

    /**
     * Returns the failure to read a catalog that is not as it was written.
     *
     * @param fault a clause of its own, such as {@code its size is 0}
     */
    public static ModelRepositoryException damaged(String name, String location, String fault) {
        return new LostCatalogException(document(name, location) + " is damaged: " + fault, null);
    }

    private static String document(String name, String location) {
        return "the catalog of model " + name + " at " + location;
    }

    /** Returns the catalog as it is stored: JSON, equal for equal catalogs. */
    public byte[] toBytes() {
        return CatalogJson.write(name, this);
    }

    /**
     * Returns a catalog as it was stored.
     *
     * @param name name of the model
     * @param histories the moves of each alias, oldest first
     * @param tags tags of each version's number
     * @param deleted numbers of versions
     * @param highest number that was ever given to a version, as far as it was stored; 0 if it was not
     * @throws IllegalArgumentException if it cannot have come about
     */
    static ModelCatalog of(
            String name,
            Map<String, List<AliasChange>> histories,
            Map<Integer, ? extends Map<String, String>> tags,
            Collection<Integer> deleted,
            int highest) {
        if (highest < 0) {
            throw new IllegalArgumentException("the highest number of a version must be at least 0, but was " + highest);
        }
        SortedMap<String, List<AliasChange>> historiesCopy = new TreeMap<>();
        histories.forEach((alias, changes) -> historiesCopy.put(requireAlias(alias), requireChain(alias, changes)));
        SortedMap<Integer, SortedMap<String, String>> tagsCopy = new TreeMap<>();
        tags.forEach((number, values) -> {
            values.forEach(ModelCatalog::requireTag);
            tagsCopy.put(number, Collections.unmodifiableSortedMap(new TreeMap<>(values)));
        });
        return new ModelCatalog(
                ModelVersion.requireName(name),
                Collections.unmodifiableSortedMap(historiesCopy),
                Collections.unmodifiableSortedMap(tagsCopy),
                Collections.unmodifiableSortedSet(new TreeSet<>(deleted)),
                highestOf(historiesCopy, tagsCopy.keySet(), deleted, highest), true);
    }

    /**
     * Returns the highest known number. Catalogs of earlier releases do not store it, but name some that were given.
     */
    private static int highestOf(
            Map<String, List<AliasChange>> histories, Set<Integer> tagged, Collection<Integer> deleted, int highest) {
        IntStream aliased = histories.values().stream().flatMap(List::stream).mapToInt(AliasChange::to);
        IntStream others = Stream.concat(tagged.stream(), deleted.stream()).mapToInt(Integer::intValue);
        return Math.max(highest, IntStream.concat(aliased, others).max().orElse(0));
    }

    private static List<AliasChange> requireChain(String alias, List<AliasChange> changes) {
        Optional<Integer> at = Optional.empty();
        for (AliasChange change : changes) {
            if (!change.from().equals(at)) {
                throw new IllegalArgumentException(
                        "the history of alias " + alias + " has a gap at its move " + change.id());
            }
            at = Optional.of(change.to());
        }
        return List.copyOf(changes);
    }

    /** Returns the moves of each alias, oldest first. */
    SortedMap<String, List<AliasChange>> histories() {
        return histories;
    }

    /** Returns the tags of each version's number, if it has any. */
    SortedMap<Integer, SortedMap<String, String>> tags() {
        return tags;
    }

    /** Returns the numbers of deleted versions. */
    public SortedSet<Integer> deleted() {
        return deleted;
    }

    /**
     * Returns the highest number that was ever given to a version, as far as this catalog knows; 0 if there is none.
     */
    public int highest() {
        return highest;
    }

    /**
     * Returns the versions that the catalog refers to: those that an alias has or would roll back to, and those with
     * tags.
     */
    public SortedSet<Integer> named() {
        SortedSet<Integer> named = new TreeSet<>(tags.keySet());
        for (String alias : histories.keySet()) {
            current(alias).ifPresent(named::add);
            previous(alias).ifPresent(named::add);
        }
        return named;
    }

    /** Returns the moves of an alias, oldest first; may be empty. */
    List<AliasChange> history(String alias) {
        return histories.getOrDefault(requireAlias(alias), List.of());
    }

    /** Returns the newest move of an alias; empty if there is none. */
    Optional<AliasChange> newest(String alias) {
        List<AliasChange> history = history(alias);
        return history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
    }

    /** Returns the version that has the alias; empty if there is none. */
    Optional<Integer> current(String alias) {
        return newest(alias).map(AliasChange::to);
    }

    /** Returns the version that a roll-back would give the alias to; empty if there is none. */
    Optional<Integer> previous(String alias) {
        return moveBefore(alias).map(AliasChange::to);
    }

    /** Returns the move that a roll-back would go back to. */
    private Optional<AliasChange> moveBefore(String alias) {
        Deque<AliasChange> stack = new ArrayDeque<>();
        for (AliasChange change : history(alias)) {
            if (change.rollBack()) {
                stack.pop();
            } else {
                stack.push(change);
            }
        }
        return stack.stream().skip(1).findFirst();
    }

    /** Returns the aliases of a version, sorted. */
    SortedSet<String> aliases(int number) {
        SortedSet<String> aliases = new TreeSet<>();
        for (String alias : histories.keySet()) {
            if (current(alias).equals(Optional.of(number))) {
                aliases.add(alias);
            }
        }
        return aliases;
    }

    /**
     * Returns the catalog after an alias was given to a version; this one if the version has it already, or the move
     * was made before.
     *
     * @param digest digest of the version
     * @throws ModelRepositoryException if the version was deleted
     */
    ModelCatalog promote(String alias, int number, String digest, String by, Instant at, String id) {
        if (isMade(alias, id) || isAt(alias, number, digest)) {
            return this;
        }
        requireUndeleted(number);
        return move(alias, new AliasChange(id, at, by, current(alias), number, false, Optional.of(digest)));
    }

    private boolean isAt(String alias, int number, String digest) {
        return newest(alias)
                .filter(move -> move.to() == number && move.digest().map(digest::equals).orElse(true))
                .isPresent();
    }

    /**
     * Returns the catalog after an alias was given to a version, if the alias is where it is expected.
     *
     * @throws AliasMovedException otherwise
     */
    ModelCatalog promote(
            String alias, int number, String digest, Optional<Integer> expected, String by, Instant at, String id) {
        Optional<Integer> current = current(alias);
        if (!isMade(alias, id) && !current.equals(expected)) {
            throw new AliasMovedException("alias " + alias + " of model " + name + " is " + whereIs(current)
                    + ", but " + whereIs(expected) + " was expected; compare with the version that has it now,"
                    + " and promote again if that still holds", current.map(this::version));
        }
        return promote(alias, number, digest, by, at, id);
    }

    private static String whereIs(Optional<Integer> number) {
        return number.map(each -> "at version " + each).orElse("at no version");
    }

    /**
     * Returns the catalog after an alias went back to the version that had it before; each roll-back takes back one
     * more move.
     *
     * @param digests the digest of a version as it is stored now, by its number
     * @throws ModelRepositoryException if there is no such version, it was deleted, or it is not the one that had the
     *     alias
     */
    ModelCatalog rollBack(String alias, String by, Instant at, String id, IntFunction<String> digests) {
        if (isMade(alias, id)) {
            return this;
        }
        AliasChange before = moveBefore(alias).orElseThrow(() -> new ModelRepositoryException(
                "alias " + alias + " of model " + name + " could not be rolled back: "
                        + (history(alias).isEmpty() ? "no version has it" : "no version had it before")));
        if (deleted.contains(before.to())) {
            throw new ModelRepositoryException("alias " + alias + " of model " + name + " could not be rolled back: "
                    + version(before.to()) + ", which had it before, was deleted; promote another version");
        }
        String digest = digests.apply(before.to());
        requireSame(alias, before, digest);
        return move(alias, new AliasChange(id, at, by, current(alias), before.to(), true, Optional.of(digest)));
    }

    /**
     * Refuses a version that is not the one that an alias was given to.
     *
     * @param move move of the alias to the version
     * @param digest digest of the version as it is stored now
     * @throws ModelRepositoryException if the digest of the move is another one
     */
    void requireSame(String alias, AliasChange move, String digest) {
        if (!move.digest().map(digest::equals).orElse(true)) {
            throw new ModelRepositoryException("alias " + alias + " of model " + name + " was given to "
                    + version(move.to()) + " with the digest " + move.digest().get() + ", but this version now has the digest "
                    + digest + ": its files were replaced; restore them from a backup, or promote a version");
        }
    }

    private boolean isMade(String alias, String id) {
        return history(alias).stream().anyMatch(change -> change.id().equals(id));
    }

    private ModelCatalog move(String alias, AliasChange change) {
        SortedMap<String, List<AliasChange>> moved = new TreeMap<>(histories);
        List<AliasChange> history = new ArrayList<>(history(alias));
        history.add(change);
        moved.put(alias, List.copyOf(history));
        return new ModelCatalog(name, Collections.unmodifiableSortedMap(moved), tags, deleted,
                Math.max(highest, change.to()), true);
    }

    /**
     * Returns the catalog with a version's tag set.
     *
     * @throws ModelRepositoryException if the version was deleted
     */
    ModelCatalog tag(int number, String key, String value) {
        requireTag(key, value);
        requireUndeleted(number);
        SortedMap<Integer, SortedMap<String, String>> more = new TreeMap<>(tags);
        SortedMap<String, String> values = new TreeMap<>(tags.getOrDefault(number, new TreeMap<>()));
        values.put(key, value);
        more.put(number, Collections.unmodifiableSortedMap(values));
        return new ModelCatalog(
                name, histories, Collections.unmodifiableSortedMap(more), deleted, Math.max(highest, number), true);
    }

    /** Returns the catalog that knows of these deleted versions, and of all numbers up to the highest. */
    ModelCatalog completed(int highestNumber, SortedSet<Integer> erased) {
        SortedSet<Integer> more = new TreeSet<>(deleted);
        more.addAll(erased);
        return new ModelCatalog(
                name, histories, tags, Collections.unmodifiableSortedSet(more), Math.max(highest, highestNumber), true);
    }

    /** Returns the catalog to be stored before the first version is. */
    public ModelCatalog begin() {
        return new ModelCatalog(name, histories, tags, deleted, highest, true);
    }

    /** Returns the catalog that contains a number given to a version; this one if it contains it or a higher one. */
    ModelCatalog given(int number) {
        return number <= highest ? this : new ModelCatalog(name, histories, tags, deleted, number, true);
    }

    /**
     * Returns the catalog after a version was deleted; its tags go with it.
     *
     * @throws ModelRepositoryException if an alias has the version, or would roll back to it
     */
    ModelCatalog delete(int number) {
        for (String alias : histories.keySet()) {
            boolean current = current(alias).equals(Optional.of(number));
            if (current || previous(alias).equals(Optional.of(number))) {
                throw new ModelRepositoryException(version(number) + " could not be deleted: alias " + alias
                        + (current ? " is at it" : " would roll back to it") + "; promote other versions first");
            }
        }
        SortedSet<Integer> more = new TreeSet<>(deleted);
        more.add(number);
        SortedMap<Integer, SortedMap<String, String>> fewer = new TreeMap<>(tags);
        fewer.remove(number);
        return new ModelCatalog(
                name, histories, Collections.unmodifiableSortedMap(fewer), Collections.unmodifiableSortedSet(more),
                Math.max(highest, number), true);
    }

    /**
     * Returns the catalog with only the newest versions, those that an alias has, and those that an alias would roll
     * back to.
     */
    ModelCatalog prune(SortedSet<Integer> numbers, int keepNewest) {
        SortedSet<Integer> old = new TreeSet<>(numbers);
        old.removeAll(deleted);
        for (String alias : histories.keySet()) {
            current(alias).ifPresent(old::remove);
            previous(alias).ifPresent(old::remove);
        }
        SortedSet<Integer> newest = new TreeSet<>(Collections.reverseOrder());
        newest.addAll(numbers);
        newest.removeAll(deleted);
        Iterator<Integer> kept = newest.iterator();
        for (int i = 0; i < keepNewest && kept.hasNext(); i++) {
            old.remove(kept.next());
        }
        ModelCatalog pruned = this;
        for (int number : old) {
            pruned = pruned.delete(number);
        }
        return pruned;
    }

    private void requireUndeleted(int number) {
        if (deleted.contains(number)) {
            throw new ModelRepositoryException(version(number) + " was deleted; use another version");
        }
    }

    private ModelVersion version(int number) {
        return new ModelVersion(name, number);
    }

    private static String requireAlias(String alias) {
        return SafeNames.require("an alias", alias);
    }

    private static void requireTag(String key, String value) {
        SafeNames.require("a tag's key", key);
        if (value.length() > 1000 || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the value of tag " + key
                    + " has up to 1000 characters, none of them a control character");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelCatalog that
                && name.equals(that.name)
                && histories.equals(that.histories)
                && tags.equals(that.tags)
                && deleted.equals(that.deleted)
                && highest == that.highest
                && begun == that.begun;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, histories, tags, deleted, highest, begun);
    }

    @Override
    public String toString() {
        return "ModelCatalog[" + name + ", aliases " + histories.keySet() + ", deleted " + deleted + "]";
    }
}
