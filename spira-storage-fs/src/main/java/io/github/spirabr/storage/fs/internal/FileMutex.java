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
 * Lets one thread of one process at a time do its work. The operating system holds the lock on a
 * file, and releases it when the process dies, however it dies; the file itself stays and means
 * nothing. Needs a file system that keeps locks, as local ones and NFS 4 do.
 */
public final class FileMutex {

    /** A lock of the system is the process's, not the thread's: threads queue here first. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path file;

    /**
     * @param file to be locked, in a folder that exists when work is done; created if it is missing
     */
    public FileMutex(Path file) {
        this.file = file;
    }

    /** Work on what the lock guards. */
    public interface Work<T> {

        /**
         * @param lockFile open for reading and writing
         */
        T run(FileChannel lockFile) throws IOException;
    }

    /**
     * Waits for the lock, works and releases it. Not reentrant.
     *
     * @throws IOException if the file cannot be locked, the thread is interrupted, or the work throws it
     */
    public <T> T locked(Work<T> work) throws IOException {
        ReentrantLock threads = THREADS.computeIfAbsent(realPath(), any -> new ReentrantLock());
        threads.lock();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.lock();
            return work.run(channel);
        } finally {
            threads.unlock();
        }
    }

    /** One name for one file: the system knows nothing of links, and would see two locks of one process. */
    private Path realPath() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : Files.createDirectories(folder).toRealPath().resolve(file.getFileName());
    }
}
