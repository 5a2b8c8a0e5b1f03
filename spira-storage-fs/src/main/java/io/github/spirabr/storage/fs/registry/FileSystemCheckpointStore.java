package io.github.spirabr.storage.fs.registry;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.training.Checkpoint;
import io.github.spirabr.core.training.CheckpointStore;
import io.github.spirabr.core.training.TrainingException;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The checkpoints of one run in a folder: {@code ROOT/step-000000120/} holds a manifest with the size
 * and SHA-256 of every file, and the files. A checkpoint is written and flushed under another name
 * and then renamed, so that it is there whole or not at all; the oldest are removed only after that.
 * Used by one run at a time.
 */
public final class FileSystemCheckpointStore implements CheckpointStore {

    private static final String DRAFT_PREFIX = ".tmp-";
    private static final String PREFIX = "step-";

    private final Path root;
    private final int keep;

    private FileSystemCheckpointStore(Path root, int keep) {
        this.root = root;
        this.keep = keep;
    }

    /**
     * The store in a folder, which keeps the last two checkpoints.
     *
     * @param root created by the first save if it is missing
     */
    public static FileSystemCheckpointStore at(Path root) {
        return new FileSystemCheckpointStore(root.toAbsolutePath().normalize(), 2);
    }

    /** The same, but with this many checkpoints kept, at least 1. */
    public FileSystemCheckpointStore keeping(int checkpoints) {
        if (checkpoints < 1) {
            throw new IllegalArgumentException("at least 1 checkpoint must be kept, but was " + checkpoints);
        }
        return new FileSystemCheckpointStore(root, checkpoints);
    }

    @Override
    public void save(Checkpoint checkpoint) {
        Path draft = root.resolve(DRAFT_PREFIX + UUID.randomUUID());
        try {
            Files.createDirectories(root);
            Files.createDirectory(draft);
            new VersionFolder(draft).write(ModelArtifact.of(checkpoint.files()));
            Path folder = folder(checkpoint.step());
            // Left by this run before it was broken off, damaged or not; the same step gives the same bytes.
            Folders.deleteQuietly(folder);
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            Folders.flush(root);
            List<Long> steps = steps();
            for (long old : steps.subList(0, Math.max(0, steps.size() - keep))) {
                Folders.deleteQuietly(folder(old));
            }
        } catch (IOException e) {
            throw new TrainingException("the checkpoint of step " + checkpoint.step() + " cannot be written to " + root + ": "
                    + e + "; check the folder, its permissions and the free space", e);
        } finally {
            Folders.deleteQuietly(draft);
        }
    }

    @Override
    public Optional<Found> latest() {
        List<String> damaged = new ArrayList<>();
        try {
            List<Long> steps = new ArrayList<>(steps());
            Collections.reverse(steps);
            for (long step : steps) {
                try {
                    return Optional.of(new Found(new Checkpoint(step, read(step)), damaged));
                } catch (ModelRepositoryException | IOException e) {
                    damaged.add("the checkpoint of step " + step + " cannot be used: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new TrainingException("the checkpoints in " + root + " cannot be listed: " + e, e);
        }
        if (damaged.isEmpty()) {
            return Optional.empty();
        }
        throw new TrainingException("no checkpoint in " + root + " can be used: " + String.join("; ", damaged)
                + "; remove the folder to start anew");
    }

    private Map<String, byte[]> read(long step) throws IOException {
        // The name is for messages alone.
        ModelVersion name = new ModelVersion("checkpoint", (int) Math.min(Integer.MAX_VALUE, Math.max(1, step)));
        ModelArtifact artifact = new VersionFolder(folder(step)).read(name);
        Map<String, byte[]> files = new HashMap<>();
        artifact.fileNames().forEach(file -> files.put(file, artifact.file(file)));
        return files;
    }

    @Override
    public void clear() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try {
            for (long step : steps()) {
                Folders.deleteQuietly(folder(step));
            }
            if (Folders.names(root).stream().allMatch(name -> name.startsWith(DRAFT_PREFIX))) {
                Folders.deleteQuietly(root);
            }
        } catch (IOException e) {
            throw new TrainingException("the checkpoints in " + root + " cannot be removed: " + e, e);
        }
    }

    private List<Long> steps() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        return Folders.names(root).stream()
                .filter(name -> name.matches(PREFIX + "[0-9]{9,18}"))
                .map(name -> Long.valueOf(name.substring(PREFIX.length())))
                .sorted()
                .toList();
    }

    private Path folder(long step) {
        return root.resolve(String.format(Locale.ROOT, PREFIX + "%09d", step));
    }

    @Override
    public String toString() {
        return "FileSystemCheckpointStore[" + root + "]";
    }
}
