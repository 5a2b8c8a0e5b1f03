package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/**
 * Writes recordings as a list that is read back as the same recordings: a CSV manifest, or cuts of lhotse. Paths are relative to
 * the folder of the list, where that is possible.
 */
public final class ListWriter {

    private ListWriter() {}

    /** A way to write recordings. */
    interface Writing {
        void write(OutputStream out) throws IOException;
    }

    /**
     * Writes a list, which replaces one that is there; it appears whole or not at all.
     *
     * @param target {@code .csv} for a CSV manifest, {@code .jsonl} or {@code .jsonl.gz} for cuts of lhotse
     * @param formats returns rate, channels and exact length of a whole file; only asked for cuts, once for each file
     * @throws IllegalArgumentException if the name has another ending, or a recording could not be read back as it is
     * @throws IOException if the list cannot be written
     */
    public static void write(List<Recording> recordings, Path target, Function<AudioSource, SourceFormat> formats)
            throws IOException {
        ListedValues values = new ListedValues(target);
        String name = String.valueOf(target.getFileName());
        if (name.endsWith(".csv")) {
            replace(target, out -> new CsvWriter(values).write(recordings, out));
        } else if (name.endsWith(".jsonl")) {
            replace(target, out -> new LhotseWriter(values, formats).write(recordings, out));
        } else if (name.endsWith(".jsonl.gz")) {
            replace(target, out -> {
                try (OutputStream compressed = new GZIPOutputStream(out, 1 << 16)) {
                    new LhotseWriter(values, formats).write(recordings, compressed);
                }
            });
        } else {
            throw new IllegalArgumentException("the list must end with .csv, .jsonl or .jsonl.gz, but was " + target
                    + "; name it manifest.csv or cuts.jsonl.gz");
        }
    }

    private static void replace(Path target, Writing writing) throws IOException {
        Path file = target.toAbsolutePath();
        // Not a temporary file of the JDK, which its owner alone could read.
        Path draft = file.resolveSibling(".spira-" + UUID.randomUUID());
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW),
                    1 << 16)) {
                writing.write(out);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
