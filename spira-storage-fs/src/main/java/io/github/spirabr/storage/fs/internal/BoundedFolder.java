package io.github.spirabr.storage.fs.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Files under keys, {@code ROOT/ab/ab12...SUFFIX}, which are written under another name and then
 * renamed. When they would be larger than the limit together, those go that were used least recently.
 * Files that are just being written come on top of the limit. Safe for any number of threads and
 * processes on a file system that keeps locks and renames atomically.
 */
public final class BoundedFolder {

    private static final String LOCK = ".lock";

    private final Path root;
    private final long limit;
    private final String suffix;
    private final FileMutex mutex;

    /**
     * Creates an instance.
     *
     * @param root created when it is needed
     * @param limit limit of all files together, in bytes, at least 1
     */
    public BoundedFolder(Path root, long limit, String suffix) {
        this.root = root;
        this.limit = limit;
        this.suffix = suffix;
        this.mutex = new FileMutex(root.resolve(LOCK));
    }

    /** Returns the settings of a cache in this folder. */
    public Map<String, Object> settings() {
        return Map.of("location", root.toString(), "maximumBytes", limit);
    }

    /** Returns whether a file of this size may be put. */
    public boolean fits(long size) {
        return size <= Math.min(limit, Integer.MAX_VALUE - 8);
    }

    /**
     * Returns the content of a key's file, which counts as used now; empty if there is none.
     *
     * @param key two hexadecimal digits or more
     */
    public Optional<byte[]> get(String key) throws IOException {
        Path file = file(key);
        try {
            byte[] content = Files.readAllBytes(file);
            touch(file);
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Marks a file as used, as the files used last are removed last; a failure only makes the order less exact. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            return;
        }
    }

    /**
     * Removes a key's file, unless it is sound: another process may have put a sound one in its place.
     */
    public void removeBroken(String key, Predicate<byte[]> sound) throws IOException {
        Path file = file(key);
        mutex.locked(lockFile -> {
            new CacheIndex(root, suffix, lockFile).apply(0, Long.MAX_VALUE, () -> {
                long size = size(file);
                if (size == 0 || !sound.test(Files.readAllBytes(file))) {
                    Files.deleteIfExists(file);
                    return -size;
                }
                return 0;
            });
            return key;
        });
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Puts a file, which replaces an existing one.
     *
     * @param content content of a size that {@link #fits}
     */
    public void put(String key, byte[] content) throws IOException {
        Path file = file(key);
        Path draft = file.resolveSibling(CacheIndex.DRAFT_PREFIX + UUID.randomUUID());
        Files.createDirectories(draft.getParent());
        try {
            Files.write(draft, content);
            mutex.locked(lockFile -> {
                new CacheIndex(root, suffix, lockFile).apply(content.length, limit, () -> {
                    long old = size(file);
                    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    return content.length - old;
                });
                return key;
            });
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Path file(String key) {
        return root.resolve(key.substring(0, 2)).resolve(key + suffix);
    }

    @Override
    public String toString() {
        return root + ", at most " + limit + " bytes";
    }
}
