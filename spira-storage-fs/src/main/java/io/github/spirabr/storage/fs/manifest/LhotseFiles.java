package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Lists of lhotse at a path: a file of cuts, a file of recordings or of supervisions with the other one beside it, or a folder
 * with such files. Files of recordings and supervisions have names that differ in these words alone, such as {@code
 * corpus_recordings_all.jsonl.gz}.
 */
final class LhotseFiles implements Form {

    private static final String CUTS = "cuts";
    private static final String RECORDINGS = "recordings";
    private static final String SUPERVISIONS = "supervisions";
    private static final String LISTS = ".*\\.jsonl(\\.gz)?";

    private final Path path;
    private final FaultList notices;

    /**
     * Creates an instance.
     *
     * @param path path of a file or a folder
     * @param notices receives a sentence for each value that is left out
     */
    LhotseFiles(Path path, FaultList notices) {
        this.path = path;
        this.notices = notices;
    }

    /** Returns whether a file of a folder is a list of lhotse by its name. */
    static boolean isList(String name) {
        return name.matches(LISTS) && (name.contains(CUTS) || name.contains(RECORDINGS));
    }

    @Override
    public boolean namesParts() {
        return true;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        if (!Files.isDirectory(path)) {
            return read(path, rows, faults);
        }
        List<String> lists;
        try {
            lists = Folders.names(path).stream().filter(LhotseFiles::isList).toList();
        } catch (IOException e) {
            faults.add("unreadable lists", "", "the folder could not be read (" + e + "); correct its path");
            return false;
        }
        List<String> found = Stream.of(CUTS, RECORDINGS)
                .map(word -> lists.stream().filter(name -> name.contains(word)).toList())
                .filter(names -> !names.isEmpty()).findFirst().orElse(List.of());
        if (found.size() != 1) {
            faults.add("folders of several lists", "", "the folder " + path + " must have one list cuts.jsonl, or"
                    + " recordings.jsonl and"
                    + " supervisions.jsonl, each perhaps with .gz, but has " + (found.isEmpty() ? "none" : String.join(" and ",
                    found))
                    + "; name the file");
            return false;
        }
        return read(path.resolve(found.get(0)), rows, faults);
    }

    private boolean read(Path file, Consumer<NamedRow> rows, FaultList faults) {
        String name = String.valueOf(file.getFileName());
        String word = name.contains(CUTS) ? CUTS : name.contains(RECORDINGS) ? RECORDINGS : SUPERVISIONS;
        if (word.equals(CUTS) || !name.contains(word)) {
            return new LhotseCuts(FileAudioSource.of(file), notices).read(rows, faults);
        }
        String other = word.equals(RECORDINGS) ? SUPERVISIONS : RECORDINGS;
        String stem = name.replace(word, other).replaceFirst("\\.gz$", "");
        List<Path> others = Stream.of(stem, stem + ".gz").map(file::resolveSibling).filter(Files::isRegularFile).toList();
        if (others.size() != 1) {
            faults.add("lists without the other one", "", name + " must have one list " + stem + " or " + stem
                    + ".gz beside it, but has " + (others.isEmpty() ? "none" : "both") + "; put it there, or remove one");
            return false;
        }
        FileAudioSource named = FileAudioSource.of(file);
        FileAudioSource beside = FileAudioSource.of(others.get(0));
        return (word.equals(RECORDINGS) ? new LhotseTables(named, beside, notices) : new LhotseTables(beside, named, notices))
                .read(rows, faults);
    }
}
