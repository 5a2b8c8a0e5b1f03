package io.github.spirabr.storage.fs.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.spirabr.core.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A second Java process that counts in a document until it is killed, and prints each count that is written. */
final class CountingProcess {

    static final String NAME = "count";

    private CountingProcess() {}

    /** Argument: the journal's folder. */
    public static void main(String[] arguments) {
        Journal journal = FileSystemJournal.at(Path.of(arguments[0]));
        while (true) {
            System.out.println("counted " + count(journal, 100_000));
        }
    }

    /** Counts on, and fills the document up to a size. */
    static int count(Journal journal, int size) {
        Optional<Journal.Document> current = journal.read(NAME);
        int next = 1 + current.map(CountingProcess::number).orElse(0);
        String content = next + " " + "x".repeat(size) + " " + next;
        journal.replace(NAME, current.map(Journal.Document::version), content.getBytes(UTF_8)).orElseThrow();
        return next;
    }

    static int number(Journal.Document document) {
        String[] parts = new String(document.content(), UTF_8).split(" ");
        if (parts.length != 3 || !parts[0].equals(parts[2])) {
            throw new IllegalStateException("half a document");
        }
        return Integer.parseInt(parts[0]);
    }

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Xmx128m",
                "-cp", System.getProperty("java.class.path"), CountingProcess.class.getName(), folder.toString())
                .redirectErrorStream(true).start();
    }
}
