package io.github.spirabr.storage.fs.internal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A new folder that is filled and then renamed. Its writer locks the file {@code NAME.lock} beside it, which the operating
 * system releases when the process dies: so a draft whose lock is free is surely nobody's. On a file system that keeps no
 * locks a draft has no lock file; it can be recognised as abandoned by its age alone. Used by one thread.
 */
public final class Draft implements AutoCloseable {

    /** Beginning of the names of all drafts. */
    public static final String PREFIX = ".tmp-";

    private static final String LOCK = ".lock";

    /** Locks of this process; opening and closing the file of one of them would release it on some systems. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path lock;
    private final @Nullable FileChannel channel;

    /** A way to lock a file. */
    interface Locking {

        /**
         * Locks a file.
         *
         * @return whether the lock is held now
         * @throws IOException if the file system keeps no locks, or the thread is interrupted
         */
        boolean lock(FileChannel file) throws IOException;
    }

    private Draft(Path folder, Path lock, @Nullable FileChannel channel) {
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
        return begin(parent, file -> file.lock().isValid());
    }

    static Draft begin(Path parent, Locking locking) throws IOException {
        Path real = parent.toRealPath();
        while (true) {
            Path folder = real.resolve(PREFIX + UUID.randomUUID());
            Path lock = lock(folder);
            OWN.add(lock);
            FileChannel channel = null;
            boolean begun = false;
            try {
                channel = openLocked(lock, locking);
                // Another process may have removed the file before it was locked; the lock would then protect nothing.
                if (channel == null || Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(folder);
                    begun = true;
                    return new Draft(folder, lock, channel);
                }
            } finally {
                if (!begun) {
                    release(lock, channel);
                }
            }
        }
    }

    /** Creates a file and locks it; returns null, and leaves no file, if the file system keeps no locks. */
    private static @Nullable FileChannel openLocked(Path lock, Locking locking) throws IOException {
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            locking.lock(channel);
            return channel;
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            channel.close();
            throw e;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(lock);
            return null;
        }
    }

    private static void release(Path lock, @Nullable FileChannel channel) throws IOException {
        try {
            Files.deleteIfExists(lock);
        } finally {
            if (channel != null) {
                channel.close();
            }
            OWN.remove(lock);
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
        Folders.deleteQuietly(folder);
        release(lock, channel);
    }

    /**
     * Removes the drafts in a folder whose processes are gone.
     *
     * @return the number of removed drafts
     */
    public static int removeAbandoned(Path parent) throws IOException {
        return removeAbandoned(parent, file -> file.tryLock() != null);
    }

    static int removeAbandoned(Path parent, Locking locking) throws IOException {
        Path real = parent.toRealPath();
        int removed = 0;
        for (String name : Folders.names(real)) {
            Path lock = real.resolve(name);
            if (name.startsWith(PREFIX) && name.endsWith(LOCK) && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)
                    && !OWN.contains(lock)
                    && removeIfFree(real.resolve(name.substring(0, name.length() - LOCK.length())), lock, locking)) {
                removed++;
            }
        }
        return removed;
    }

    private static boolean removeIfFree(Path folder, Path lock, Locking locking) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (!locking.lock(channel)) {
                return false;
            }
            Folders.deleteQuietly(folder);
            Files.deleteIfExists(lock);
            return true;
        } catch (IOException e) {
            // Its writer has just ended, or is another user, whose drafts are not ours to remove; or no locks are kept here.
            return false;
        } catch (OverlappingFileLockException e) {
            // Another thread of this process looks at it at this moment.
            return false;
        }
    }

    /** Returns whether an entry of a folder is a draft that its writer locks, or the lock of one. */
    public static boolean isLocked(Path entry) {
        return entry.toString().endsWith(LOCK) || Files.exists(lock(entry), LinkOption.NOFOLLOW_LINKS);
    }
}
