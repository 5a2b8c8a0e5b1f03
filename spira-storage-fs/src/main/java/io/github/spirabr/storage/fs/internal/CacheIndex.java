package io.github.spirabr.storage.fs.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a cache and their size together, which the lock file holds from one process to the
 * next. It is marked as unknown while it changes, so that whoever comes after a killed process counts
 * anew. Used under the lock.
 */
final class CacheIndex {

    static final String DRAFT_PREFIX = ".tmp-";

    private static final Duration ABANDONED = Duration.ofHours(1);
    private static final long UNKNOWN = -1;

    private final Path root;
    private final String suffix;
    private final FileChannel lockFile;

    /**
     * Creates an instance.
     *
     * @param suffix suffix of the names of the cache's files
     */
    CacheIndex(Path root, String suffix, FileChannel lockFile) {
        this.root = root;
        this.suffix = suffix;
        this.lockFile = lockFile;
    }

    /** A change of the files that adds or removes a number of bytes. */
    interface Change {
        long run() throws IOException;
    }

    /**
     * Makes room for a file, and then applies the change. When there is not enough room, the files used least
     * recently go until an eighth of the limit is free beside the new one.
     *
     * @param bytes bytes that the change adds at most; not more than the limit
     */
    void apply(long bytes, long limit, Change change) throws IOException {
        long total = total();
        store(UNKNOWN);
        if (total == UNKNOWN || total + bytes > limit) {
            total = makeRoom(bytes, limit);
        }
        store(total + change.run());
    }

    private long makeRoom(long bytes, long limit) throws IOException {
        List<Entry> entries = scan();
        long total = entries.stream().mapToLong(Entry::size).sum();
        if (total + bytes <= limit) {
            return total;
        }
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::file));
        long goal = Math.max(0, limit - limit / 8 - bytes);
        for (Entry entry : entries) {
            if (total <= goal) {
                break;
            }
            Files.deleteIfExists(entry.file);
            total -= entry.size;
        }
        return total;
    }

    /** Lists the files; drafts come and go meanwhile; entries do so under the lock only. */
    private List<Entry> scan() throws IOException {
        Instant abandoned = Instant.now().minus(ABANDONED);
        List<Entry> entries = new ArrayList<>();
        for (String folder : Folders.names(root)) {
            if (!folder.matches("[0-9a-f]{2}")) {
                continue;
            }
            for (String name : Folders.names(root.resolve(folder))) {
                Path file = root.resolve(folder).resolve(name);
                BasicFileAttributes attributes;
                try {
                    attributes = Files.readAttributes(file, BasicFileAttributes.class);
                } catch (NoSuchFileException e) {
                    continue;
                }
                Instant used = attributes.lastModifiedTime().toInstant();
                if (name.endsWith(suffix)) {
                    entries.add(new Entry(file, attributes.size(), used));
                } else if (name.startsWith(DRAFT_PREFIX) && used.isBefore(abandoned)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        return entries;
    }

    private long total() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        while (bytes.hasRemaining()) {
            if (lockFile.read(bytes, bytes.position()) < 0) {
                return UNKNOWN;
            }
        }
        return Math.max(UNKNOWN, bytes.getLong(0));
    }

    private void store(long total) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).putLong(0, total);
        while (bytes.hasRemaining()) {
            lockFile.write(bytes, bytes.position());
        }
    }

    private record Entry(Path file, long size, Instant used) {}
}
