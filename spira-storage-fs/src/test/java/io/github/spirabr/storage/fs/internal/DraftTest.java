package io.github.spirabr.storage.fs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftTest {

    @TempDir
    private Path folder;

    /** Fails as the lock of a file on a file system that keeps none does. */
    private static boolean noLocks(FileChannel file) throws IOException {
        throw new IOException("Operation not supported");
    }

    @Test
    void aFileSystemWithoutLocksHasDraftsWithoutLocks() throws IOException {
        try (Draft draft = Draft.begin(folder, DraftTest::noLocks)) {
            assertThat(draft.folder()).isDirectory();
            assertThat(Draft.isLocked(draft.folder())).isFalse();
            assertThat(Folders.names(folder)).containsExactly(draft.folder().getFileName().toString());
            assertThat(Draft.removeAbandoned(folder)).isZero();
            assertThat(draft.folder()).isDirectory();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLockThatCannotBeTriedIsNotFree() throws IOException {
        Files.createFile(folder.resolve(".tmp-other.lock"));
        Path other = Files.createDirectory(folder.resolve(".tmp-other"));
        assertThat(Draft.removeAbandoned(folder, DraftTest::noLocks)).isZero();
        assertThat(other).isDirectory();
        assertThat(Draft.removeAbandoned(folder)).isOne();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLockThatAnotherThreadOfThisProcessHoldsIsNotFree() throws IOException {
        Path lock = Files.createFile(folder.resolve(".tmp-other.lock"));
        Path other = Files.createDirectory(folder.resolve(".tmp-other"));
        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            assertThat(held.tryLock()).isNotNull();
            assertThat(Draft.removeAbandoned(folder)).isZero();
        }
        assertThat(other).isDirectory();
    }

    /** Another process may find the file of a lock between its creation and its locking, and remove it. */
    @Test
    void aDraftWhoseLockFileWasRemovedIsBegunAnew() throws IOException {
        AtomicInteger attempts = new AtomicInteger();
        try (Draft draft = Draft.begin(folder, file -> {
            if (attempts.incrementAndGet() == 1) {
                Files.delete(folder.resolve(Folders.names(folder).first()));
            }
            return file.lock().isValid();
        })) {
            assertThat(attempts).hasValue(2);
            assertThat(Draft.isLocked(draft.folder())).isTrue();
            assertThat(Folders.names(folder)).hasSize(2);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anInterruptedThreadBeginsNoDraft() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Draft.begin(folder)).isInstanceOf(FileLockInterruptionException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
