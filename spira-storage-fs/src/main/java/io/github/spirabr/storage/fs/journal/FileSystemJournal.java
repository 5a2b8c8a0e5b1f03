package io.github.spirabr.storage.fs.journal;

import io.github.spirabr.core.internal.adapter.SafeNames;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.storage.fs.internal.FileMutex;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A journal in a folder: a document is the file {@code NAME.document}. It is replaced by a rename, under a lock that the
 * operating system releases when its process dies. Several machines may share it on a file system that keeps locks and
 * renames, as NFS 4 does.
 */
public final class FileSystemJournal implements Journal {

    private static final String SUFFIX = ".document";
    private static final String LOCK = ".lock";
    /** One name, as it is written under the lock: what a killed process leaves is replaced by the next. */
    private static final String DRAFT = ".draft";

    private final Path folder;

    private FileSystemJournal(Path folder) {
        this.folder = folder;
    }

    /** Returns the journal in a folder, which is created when the first document is written. */
    public static FileSystemJournal at(Path folder) {
        return new FileSystemJournal(folder.toAbsolutePath().normalize());
    }

    @Override
    public Optional<Journal.Document> read(String name) {
        try {
            return stored(file(name));
        } catch (IOException e) {
            throw failure("document " + name + " could not be read from", e);
        }
    }

    private static Optional<Journal.Document> stored(Path file) throws IOException {
        try {
            return Optional.of(document(Folders.read(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Journal.Document document(byte[] content) {
        return new Journal.Document(FileDigest.of(content).sha256(), content);
    }

    @Override
    public Optional<Journal.Document> replace(String name, Optional<String> expected, byte[] content) {
        Path file = file(name);
        Journal.Document written = document(content);
        try {
            Files.createDirectories(folder);
            return new FileMutex(folder.resolve(LOCK)).locked(lockFile -> {
                Optional<String> current = stored(file).map(Journal.Document::version);
                if (current.equals(Optional.of(written.version()))) {
                    return Optional.of(written);
                }
                if (!current.equals(expected)) {
                    return Optional.empty();
                }
                Folders.replaceUnderLock(file, folder.resolve(DRAFT), content);
                return Optional.of(written);
            });
        } catch (IOException e) {
            throw failure("document " + name + " could not be written in", e);
        }
    }

    @Override
    public SortedSet<String> names(String prefix) {
        SortedSet<String> names = new TreeSet<>();
        try {
            for (String entry : Folders.names(folder)) {
                String name = entry.endsWith(SUFFIX) ? entry.substring(0, entry.length() - SUFFIX.length()) : "";
                if (name.startsWith(prefix) && SafeNames.isSafe(name)
                        && Files.isRegularFile(folder.resolve(entry), LinkOption.NOFOLLOW_LINKS)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException e) {
            return names;
        } catch (IOException e) {
            throw failure("the names of the documents could not be read from", e);
        }
        return names;
    }

    private Path file(String name) {
        return folder.resolve(SafeNames.require("a document's name", name) + SUFFIX);
    }

    private JournalException failure(String what, IOException cause) {
        return new JournalException(what + " the journal in " + folder + ": " + cause.getMessage() + " ("
                + cause.getClass().getSimpleName() + "); check the folder, its permissions and the free space", cause);
    }

    /** Returns the absolute path of the folder. */
    @Override
    public String location() {
        return folder.toString();
    }

    @Override
    public String toString() {
        return "FileSystemJournal[" + folder + "]";
    }
}
