package io.github.spirabr.storage.fs.registry;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.internal.adapter.SafeNames;
import io.github.spirabr.core.registry.AbstractModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelCatalog;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.registry.VersionManifest;
import io.github.spirabr.storage.fs.internal.Draft;
import io.github.spirabr.storage.fs.internal.FileMutex;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A model registry in a folder: {@code ROOT/NAME/000001/} holds {@code manifest.json} with the size
 * and SHA-256 of every file, and the files in {@code files/}; {@code ROOT/NAME/catalog.json} holds the
 * model's aliases with their histories and the digests of their versions, tags, the deleted versions, and the highest
 * number that was given.
 *
 * <p>Safe for any number of threads and processes on one file system that renames atomically and keeps
 * locks. What is written is flushed to the disk under the name {@code .tmp-...} and then renamed, so
 * that it appears whole or not at all, even if the process is killed. The catalog is changed under a
 * lock of the operating system on {@code .lock}, which a process's death releases. Drafts that a killed
 * process left are never taken for versions; the next save or change of the catalog removes them, and {@link #clean} those of releases that did not lock
 * their drafts. Of a deleted version a folder
 * with a mark stays, so that its number is not given again. Links are not followed.
 */
public final class FileSystemModelRepository extends AbstractModelRepository implements Described {

    private static final String CATALOG_DRAFT = Draft.PREFIX + "catalog";
    private static final String TRASH_PREFIX = ".trash-";
    private static final String CATALOG = "catalog.json";
    private static final String LOCK = ".lock";

    /** Bytes of a file that is written to see whether files can be. */
    private static final int ATTEMPT = 4096;

    /** Below it no model is begun, in bytes. */
    private static final long SMALLEST_SPACE = 16L << 20;

    private final Path root;

    private FileSystemModelRepository(Path root, Clock clock) {
        super(clock);
        this.root = root;
    }

    /**
     * Returns the registry in a folder.
     *
     * @param root created by the first save if it is missing
     */
    public static FileSystemModelRepository at(Path root) {
        return at(root, Clock.systemUTC());
    }

    /**
     * Returns the registry in a folder, with a clock for the histories of aliases and the age of drafts.
     */
    public static FileSystemModelRepository at(Path root, Clock clock) {
        return new FileSystemModelRepository(root.toAbsolutePath().normalize(), clock);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ModelRepositoryException if the folder cannot be written, such as for want of space or
     *     permission; the draft is removed
     */
    @Override
    protected ModelVersion store(String name, ModelArtifact artifact, Predicate<ModelVersion> same) {
        Path model = model(name);
        try {
            Files.createDirectories(model);
            try (Draft draft = Draft.begin(model)) {
                VersionFolder written = new VersionFolder(draft.folder());
                written.writeFiles(artifact);
                int begun = changeCatalog(name, ModelCatalog::begin).highest();
                SortedSet<Integer> taken = takenNumbers(model);
                Optional<ModelVersion> there = same(name, taken, same);
                if (there.isPresent()) {
                    return there.get();
                }
                int highest = Math.max(begun, taken.isEmpty() ? 0 : taken.last());
                ModelVersion version = claim(new ModelVersion(name, highest + 1), draft.folder(), written, artifact, same);
                Folders.flush(model);
                Folders.flush(root);
                return version;
            }
        } catch (IOException e) {
            throw new ModelRepositoryException("model " + name + " could not be saved in " + model + ": " + reason(e)
                    + "; check the folder, its permissions and the free space", e);
        }
    }

    /** Writes a small file into the folder, or into the nearest one above it that exists. */
    @Override
    public void requireWritable() {
        Path folder = root;
        while (Files.notExists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            attempt(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < SMALLEST_SPACE) {
                throw new ModelRepositoryException("models must have at least " + (SMALLEST_SPACE >> 20) + " MB of free space in "
                        + folder + ", but there were " + (free >> 20) + " MB; free space, or name another folder");
            }
        } catch (IOException e) {
            throw new ModelRepositoryException("models could not be saved in " + root + ": " + reason(e)
                    + "; check the folder, its permissions and the free space, or name another folder", e);
        }
    }

    /**
     * Writes and removes a file. Its name is always the same, so that the next attempt removes what a killed process left; where
     * that is another's, or written by another thread at present, the name is a new one.
     */
    private static void attempt(Path folder) throws IOException {
        Path attempt = folder.resolve(Draft.PREFIX + "attempt-to-write");
        try {
            Files.deleteIfExists(attempt);
            Folders.writeDurably(attempt, new byte[ATTEMPT]);
        } catch (IOException e) {
            Folders.deleteQuietly(attempt);
            attempt = folder.resolve(Draft.PREFIX + UUID.randomUUID());
            Folders.writeDurably(attempt, new byte[ATTEMPT]);
        } finally {
            Folders.deleteQuietly(attempt);
        }
    }

    /** Renames the draft to the first number that is free. A version's folder is never empty, so none is replaced. */
    private ModelVersion claim(
            ModelVersion first, Path draft, VersionFolder written, ModelArtifact artifact, Predicate<ModelVersion> same)
            throws IOException {
        ModelVersion version = first;
        while (true) {
            written.writeManifest(VersionManifest.of(version, artifact));
            Path folder = folder(version);
            try {
                Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
                return version;
            } catch (FileSystemException e) {
                if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
                if (same.test(version)) {
                    return version;
                }
                version = new ModelVersion(version.name(), version.number() + 1);
            }
        }
    }

    @Override
    protected ModelArtifact read(ModelVersion version) {
        return inFolder(version, folder -> folder.read(version));
    }

    /** Returns the time at which the version's folder was last written to. */
    @Override
    public Optional<Instant> savedAt(ModelVersion version) {
        try {
            return Optional.of(Files.getLastModifiedTime(folder(version), LinkOption.NOFOLLOW_LINKS).toInstant());
        } catch (IOException e) {
            throw new ModelRepositoryException(version + " could not be read in " + root + ": " + reason(e), e);
        }
    }

    @Override
    protected VersionManifest manifest(ModelVersion version) {
        return inFolder(version, folder -> folder.manifest(version));
    }

    private interface Reading<T> {
        T from(VersionFolder folder) throws IOException;
    }

    private <T> T inFolder(ModelVersion version, Reading<T> reading) {
        Path folder = folder(version);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelRepositoryException("there is no " + version + " in " + root + "; "
                    + latest(version.name())
                            .map(newest -> "the newest is version " + newest.number())
                            .orElse("no version of this model was saved there"));
        }
        try {
            return reading.from(new VersionFolder(folder));
        } catch (IOException e) {
            throw new ModelRepositoryException(version + " could not be read from " + folder + ": " + reason(e)
                    + "; check the folder and its permissions", e);
        }
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        try {
            for (String name : Folders.names(root)) {
                if (SafeNames.isSafe(name) && Files.isDirectory(root.resolve(name), LinkOption.NOFOLLOW_LINKS)
                        && isListed(name)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException e) {
            return names;
        } catch (IOException e) {
            throw new ModelRepositoryException("the models in " + root + " could not be listed: " + reason(e)
                    + "; check the folder and its permissions", e);
        }
        return names;
    }

    @Override
    protected SortedSet<Integer> numbers(String name) {
        Path model = model(name);
        try {
            return takenNumbers(model);
        } catch (NoSuchFileException e) {
            return new TreeSet<>();
        } catch (IOException e) {
            throw new ModelRepositoryException("the versions of model " + name + " could not be listed in " + model + ": "
                    + reason(e) + "; check the folder and its permissions", e);
        }
    }

    @Override
    protected ModelCatalog catalog(String name) {
        Path file = model(name).resolve(CATALOG);
        try {
            return readCatalog(name, file);
        } catch (UncheckedIOException e) {
            throw unreadable(name, file, e.getCause());
        } catch (IOException e) {
            throw unreadable(name, file, e);
        }
    }

    private static ModelRepositoryException unreadable(String name, Path file, IOException e) {
        return new ModelRepositoryException("the aliases of model " + name + " could not be read from " + file + ": "
                + reason(e) + "; check the file and its permissions", e);
    }

    private ModelCatalog readCatalog(String name, Path file) throws IOException {
        Optional<ModelCatalog> stored = storedCatalog(name, file);
        return stored.isPresent() ? stored.get() : missingCatalog(name, () -> {
            try {
                return storedCatalog(name, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Optional<ModelCatalog> storedCatalog(String name, Path file) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(ModelCatalog.read(name, file.toString(), Folders.read(file))) : Optional.empty();
    }

    @Override
    protected ModelCatalog change(String name, UnaryOperator<ModelCatalog> change) {
        Path model = model(name);
        if (!Files.isDirectory(model, LinkOption.NOFOLLOW_LINKS)) {
            return change.apply(ModelCatalog.empty(name));
        }
        try {
            return changeCatalog(name, change);
        } catch (IOException e) {
            throw new ModelRepositoryException("the aliases of model " + name + " could not be changed in " + model + ": "
                    + reason(e) + "; check the folder, its permissions and the free space", e);
        }
    }

    private ModelCatalog changeCatalog(String name, UnaryOperator<ModelCatalog> change) throws IOException {
        Path model = model(name);
        return new FileMutex(model.resolve(LOCK)).locked(lockFile -> {
            Draft.removeAbandoned(model);
            ModelCatalog current = readCatalog(name, model.resolve(CATALOG));
            ModelCatalog changed = change.apply(current);
            if (!changed.equals(current)) {
                replaceCatalog(model, changed);
            } else {
                Files.deleteIfExists(model.resolve(CATALOG_DRAFT));
            }
            return changed;
        });
    }

    /** Keeps the bytes of a damaged catalog in {@code catalog.json.damaged}. */
    @Override
    protected void replaceCatalog(String name, ModelCatalog catalog) {
        Path model = model(name);
        Path file = model.resolve(CATALOG);
        try {
            new FileMutex(model.resolve(LOCK)).locked(lockFile -> {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(file, model.resolve(CATALOG + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
                }
                replaceCatalog(model, catalog);
                return catalog;
            });
        } catch (IOException e) {
            throw new ModelRepositoryException("the catalog of model " + name + " could not be written to " + file + ": "
                    + reason(e) + "; check the folder, its permissions and the free space", e);
        }
    }

    /** Replaces the catalog under the lock, so that any other draft of a catalog is of a process that was killed. */
    private static void replaceCatalog(Path model, ModelCatalog catalog) throws IOException {
        Folders.replaceUnderLock(model.resolve(CATALOG), model.resolve(CATALOG_DRAFT), catalog.toBytes());
    }

    @Override
    protected boolean isErased(ModelVersion version) {
        return new VersionFolder(folder(version)).isErased();
    }

    @Override
    protected void erase(ModelVersion version) {
        Path folder = folder(version);
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            new VersionFolder(folder).erase();
        } catch (IOException e) {
            throw new ModelRepositoryException(version + " was deleted, but its files could not be removed from " + folder
                    + ": " + reason(e) + "; check the folder and its permissions, and clean the registry", e);
        }
    }

    @Override
    protected int removeDrafts(String name, Instant before) {
        Path model = model(name);
        int removed = 0;
        try {
            removed += Draft.removeAbandoned(model);
            for (String entry : Folders.names(model)) {
                Path file = model.resolve(entry);
                if (entry.startsWith(TRASH_PREFIX)) {
                    Folders.deleteQuietly(file);
                } else if (entry.startsWith(Draft.PREFIX) && !Draft.isLocked(file) && Folders.lastTouched(file).isBefore(before)) {
                    // Renamed first: should its save go on after all, then it finds nothing, and not a half.
                    Path trash = model.resolve(TRASH_PREFIX + UUID.randomUUID());
                    Files.move(file, trash, StandardCopyOption.ATOMIC_MOVE);
                    Folders.deleteQuietly(trash);
                    removed++;
                }
            }
        } catch (NoSuchFileException e) {
            return removed;
        } catch (IOException e) {
            throw new ModelRepositoryException("the drafts of model " + name + " could not be removed from " + model + ": "
                    + reason(e) + "; check the folder and its permissions", e);
        }
        return removed;
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription("models", Map.of("location", root.toString()));
    }

    /** Returns the absolute path of the version's folder. */
    @Override
    public String location(ModelVersion version) {
        return folder(version).toString();
    }

    private Path folder(ModelVersion version) {
        return model(version.name()).resolve(folderName(version.number()));
    }

    private Path model(String name) {
        Path model = root.resolve(ModelVersion.requireName(name));
        if (Files.isSymbolicLink(model)) {
            throw new ModelRepositoryException("model " + name + " is a link at " + model
                    + ", and links are not followed; move the folder itself there");
        }
        return model;
    }

    private static SortedSet<Integer> takenNumbers(Path model) throws IOException {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String entry : Folders.names(model)) {
            if (entry.matches("[0-9]{6,9}")) {
                int number = Integer.parseInt(entry);
                Path folder = model.resolve(folderName(number));
                if (number > 0 && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    private static String folderName(int number) {
        return String.format(Locale.ROOT, "%06d", number);
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        return failure.getMessage() + " (" + failure.getClass().getSimpleName() + ")";
    }

    @Override
    public String toString() {
        return "FileSystemModelRepository[" + root + "]";
    }
}
