package io.github.spirabr.storage.fs.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that one thread of one process holds at a time. The operating system holds the lock on a
 * file, and releases it when the process dies, however it dies; the file itself stays and means
 * nothing. Needs a file system that keeps locks, as local ones and NFS 4 do.
 */
public final class FileMutex {

    /** Locks of the threads of this process, which take them first, as a lock of the system belongs to the process. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path file;

    /**
     * Creates an instance.
     *
     * @param file to be locked, in a folder that exists when work is done; created if it is missing
     */
    public FileMutex(Path file) {
        this.file = file;
    }

    /** Work under the lock. */
    public interface Work<T> {

        /**
         * Runs the work while the lock is held.
         *
         * @param lockFile open for reading and writing
         */
        T run(FileChannel lockFile) throws IOException;
    }

    /**
     * Waits for the lock, works and releases it. Not reentrant.
     *
     * @throws IOException if the file is a link or cannot be locked, the thread is interrupted, or the work throws it
     */
    public <T> T locked(Work<T> work) throws IOException {
        ReentrantLock threads = THREADS.computeIfAbsent(realPath(), any -> new ReentrantLock());
        threads.lock();
        try {
            Folders.requireNoLink(file);
            return lockedBySystem(work);
        } finally {
            threads.unlock();
        }
    }

    private <T> T lockedBySystem(Work<T> work) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.lock();
            return work.run(channel);
        }
    }

    /** Resolves links, as two names of one file would be two locks for the system. */
    private Path realPath() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : Files.createDirectories(folder).toRealPath().resolve(file.getFileName());
    }
}
