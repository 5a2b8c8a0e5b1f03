package io.github.spirabr.storage.fs.registry;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.CheckpointStore.Checkpoint;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.internal.Draft;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints of runs in a folder, each run's in a folder of its identity ({@link #ofRun}): {@code
 * ROOT/RUN/step-000000120/}, or {@code step-000000120-best/}
 * if its weights had the best validation so far, holds a manifest with the size and SHA-256 of
 * every file, and the files. A checkpoint is written and flushed under another name
 * and then renamed, so that it is there whole or not at all; the oldest are removed only after that.
 * Each run's are used by one process at a time.
 */
public final class FileSystemCheckpointStore implements CheckpointStore, Described {

    private static final String PREFIX = "step-";
    private static final String BEST = "-best";
    private static final String RUN = "run-";
    private static final int DIGITS = 16;
    private static final Pattern NAME = Pattern.compile(PREFIX + "([0-9]{9,18})(" + BEST + ")?");

    private final Path root;
    private final int keep;
    private final boolean keepBest;
    private final int keepEvery;

    private FileSystemCheckpointStore(Path root, int keep, boolean keepBest, int keepEvery) {
        this.root = root;
        this.keep = keep;
        this.keepBest = keepBest;
        this.keepEvery = keepEvery;
    }

    /**
     * Returns the store in a folder, which keeps the last two checkpoints.
     *
     * @param root created by the first save if it is missing
     */
    public static FileSystemCheckpointStore at(Path root) {
        return new FileSystemCheckpointStore(root.toAbsolutePath().normalize(), 2, false, 0);
    }

    /** Returns the store with this many checkpoints kept, at least 1. */
    public FileSystemCheckpointStore keeping(int checkpoints) {
        if (checkpoints < 1) {
            throw new IllegalArgumentException("at least 1 checkpoint must be kept, but was " + checkpoints);
        }
        return new FileSystemCheckpointStore(root, checkpoints, keepBest, keepEvery);
    }

    /** Returns the store with the last checkpoint that had the best validation so far kept as well. */
    public FileSystemCheckpointStore keepingBest() {
        return new FileSystemCheckpointStore(root, keep, true, keepEvery);
    }

    /** Returns the store with all checkpoints kept whose step is a multiple of this number, at least 1, as well. */
    public FileSystemCheckpointStore keepingEvery(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("checkpoints can be kept every 1 step or more, but was " + steps);
        }
        return new FileSystemCheckpointStore(root, keep, keepBest, steps);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of("location", root.toString(), "keep", keep));
        if (keepBest) {
            settings.put("best", true);
        }
        if (keepEvery > 0) {
            settings.put("every", keepEvery);
        }
        return new ComponentDescription("checkpoints", settings);
    }

    /**
     * Returns the store in a folder named by the first digits of the identity. Where the folder of all runs holds checkpoints
     * itself, as older versions of the library kept those of their one run, it is used for them until they are cleared.
     */
    @Override
    public FileSystemCheckpointStore ofRun(String identity) {
        try {
            if (!saved().isEmpty()) {
                return this;
            }
        } catch (IOException e) {
            throw new TrainingException("the checkpoints in " + root + " could not be listed: " + e, e);
        }
        String name = RUN + identity.substring(0, Math.min(DIGITS, identity.length()));
        return new FileSystemCheckpointStore(root.resolve(name), keep, keepBest, keepEvery);
    }

    @Override
    public void save(Checkpoint checkpoint) {
        try {
            Files.createDirectories(root);
            Draft.removeAbandoned(root);
            Saved saved = new Saved(checkpoint.step(), checkpoint.best());
            try (Draft draft = Draft.begin(root)) {
                new VersionFolder(draft.folder()).write(version(saved), ModelArtifact.of(checkpoint.files()));
                // Left by this run before it was interrupted, damaged or not; the same step gives the same bytes.
                Folders.deleteQuietly(folder(saved));
                Files.move(draft.folder(), folder(saved), StandardCopyOption.ATOMIC_MOVE);
                Folders.flush(root);
            }
            Folders.deleteQuietly(folder(new Saved(checkpoint.step(), !checkpoint.best())));
            for (Saved old : dispensable()) {
                Folders.deleteQuietly(folder(old));
            }
        } catch (IOException e) {
            throw new TrainingException("the checkpoint of step " + checkpoint.step() + " could not be written to " + root + ": "
                    + e + "; check the folder, its permissions and the free space", e);
        }
    }

    private List<Saved> dispensable() throws IOException {
        List<Saved> all = saved();
        List<Saved> older = new ArrayList<>(all.subList(0, Math.max(0, all.size() - keep)));
        if (keepBest) {
            all.stream().filter(Saved::best).reduce((first, second) -> second).ifPresent(older::remove);
        }
        older.removeIf(one -> keepEvery > 0 && one.step() % keepEvery == 0);
        return older;
    }

    @Override
    public Optional<Found> latest() {
        List<String> damaged = new ArrayList<>();
        try {
            List<Saved> newestFirst = new ArrayList<>(saved());
            Collections.reverse(newestFirst);
            for (Saved one : newestFirst) {
                try {
                    return Optional.of(new Found(new Checkpoint(one.step(), one.best(), read(one)), damaged));
                } catch (ModelRepositoryException | IOException e) {
                    damaged.add("the checkpoint of step " + one.step() + " could not be used: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new TrainingException("the checkpoints in " + root + " could not be listed: " + e, e);
        }
        if (damaged.isEmpty()) {
            return Optional.empty();
        }
        throw new TrainingException("no checkpoint in " + root + " can be used: " + String.join("; ", damaged)
                + "; remove the folder to start anew");
    }

    private Map<String, byte[]> read(Saved one) throws IOException {
        ModelArtifact artifact = new VersionFolder(folder(one)).read(version(one));
        Map<String, byte[]> files = new HashMap<>();
        artifact.fileNames().forEach(file -> files.put(file, artifact.file(file)));
        return files;
    }

    /** Names a checkpoint in its manifest and in messages. */
    private static ModelVersion version(Saved one) {
        return new ModelVersion("checkpoint", (int) Math.min(Integer.MAX_VALUE, Math.max(1, one.step())));
    }

    @Override
    public void clear() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try {
            for (Saved one : saved()) {
                Folders.deleteQuietly(folder(one));
            }
            if (Folders.names(root).stream().allMatch(name -> name.startsWith(Draft.PREFIX))) {
                Folders.deleteQuietly(root);
                removeEmptyParent();
            }
        } catch (IOException e) {
            throw new TrainingException("the checkpoints in " + root + " could not be removed: " + e, e);
        }
    }

    /** Removes the folder of all runs after the last of them. */
    private void removeEmptyParent() throws IOException {
        Path parent = root.getParent();
        if (root.getFileName().toString().startsWith(RUN) && Folders.names(parent).isEmpty()) {
            Files.deleteIfExists(parent);
        }
    }

    /** A checkpoint by its folder's name; in the order of their steps. */
    private record Saved(long step, boolean best) {}

    private List<Saved> saved() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        return Folders.names(root).stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(name -> new Saved(Long.parseLong(name.group(1)), name.group(2) != null))
                .sorted(Comparator.comparingLong(Saved::step).thenComparing(Saved::best))
                .toList();
    }

    private Path folder(Saved one) {
        return root.resolve(String.format(Locale.ROOT, PREFIX + "%09d%s", one.step(), one.best() ? BEST : ""));
    }

    @Override
    public String toString() {
        return "FileSystemCheckpointStore[" + root + "]";
    }
}
