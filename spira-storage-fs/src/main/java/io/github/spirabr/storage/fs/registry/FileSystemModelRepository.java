package io.github.spirabr.storage.fs.registry;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A model registry in a folder: {@code ROOT/NAME/000001/} holds {@code manifest.json} with the size
 * and SHA-256 of every file, and the files in {@code files/}.
 *
 * <p>Safe for any number of threads and processes on one file system that renames folders atomically.
 * A version is written and flushed to the disk under the name {@code .tmp-...} and then renamed, so
 * that it appears whole or not at all, even if the process is killed. Drafts that a killed process
 * left are never taken for versions; they may be deleted while nothing is being saved.
 */
public final class FileSystemModelRepository implements ModelRepository {

    private static final String DRAFT_PREFIX = ".tmp-";

    private final Path root;

    private FileSystemModelRepository(Path root) {
        this.root = root;
    }

    /**
     * The registry in a folder.
     *
     * @param root created by the first save if it is missing
     */
    public static FileSystemModelRepository at(Path root) {
        return new FileSystemModelRepository(root.toAbsolutePath().normalize());
    }

    /**
     * {@inheritDoc}
     *
     * @throws ModelRepositoryException if the folder cannot be written, such as for want of space or
     *     permission; the draft is removed
     */
    @Override
    public ModelVersion save(String name, ModelArtifact artifact) {
        Path model = root.resolve(ModelVersion.requireName(name));
        Path draft = model.resolve(DRAFT_PREFIX + UUID.randomUUID());
        try {
            Files.createDirectories(model);
            Files.createDirectory(draft);
            new VersionFolder(draft).write(artifact);
            int number = claim(model, draft);
            Folders.flush(model);
            Folders.flush(root);
            return new ModelVersion(name, number);
        } catch (IOException e) {
            throw new ModelRepositoryException("model " + name + " cannot be saved in " + model + ": " + reason(e)
                    + "; check the folder, its permissions and the free space", e);
        } finally {
            Folders.deleteQuietly(draft);
        }
    }

    /** Renames the draft to the next free number. A version's folder is never empty, so none is replaced. */
    private static int claim(Path model, Path draft) throws IOException {
        List<Integer> taken = numbers(model);
        int number = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1;
        while (true) {
            Path folder = model.resolve(folderName(number));
            try {
                Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
                return number;
            } catch (FileSystemException e) {
                if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
                number++;
            }
        }
    }

    @Override
    public ModelArtifact load(ModelVersion version) {
        Path folder = folder(version);
        if (!Files.isDirectory(folder)) {
            throw new ModelRepositoryException("there is no " + version + " in " + root + "; "
                    + latest(version.name())
                            .map(newest -> "the newest is version " + newest.number())
                            .orElse("no version of this model was saved there"));
        }
        try {
            return new VersionFolder(folder).read(version);
        } catch (IOException e) {
            throw new ModelRepositoryException(version + " cannot be read from " + folder + ": " + reason(e)
                    + "; check the folder and its permissions", e);
        }
    }

    @Override
    public List<ModelVersion> versions(String name) {
        Path model = root.resolve(ModelVersion.requireName(name));
        try {
            return numbers(model).stream().map(number -> new ModelVersion(name, number)).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new ModelRepositoryException("the versions of model " + name + " cannot be listed in " + model + ": "
                    + reason(e) + "; check the folder and its permissions", e);
        }
    }

    /** The absolute path of the version's folder. */
    @Override
    public String location(ModelVersion version) {
        return folder(version).toString();
    }

    private Path folder(ModelVersion version) {
        return root.resolve(version.name()).resolve(folderName(version.number()));
    }

    private static List<Integer> numbers(Path model) throws IOException {
        return Folders.names(model).stream()
                .filter(name -> name.matches("[0-9]{6,9}"))
                .map(Integer::valueOf)
                .filter(number -> number > 0 && Files.isDirectory(model.resolve(folderName(number))))
                .distinct()
                .sorted()
                .toList();
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
