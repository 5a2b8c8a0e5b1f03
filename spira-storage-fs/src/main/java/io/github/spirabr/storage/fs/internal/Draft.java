package io.github.spirabr.storage.fs.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A new folder that is filled and then renamed. Its writer locks the file {@code NAME.lock} beside it, which the operating
 * system releases when the process dies: so a draft whose lock is free is surely nobody's. Used by one thread.
 */
public final class Draft implements AutoCloseable {

    /** Beginning of the names of all drafts. */
    public static final String PREFIX = ".tmp-";

    private static final String LOCK = ".lock";

    /** Locks of this process; opening and closing the file of one of them would release it on some systems. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path lock;
    private final FileChannel channel;

    private Draft(Path folder, Path lock, FileChannel channel) {
        this.folder = folder;
        this.lock = lock;
        this.channel = channel;
    }

    /**
     * Creates an empty draft in a folder.
     *
     * @param parent an existing folder
     */
    public static Draft begin(Path parent) throws IOException {
        Path folder = parent.toRealPath().resolve(PREFIX + UUID.randomUUID());
        Path lock = lock(folder);
        OWN.add(lock);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.lock();
            Files.createDirectory(folder);
            return new Draft(folder, lock, channel);
        } catch (IOException e) {
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(lock);
            OWN.remove(lock);
            throw e;
        }
    }

    private static Path lock(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    /** Returns the folder, which is not there any more after it was renamed. */
    public Path folder() {
        return folder;
    }

    /** Removes the folder if it is still there, and the lock. */
    @Override
    public void close() throws IOException {
        try {
            Folders.deleteQuietly(folder);
            Files.deleteIfExists(lock);
        } finally {
            channel.close();
            OWN.remove(lock);
        }
    }

    /**
     * Removes the drafts in a folder whose processes are gone.
     *
     * @return the number of removed drafts
     */
    public static int removeAbandoned(Path parent) throws IOException {
        Path real = parent.toRealPath();
        int removed = 0;
        for (String name : Folders.names(real)) {
            Path lock = real.resolve(name);
            if (name.startsWith(PREFIX) && name.endsWith(LOCK) && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)
                    && !OWN.contains(lock)
                    && removeIfFree(real.resolve(name.substring(0, name.length() - LOCK.length())), lock)) {
                removed++;
            }
        }
        return removed;
    }

    private static boolean removeIfFree(Path folder, Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return false;
            }
            Folders.deleteQuietly(folder);
            Files.deleteIfExists(lock);
            return true;
        } catch (FileSystemException e) {
            // Its writer has just ended, or is another user, whose drafts are not ours to remove.
            return false;
        }
    }

    /** Returns whether an entry of a folder is a draft that its writer locks, or the lock of one. */
    public static boolean isLocked(Path entry) {
        return entry.toString().endsWith(LOCK) || Files.exists(lock(entry), LinkOption.NOFOLLOW_LINKS);
    }
}
