package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The forms of lists beside CSV, by their names, and recognised by the contents of a file or a folder. */
final class OtherForms {

    /** Name of the form of CSV files. */
    static final String CSV = "csv";

    private static final Set<String> CUTS = Set.of("MonoCut", "MultiCut", "MixedCut", "PaddingCut", "Cut");
    private static final String PARQUET = "PAR1";
    private static final String SOUND = "sound";
    private static final String COMPRESSED = "compressed";

    private OtherForms() {}

    /**
     * Returns the name of the form of a list; empty for CSV, also if the file cannot be read, which reading it tells.
     *
     * @param folder the list, if it is a folder; null for a file
     */
    static Optional<String> recognise(AudioSource file, @Nullable Path folder) {
        if (folder != null) {
            return Optional.of(ofFolder(folder));
        }
        if (file.name().matches("(.*[/\\\\])?wav\\.scp")) {
            return Optional.of("kaldi");
        }
        try {
            TextLines.First first = TextLines.first(file);
            Optional<String> form = ofFirstLine(first.line());
            return form.isEmpty() && first.compressed() ? Optional.of(COMPRESSED) : form;
        } catch (ZipException | EOFException e) {
            // Reading it tells what is wrong.
            return Optional.of("json-lines");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> ofFirstLine(byte[] first) {
        String text = new String(first, StandardCharsets.UTF_8).strip();
        if (text.startsWith(PARQUET)) {
            return Optional.of("parquet");
        }
        if (Stream.of("RIFF", "fLaC", "OggS", "ID3").anyMatch(text::startsWith)) {
            return Optional.of(SOUND);
        }
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(isOfLhotse(JsonLine.read(first, 0, first.length)) ? "lhotse" : "json-lines");
        } catch (FaultyLineException e) {
            // Reading it tells the fault with its line.
            return Optional.of("json-lines");
        }
    }

    private static String ofFolder(Path folder) {
        SortedSet<String> names;
        try {
            names = Folders.names(folder);
        } catch (IOException e) {
            // Reading it tells why.
            return "audio-folder";
        }
        if (names.contains("wav.scp")) {
            return "kaldi";
        }
        if (Stream.of("patients.csv", "patients.jsonl").anyMatch(name -> names.contains(name) && hasIds(folder.resolve(name)))) {
            return "spira-bm";
        }
        return names.stream().anyMatch(LhotseFiles::isList) ? "lhotse" : "audio-folder";
    }

    /** Returns whether a list of patients gives them ids; others list the audio of patients. */
    private static boolean hasIds(Path patients) {
        try {
            String first = new String(TextLines.first(FileAudioSource.of(patients)).line(), StandardCharsets.UTF_8);
            return Stream.of(first.split("[,;\t{}:]")).anyMatch(name -> Column.letters(name).equals("id"));
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isOfLhotse(Map<String, Object> first) {
        return CUTS.contains(first.getOrDefault("type", "")) || first.containsKey("sources")
                || first.containsKey("recording_id") && first.containsKey("start");
    }

    /**
     * Returns the form of a name.
     *
     * @param path path of the file or folder; null if it is neither, but a pipe or an object of a bucket
     * @param dialect dialect of CSV files within the form
     * @param notices receives a sentence for each file and value that is left out
     * @throws IllegalArgumentException if the file is no list, or the form needs a path
     */
    static Form named(
            String name, AudioSource file, @Nullable Path path, CsvForm.Dialect dialect, FaultList notices) {
        if (name.equals("parquet")) {
            throw new IllegalArgumentException("the list must be CSV, JSON lines or a folder, but " + file.name()
                    + " is Parquet, which is not read; write it anew, for example by to_json of datasets in Python");
        }
        if (name.equals("json-lines")) {
            return new JsonLinesForm(file);
        }
        if (name.equals("lhotse") && path == null) {
            return new LhotseCuts(file, notices);
        }
        if (name.equals(COMPRESSED)) {
            throw new IllegalArgumentException("a compressed list must be JSON lines, but " + file.name() + " has other contents, or"
                    + " none; uncompress it by gunzip");
        }
        if (name.equals(SOUND)) {
            throw new IllegalArgumentException("the list must be a text or a folder, but " + file.name()
                    + " is an audio file; name a list of audio files, or the folder of class folders with them");
        }
        if (path == null) {
            throw new IllegalArgumentException("a list of the form " + name + " must be a folder, but was " + file.name()
                    + "; name the folder");
        }
        return switch (name) {
            case "lhotse" -> new LhotseFiles(path, notices);
            case "kaldi" -> new KaldiFolder(Files.isDirectory(path) ? path : path.resolveSibling(""));
            case "audio-folder" -> new AudioFolder(path, notices, dialect);
            default -> new SpiraBmExport(path, dialect);
        };
    }
}
