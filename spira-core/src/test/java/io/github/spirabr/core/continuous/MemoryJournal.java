package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.adapter.SafeNames;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A journal in memory. */
final class MemoryJournal implements Journal {

    private final TreeMap<String, Journal.Document> documents = new TreeMap<>();

    @Override
    public synchronized Optional<Journal.Document> read(String name) {
        return Optional.ofNullable(documents.get(SafeNames.require("a document's name", name)));
    }

    @Override
    public synchronized Optional<Journal.Document> replace(String name, Optional<String> expected, byte[] content) {
        Journal.Document written = new Journal.Document(FileDigest.of(content).sha256(), content);
        Optional<String> current = read(name).map(Journal.Document::version);
        if (!current.equals(Optional.of(written.version())) && !current.equals(expected)) {
            return Optional.empty();
        }
        documents.put(name, written);
        return Optional.of(written);
    }

    @Override
    public synchronized SortedSet<String> names(String prefix) {
        SortedSet<String> names = new TreeSet<>(documents.keySet());
        names.removeIf(name -> !name.startsWith(prefix));
        return names;
    }

    @Override
    public String location() {
        return "memory";
    }
}
